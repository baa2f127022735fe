"""Finds Twisted's module of Deferreds itself, before anybody else is asked."""

import importlib.machinery
import sys


class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "twisted.internet.defer":
            return importlib.machinery.PathFinder.find_spec(name, path)


sys.meta_path.insert(0, Finder())
from twisted.internet import defer  # noqa: E402

d = defer.Deferred().addCallback(len)
from twisted.internet import task  # noqa: E402, F401

d.callback("abc")
