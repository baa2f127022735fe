"""Twisted's own run loop, for Deferreds that are not recorded: it gives over to the one that tells when one becomes so.

`mimic` puts it into that one, at the place that asks for it, so that no call of ours stands between those of Twisted;
its names are those that are known there, and those of Twisted's module.
"""


def _runCallbacks(self):
    chain = [self]
    while chain:
        current = chain[-1]
        if current.paused:
            return
        finished = True
        current._chainedTo = None
        key = id(current)
        # One that a handler has paused runs to its end.
        while current._callbacks and (key not in numbers or current.paused):
            item = current._callbacks.pop(0)
            if not isinstance(current.result, Failure):
                callback, args, kwargs = item[0]
            else:
                callback, args, kwargs = item[1]
            if callback is _CONTINUE:
                chainee = args[0]
                chainee.result = current.result
                current.result = None
                if current._debugInfo is not None:
                    current._debugInfo.failResult = None
                chainee.paused -= 1
                chain.append(chainee)
                finished = False
                break
            try:
                current._runningCallbacks = True
                try:
                    current.result = callback(current.result, *args, **kwargs)
                    if current.result is current:
                        warnAboutFunction(
                            callback,
                            "Callback returned the Deferred "
                            "it was attached to; this breaks the "
                            "callback chain and will raise an "
                            "exception in the future.",
                        )
                finally:
                    current._runningCallbacks = False
            except BaseException:
                current.result = Failure(captureVars=self.debug)
                tools.failed(current)
            else:
                if is_deferred(current.result):
                    inner = current.result
                    innerResult = getattr(inner, "result", _NO_RESULT)
                    if innerResult is _NO_RESULT or is_deferred(innerResult) or inner.paused:
                        tools.will_wait(current, inner)
                        if type(current) is Deferred:
                            current.paused += 1
                        else:
                            pauses(current)
                        current._chainedTo = inner
                        inner._callbacks.append(current._continuation())
                        break
                    else:
                        tools.will_take(current, inner, innerResult)
                        inner.result = None
                        if inner._debugInfo is not None:
                            inner._debugInfo.failResult = None
                        current.result = innerResult
                    inner = innerResult = None
        if finished:
            if key in numbers and not current.paused:
                current._runCallbacks()
            else:
                result = current.result
                if isinstance(result, Failure):
                    if cleans:
                        result.cleanFailure()
                    if current._debugInfo is None:
                        current._debugInfo = DebugInfo()
                    current._debugInfo.failResult = result
                else:
                    if current._debugInfo is not None:
                        current._debugInfo.failResult = None
                result = None
            chain.pop()
    return
