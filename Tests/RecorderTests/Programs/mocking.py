"""What the recorder asks for its first line is something else while it is loaded, or no file can be made at all."""

import os
import sys
import time

taken = [(time, "time"), (time, "strftime"), (os, "getcwd")]
found = [getattr(module, name) for module, name in taken]
if sys.argv[1] == "odd":
    for module, name in taken:
        setattr(module, name, lambda *arguments: print)
    from trapline_recorder import importing

    importing.package()
    from trapline_recorder import header, output, recording  # noqa: F401

    for (module, name), function in zip(taken, found):
        setattr(module, name, function)
    sys.argv = [3.5]

from twisted.internet import defer  # noqa: E402

if sys.argv[1:] == ["broken"]:
    from trapline_recorder import files

    def refuse(path):
        raise ValueError("there is\nno file")

    files.made = refuse
defer.Deferred().addCallback(str).callback(1)
print("fine")
