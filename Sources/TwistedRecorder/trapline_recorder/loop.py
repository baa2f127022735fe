"""Methods that do what Deferred's do, and tell of it.

`hooks` is a factory that `mimic` compiles again inside of Twisted's module: its names are those of that module.
"""


def hooks(tools):
    numbers, emit, told, number = tools.numbers, tools.emit, tools.told, tools.number
    adopted, stage_added, next_index = tools.adopted, tools.stage_added, tools.next_index
    values, stages, continuation, called = tools.values, tools.stages, tools.continuation, tools.called
    debug_infos, plain, getframe, made = tools.debug_infos, tools.originals, tools.getframe, tools.made
    shift, mask, cleans = tools.SHIFT, tools.MASK, tools.cleans_failures
    puts_first, told_fired, closures = tools.puts_first, tools.told_fired, tools.closures
    add_line, now, began, line_ends = tools.add_line, tools.now, tools.began, tools.line_ends
    written, immutable, drops_canceller = tools.written, tools.immutable, tools.drops_canceller
    reordered, plain_types, write_due = tools.reordered, tools._plain_types, tools.write_due
    failure_number, may_throw = tools.failure_number, tools.may_throw
    callables, entering = tools.callables, tools.entering
    # What goes wrong in telling is told by nobody and changes nothing. So near to the deepest that Python allows that
    # nothing can be called any more, not even `pass_on` is.
    Function, code_of, unread = tools.Function, tools.code_of, tools.UNREAD
    Deepest, pass_on = tools.Deepest, tools.pass_on
    is_deferred, pauses = tools.is_deferred, tools.pauses
    # Whether a Deferred is not recorded; None where all are.
    skips = tools.skips

    def __init__(self, canceller=None):
        self._callbacks = []
        self._canceller = canceller
        if self.debug:
            self._debugInfo = DebugInfo()
            self._debugInfo.creator = traceback.format_stack()[:-1]
        if not (values.busy and values.inside()):
            try:
                made(self, canceller, getframe(1))
            except Exception as error:
                type(error) is Deepest or pass_on(error)

    def addCallbacks(
        self, callback, errback=None, callbackArgs=(), callbackKeywords={}, errbackArgs=(), errbackKeywords={}
    ):
        if errback is None:
            errback = _failthru
        if callbackArgs is None:
            callbackArgs = ()
        if callbackKeywords is None:
            callbackKeywords = {}
        if errbackArgs is None:
            errbackArgs = ()
        if errbackKeywords is None:
            errbackKeywords = {}
        if tools.asserts_callable:
            assert callable(callback)
            assert callable(errback)
        self._callbacks.append(
            ((callback, callbackArgs, callbackKeywords), (errback, errbackArgs, errbackKeywords))
        )
        if not (values.busy and values.inside()):
            try:
                stage_added(self, callback, errback, callbackArgs, getframe(1))
            except Exception as error:
                type(error) is Deepest or pass_on(error)
        if self.called:
            self._runCallbacks()
            if (callbackArgs or closures) and not (values.busy and values.inside()):
                try:
                    stages.passed_at_once(callback, callbackArgs, told, number)
                except Exception as error:
                    type(error) is Deepest or pass_on(error)
        return self

    def addCallback(self, callback, *args, **kwargs):
        self._callbacks.append(((callback, args, kwargs), (_failthru, (), {})))
        if not (values.busy and values.inside()):
            try:
                stage_added(self, callback, _failthru, args, getframe(1))
            except Exception as error:
                type(error) is Deepest or pass_on(error)
        if self.called:
            self._runCallbacks()
        return self

    def addErrback(self, errback, *args, **kwargs):
        self._callbacks.append(((passthru, (), {}), (errback, args, kwargs)))
        if not (values.busy and values.inside()):
            try:
                stage_added(self, passthru, errback, args, getframe(1))
            except Exception as error:
                type(error) is Deepest or pass_on(error)
        if self.called:
            self._runCallbacks()
        return self

    def addBoth(self, callback, *args, **kwargs):
        call = (callback, args, kwargs)
        self._callbacks.append((call, call))
        if not (values.busy and values.inside()):
            try:
                stage_added(self, callback, callback, args, getframe(1))
            except Exception as error:
                type(error) is Deepest or pass_on(error)
        if self.called:
            self._runCallbacks()
            if args and not (values.busy and values.inside()):
                try:
                    stages.passed_at_once(callback, args, told, number)
                except Exception as error:
                    type(error) is Deepest or pass_on(error)
        return self

    def _startRunCallbacks(self, result):
        if not (values.busy and values.inside()):
            try:
                told_fired(self, result)
            except Exception as error:
                type(error) is Deepest or pass_on(error)
        if self.called:
            if self._suppressAlreadyCalled:
                self._suppressAlreadyCalled = False
                return
            if self.debug:
                if self._debugInfo is None:
                    self._debugInfo = DebugInfo()
                extra = "\n" + self._debugInfo._getDebugTracebacks()
                raise AlreadyCalledError(extra)
            raise AlreadyCalledError
        if self.debug:
            if self._debugInfo is None:
                self._debugInfo = DebugInfo()
            self._debugInfo.invoker = traceback.format_stack()[:-2]
        self.called = True
        if drops_canceller:
            self._canceller = None
        self.result = result
        self._runCallbacks()

    def _runCallbacks(self):
        if self._runningCallbacks:
            return
        if values.busy and values.inside():
            return plain["_runCallbacks"](self)
        if skips and skips(self):
            return  # Here stands `partly`, where only a part is recorded.
        try:
            ends = line_ends()
            depth = ends.depth
            end = ends[depth + 1]
        except Deepest:
            # So near to the deepest that Python allows, the program itself comes no further.
            return plain["_runCallbacks"](self)
        ends.depth = depth + 1
        try:
            chain = [self]
            while chain:
                current = chain[-1]
                if current.paused:
                    return
                finished = True
                current._chainedTo = None
                key = id(current)
                state = numbers.get(key)
                if state is None:
                    try:
                        state = adopted(current)
                    except Deepest:
                        state = numbers.get(key, 0)
                d = state >> shift
                at = (state & mask) - len(current._callbacks) - 1
                carried, words = ends.fired, ends.words
                ends.fired = ends
                waits = False
                told_of = f',"d":{d},"i":'
                when = (now() - began) // 1000
                while current._callbacks:
                    item = current._callbacks.pop(0)
                    result = current.result
                    if result is not carried:
                        try:
                            carried, words = result, told(result)
                        except Deepest:
                            carried, words = numbers, unread
                    at += 1
                    i = at if at >= 0 and not reordered else next_index(key, at)
                    if not isinstance(result, Failure):
                        stage = f'{told_of}{i},"side":"callback"'
                        callback, args, kwargs = item[0]
                    else:
                        stage = f'{told_of}{i},"side":"errback"'
                        callback, args, kwargs = item[1]
                    if callback is _CONTINUE:
                        chainee = args[0]
                        try:
                            emit(f'"e":"resumed","d":{number(chainee)},"from":{d},"i":{i},{words}')
                        except Exception as error:
                            type(error) is Deepest or pass_on(error)
                        chainee.result = result
                        current.result = None
                        if current._debugInfo is not None:
                            current._debugInfo.failResult = None
                        chainee.paused -= 1
                        chain.append(chainee)
                        finished = False
                        break
                    passes = callback is passthru or callback is _failthru
                    if passes:
                        add_line(f'{{"t":{when},"e":"passed"{stage}{end}')
                    else:
                        try:
                            # Since the one before has left, the program did nothing.
                            code = id(callback.__code__ if type(callback) is Function else code_of(callback))
                            place = (callables.get(code) or called(callback))[1]
                            add_line(f'{{"t":{when},"e":"entered"{stage},{words}{place}{end}')
                            ends.depth = depth + 2
                            if code in entering:
                                entering[code](callback, args, words, number, result)
                        except Exception as error:
                            type(error) is Deepest or pass_on(error)
                        # Nothing but the chain holds a result that its handler got.
                        carried = id(result) if type(result) in immutable else numbers
                        result = None
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
                        raised = Failure(captureVars=self.debug)
                        before, current.result = current.result, raised
                        try:
                            # Told while the one that came in is still there: raised again, it is the same.
                            carried, words = raised, told(raised)
                            ends.depth = depth + 1
                            emit(f'"e":"left"{stage},"end":"raised",{words}')
                            when = (now() - began) // 1000
                        except Exception as error:
                            carried, words = numbers, unread
                            type(error) is Deepest or pass_on(error)
                        before = raised = None
                    else:
                        is_plain = False
                        try:
                            # What came out while the other was still held, and has its id, is the same.
                            same = carried is current.result if passes else carried == id(current.result)
                            carried = current.result
                            if not same:
                                words = told(carried)
                            ends.depth = depth + 1
                            if not passes:
                                when = (now() - began) // 1000
                                add_line(f'{{"t":{when},"e":"left"{stage},"end":"returned",{words}{end}')
                                if when >= write_due[0]:
                                    written(when)
                            # Asking an abstract class takes long; most types were asked for once, in `told`.
                            is_plain = type(carried) in plain_types
                        except Exception as error:
                            carried, words = numbers, unread
                            type(error) is Deepest or pass_on(error)
                        if not is_plain and is_deferred(current.result):
                            inner = current.result
                            carried = numbers
                            innerResult = getattr(inner, "result", _NO_RESULT)
                            if innerResult is _NO_RESULT or is_deferred(innerResult) or inner.paused:
                                try:
                                    emit(
                                        f'"e":"waits","d":{d},"on":{number(inner)},"i":{continuation(inner)}'
                                    )
                                except Exception as error:
                                    type(error) is Deepest or pass_on(error)
                                if type(current) is Deferred:
                                    current.paused += 1
                                else:
                                    pauses(current)
                                current._chainedTo = inner
                                inner._callbacks.append(current._continuation())
                                waits = True
                                break
                            else:
                                try:
                                    carried, words = innerResult, told(innerResult)
                                    emit(f'"e":"took","d":{d},"from":{number(inner)},{words}')
                                except Exception as error:
                                    carried = numbers
                                    type(error) is Deepest or pass_on(error)
                                inner.result = None
                                if inner._debugInfo is not None:
                                    inner._debugInfo.failResult = None
                                current.result = innerResult
                            inner = innerResult = None
                            when = (now() - began) // 1000
                if finished:
                    result = current.result
                    if isinstance(result, Failure):
                        if cleans:
                            result.cleanFailure()
                        if current._debugInfo is None:
                            current._debugInfo = DebugInfo()
                        current._debugInfo.failResult = result
                        try:
                            debug_infos[id(current._debugInfo)] = (d, failure_number(result))
                        except Exception as error:
                            type(error) is Deepest or pass_on(error)
                    else:
                        if current._debugInfo is not None:
                            current._debugInfo.failResult = None
                    if not waits:
                        try:
                            last = words if result is carried else told(result)
                            add_line(f'{{"t":{when},"e":"settled","d":{d},{last}{end}')
                            written(when)
                        except Exception as error:
                            type(error) is Deepest or pass_on(error)
                    chain.pop()
                carried = result = None
        finally:
            ends.depth = depth

    def cancel(self):
        if skips and skips(self):
            return plain["cancel"](self)
        if not (values.busy and values.inside()):
            try:
                emit(f'"e":"cancel","d":{number(self)}')
            except Exception as error:
                type(error) is Deepest or pass_on(error)
        if not self.called:
            canceller = self._canceller
            if canceller:
                if not (values.busy and values.inside()):
                    try:
                        if stages.cancels_generator(canceller):
                            puts_first(self, len(self._callbacks))
                        emit(f'"e":"canceller","d":{number(self)}')
                        may_throw()
                    except Exception as error:
                        type(error) is Deepest or pass_on(error)
                ends = line_ends()
                depth = ends.depth
                ends.depth = depth + 1
                try:
                    canceller(self)
                finally:
                    ends.depth = depth
                    if not (values.busy and values.inside()):
                        try:
                            tools.canceller_left(self)
                        except Exception as error:
                            type(error) is Deepest or pass_on(error)
            else:
                self._suppressAlreadyCalled = True
            if not self.called:
                self.errback(Failure(CancelledError()))
        elif isinstance(self.result, Deferred):
            if not (values.busy and values.inside()):
                try:
                    emit(f'"e":"cancel_passed","d":{number(self)},"to":{number(self.result)}')
                except Exception as error:
                    type(error) is Deepest or pass_on(error)
            self.result.cancel()

    def pause(self):
        self.paused += 1
        if not (values.busy and values.inside()) and not (skips and skips(self)):
            try:
                emit(f'"e":"paused","d":{number(self)},"count":{self.paused}')
            except Exception as error:
                type(error) is Deepest or pass_on(error)

    def unpause(self):
        self.paused -= 1
        if not (values.busy and values.inside()) and not (skips and skips(self)):
            try:
                emit(f'"e":"unpaused","d":{number(self)},"count":{self.paused}')
            except Exception as error:
                type(error) is Deepest or pass_on(error)
        if self.paused:
            return
        if self.called:
            self._runCallbacks()

    return {
        "__init__": __init__,
        "addCallbacks": addCallbacks,
        "addCallback": addCallback,
        "addErrback": addErrback,
        "addBoth": addBoth,
        "_startRunCallbacks": _startRunCallbacks,
        "_runCallbacks": _runCallbacks,
        "cancel": cancel,
        "pause": pause,
        "unpause": unpause,
    }
