"""Twisted's own tests of what is recorded."""

import sys

from twisted.scripts.trial import run

suites = ["twisted.test.test_task", "twisted.internet.test.test_inlinecb"]
try:
    import hamcrest  # noqa: F401
    import hypothesis

    # On a loaded machine an example may take long: that is no fault.
    hypothesis.settings.register_profile(
        "patient", deadline=None, suppress_health_check=list(hypothesis.HealthCheck)
    )
    hypothesis.settings.load_profile("patient")
    suites.insert(0, "twisted.test.test_defer")
except ImportError as error:
    sys.stderr.write("SKIPPED: test_defer was not recorded: %s\n" % error)
sys.argv = ["trial"] + suites
run()
