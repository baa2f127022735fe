"""Three thousand Deferreds, ten events each."""

from twisted.internet.defer import Deferred


def step(value):
    return value


def make():
    return Deferred()


for number in range(3000):
    d = make()
    d.addCallback(step)
    d.addCallback(step)
    d.callback({"number": number})
