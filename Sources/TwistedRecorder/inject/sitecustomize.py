"""Starts the recorder in a Python that `trapline record` started; then hands over to the sitecustomize it hides."""

import sys


def _begin():
    import os

    here = os.path.dirname(os.path.abspath(__file__))
    home = os.path.dirname(here)
    sys.path[:] = [place for place in sys.path if os.path.abspath(place or ".") != here]
    sys.path.append(home)
    try:
        from trapline_recorder import importing

        importing.watch_as_asked()
    except Exception as error:  # The program must run, recorded or not.
        sys.stderr.write("trapline: nothing is recorded: %r\n" % (error,))
    finally:
        sys.path.remove(home)


def _hand_over():
    if sys.version_info < (3, 5):
        _hand_over_as_of_old()
        return
    # What importlib is made of: that itself takes longer to load than all of this.
    hidden = sys.modules["_frozen_importlib_external"].PathFinder.find_spec("sitecustomize", sys.path)
    if hidden is None or hidden.loader is None:
        return
    module = sys.modules["_frozen_importlib"].module_from_spec(hidden)
    sys.modules["sitecustomize"] = module
    hidden.loader.exec_module(module)


def _hand_over_as_of_old():
    import imp

    try:
        found = imp.find_module("sitecustomize", sys.path)
    except ImportError:
        return
    imp.load_module("sitecustomize", *found)


_begin()
_hand_over()
