"""Failures were made before the recorder began: one was raised, one was not."""

import sys

sys.path.insert(0, sys.argv[1])

import trapline_recorder  # noqa: E402
from twisted.internet import defer  # noqa: E402

made = defer.fail(KeyError("made"))
raised = defer.succeed(0).addCallback(lambda zero: 1 / zero)
trapline_recorder.start("late.jsonl")
made.addErrback(lambda failure: None)
raised.addErrback(lambda failure: None)
defer.fail(OSError("new")).addErrback(lambda failure: None)
trapline_recorder.stop()
