"""Loads Twisted's Deferred again: as another class in its module, and then in another module."""

import importlib
import sys

from twisted.internet import defer

first = defer.Deferred
first().addCallback(len).callback("abc")
if sys.argv[1] == "reload":
    importlib.reload(defer)
else:
    for name in [name for name in sys.modules if name.startswith("twisted")]:
        del sys.modules[name]
    from twisted.internet import defer
print(defer.Deferred is first, defer.Deferred().addCallback(len).callback("abcd"))
