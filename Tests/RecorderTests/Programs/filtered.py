"""What a library does around a page, and a page that waits for it and fails."""

import pantry
from twisted.internet import defer, task


@defer.inlineCallbacks
def page(clock):
    price = yield pantry.get(clock, "12")
    stock = yield pantry.get(clock, "free").addCallback(parse)
    return price, stock


def parse(text):
    return int(text)


def fails_at_once(clock):
    raise KeyError("eggs")


def own():
    return defer.Deferred()


clock = task.Clock()
pantry.noise(20)
served = pantry.serve(page, clock)
pantry.serve(fails_at_once, clock)
unrelated = pantry.get(clock, "7")
mine = own()
pantry.both(pantry.get(clock, "9"), mine)
mine.callback("10")
clock.advance(1)
clock.advance(1)
pantry.noise(20)
print(served.result)
