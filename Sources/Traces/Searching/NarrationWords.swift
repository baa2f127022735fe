/// The words that sentences about records have of their own, whatever a trace tells.
///
/// A test reads the sources of the narration and holds this list against every word in them.
enum NarrationWords {
  static let all: [String] = """
    a about above acquire actor added advanced after again all already alreadycallederror an and anew
    another any are as ask asked asks async at await awaits back be because before began begin begins born
    but by call callback called calls came can cancel cancelled canceller catch catches cause chain
    changes clock collected comes coroutine counted counts deal decides deferlater deferred deferredlist
    deferreds did die done dropped due each end ended ends entered errback error every fails failure far
    fill filled fills filter fire fired fires first for found free freed from function gather
    gatherresults generator generators get gets give given gives go goes going gone got group had handed
    handle handled handler hands happens has have held here hold holds how if in init inlinecallbacks
    inner inside instead interval into is it its itself join joins keep keeps kept kind known last late
    left let lets line lines list lock log logged logs long look loop made main mark match maybe
    maybedeferred member members middle missed missing more move moved moves name named names never next
    no nobody none not note nothing now number of off often on once one only or order other out outer over
    own packages pass passed passes paused peer plain pool program py queue race raise raised raises read
    reads record recorder recording records release reported reset result results resumed resumes return
    returned returns right run runs s say script semaphore set settled shared side silently skipped sleep
    slot slots so some somebody something stage stages started starts state stays step still stop stops
    straight succeed success take taken takes task tasks text than that the them then there they thing
    this thread through thrown tick ticks time timed timeline timeout timer timers times to token tokens
    too took trap trapline trapped traps turn two type types unhandled unknown unpaused until untold up
    value values very wait waited waiting waits was went were what whatever when which while who whoever
    whom whose will with work written yet yield yielded yields
    """.split { $0 == " " || $0 == "\n" }.map(String.init)

  /// Whether one of them has these bytes in it, in lower case or not.
  static func contain(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    return all.contains { $0.contains(text) }
  }
}
