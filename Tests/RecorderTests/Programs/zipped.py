"""Twisted comes from a zip file, whose one loader all its modules share."""

import os
import sys
import zipfile

found = next(place for place in sys.path if os.path.isfile(os.path.join(place, "twisted", "__init__.py")))
with zipfile.ZipFile("twisted.zip", "w") as file:
    for folder, _, names in os.walk(os.path.join(found, "twisted")):
        inside = os.path.relpath(folder, found)
        for name in names:
            if name.endswith(".py") and os.sep + "test" not in inside:
                file.write(os.path.join(folder, name), os.path.join(inside, name))
sys.path.insert(0, os.path.abspath("twisted.zip"))
from twisted.internet import defer, task  # noqa: E402

d = defer.Deferred().addCallback(len)
d.callback("abc")
print(type(defer.__loader__).__name__, type(defer.__spec__.loader).__name__, task.__file__.count("twisted.zip"))
