"""Random choices that are the same for a seed in every version of Python."""
import random


class Dice:
    """Chooses by `random()` alone: of all that `random.Random` does, only its sequence is promised to stay."""

    def __init__(self, seed):
        self._next = random.Random(seed).random
        self._tastes = {}

    def chance(self, probability):
        return self._next() < probability

    def whole(self, least, most):
        """A whole number from `least` to `most`, both included."""
        return least + int(self._next() * (most - least + 1))

    def choice(self, items):
        return items[int(self._next() * len(items))]

    def weighted(self, weights):
        """One of the things in {thing: weight}."""
        left = self._next() * sum(weights.values())
        for thing, weight in weights.items():
            left -= weight
            if left < 0:
                return thing
        return thing

    def tasted(self, weights):
        """Like `weighted`, to the taste of this seed.

        Each seed likes some things more than others: what all scenarios mix alike seldom meets in numbers.
        """
        return self.weighted({thing: weight * self._taste(thing) for thing, weight in weights.items()})

    def _taste(self, thing):
        if thing not in self._tastes:
            self._tastes[thing] = self.choice([0.3, 1, 1, 1, 3])
        return self._tastes[thing]

    def sample(self, items, count):
        """So many of the items, each at most once."""
        left = list(items)
        return [left.pop(int(self._next() * len(left))) for _ in range(count)]

    def shuffled(self, items):
        return self.sample(items, len(items))
