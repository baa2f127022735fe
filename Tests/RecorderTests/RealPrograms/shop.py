"""A small shop on Klein, asked by treq: python shop.py THING...

The shop asks two services, for the price and for the stock, and makes a page of both. Each customer wants one thing,
and with most things something goes wrong: `vase` has no price (the service breaks, a 500), the price of `air` is no
number, nobody runs the stock of the `lamp` (refused), `piano` takes the service too long (a timeout), and who wants
a `harp` walks away (cancelled). The shop's own fault is `sold_out`: it takes every Failure for an empty shelf.
Without a THING it prints its address, and serves whoever comes from elsewhere until it is stopped.
"""

import json
import socket
import sys

import treq
from klein import Klein
from twisted.internet import defer, endpoints, reactor, task
from twisted.web.client import ResponseNeverReceived
from twisted.web.server import Site

PATIENCE_S = 0.3


class PriceService:
    """Knows prices, mostly."""

    app = Klein()

    @app.route("/price/<thing>")
    def price(self, request, thing):
        if thing == "vase":
            raise LookupError("no price for a vase")
        if thing in ("piano", "harp"):
            return task.deferLater(reactor, 2 * PATIENCE_S, lambda: "900")
        return "free" if thing == "air" else "12"


class Shop:
    """Makes a page out of what the services say."""

    app = Klein()

    def __init__(self, prices):
        self.prices = prices

    @app.route("/thing/<thing>")
    def page(self, request, thing):
        asked = [self.price(thing), defer.ensureDeferred(self.stock(thing))]
        page = defer.gatherResults(asked, consumeErrors=True)
        page.addCallback(self.render, thing)
        page.addErrback(self.sold_out, thing)
        return page

    @defer.inlineCallbacks
    def price(self, thing):
        response = yield treq.get(self.prices + "price/" + thing, timeout=PATIENCE_S)
        if response.code != 200:
            raise RuntimeError("the price service says %d" % response.code)
        text = yield response.text()
        return int(text)

    async def stock(self, thing):
        if thing == "lamp":
            await treq.get(nowhere() + thing)
        return 3

    def render(self, answers, thing):
        price, stock = answers
        return json.dumps({"thing": thing, "price": price, "stock": stock})

    def sold_out(self, failure, thing):
        return json.dumps({"thing": thing, "sold": "out"})


class Customers:
    """Come one after the other, so that a trace reads as a story."""

    def __init__(self, shop):
        self.shop = shop

    @defer.inlineCallbacks
    def come(self, things):
        for thing in things:
            print(thing, (yield self.visit(thing)))

    def visit(self, thing):
        asked = treq.get(self.shop + "thing/" + thing)
        if thing == "harp":
            reactor.callLater(PATIENCE_S / 3, asked.cancel)
        asked.addCallback(treq.text_content)
        asked.addErrback(self.went_away)
        return asked

    def went_away(self, failure):
        failure.trap(defer.CancelledError, ResponseNeverReceived)
        return "walks away"


def nowhere():
    """An address at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return "http://127.0.0.1:%d/" % taken.getsockname()[1]


@defer.inlineCallbacks
def serve(app):
    port = yield endpoints.TCP4ServerEndpoint(reactor, 0, interface="127.0.0.1").listen(Site(app.resource()))
    return "http://127.0.0.1:%d/" % port.getHost().port


@defer.inlineCallbacks
def main(_, *things):
    prices = yield serve(PriceService().app)
    shop = yield serve(Shop(prices).app)
    if things:
        yield Customers(shop).come(things)
    else:
        print(shop, flush=True)
        yield defer.Deferred()


task.react(main, sys.argv[1:])
