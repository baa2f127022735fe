import Glibc

/// Writes a trace as a server's recorder would: requests that wait for answers, a quarter of which fail and are
/// trapped, with timers, numbered texts and what is let go of in the end; about 73 bytes an event, 9 events a Deferred.
struct Generator {
  private var bytes: [UInt8] = []
  private let file: UnsafeMutablePointer<FILE>
  private(set) var count = 0
  private var time = 0
  private var state: UInt64 = 1

  init(_ path: String) {
    guard let file = fopen(path, "w") else { fatalError("can't write \(path)") }
    self.file = file
  }

  /// Writes at least `wanted` events and closes the file.
  mutating func write(_ wanted: Int) {
    line(
      #"{"trapline":1,"program":"generated","clock":"monotonic","unit":"us","started":"2026-11-23T03:45:24Z"}"#
    )
    let texts = ["/srv/app/server.py", "app.handlers.ask", "app.handlers.rescue", "ValueError", "Exception"]
    for (number, text) in texts.enumerated() { line(#"{"s":\#(number),"text":"\#(text)"}"#) }
    var (request, failures) = (0, 0)
    while count < wanted {
      writeRequest(request, &failures)
      request += 1
    }
    line(#"{"e":"closed"}"#)
    flush()
    fclose(file)
  }

  private mutating func writeRequest(_ number: Int, _ failures: inout Int) {
    let (outer, inner) = (2 * number, 2 * number + 1)
    event(
      #""e":"made","d":\#(outer),"name":"request \#(number)","canceller":true,"file":0,"line":\#(40 + number % 30)"#
    )
    event(#""e":"made","d":\#(inner),"origin":"later","name":"answer \#(number)","file":0,"line":77"#)
    event(#""e":"stage","d":\#(outer),"i":0,"callback":1,"file":0,"line":42"#)
    event(#""e":"stage","d":\#(outer),"i":1,"errback":2,"file":0,"line":43"#)
    event(#""e":"timer","timer":\#(number),"due":\#(time + 1_000_000),"name":"time-out""#)
    event(#""e":"fired","d":\#(outer),"v":"'GET /items/\#(number)'""#)
    event(
      #""e":"entered","d":\#(outer),"i":0,"side":"callback","v":"'GET /items/\#(number)'","depth":1,"file":0,"line":10"#
    )
    event(#""e":"left","d":\#(outer),"i":0,"side":"callback","end":"returned","vd":\#(inner),"depth":1"#)
    event(#""e":"waits","d":\#(outer),"on":\#(inner),"i":0,"depth":1"#)
    if number % 4 == 0 {
      event(
        #""e":"born","f":\#(failures),"type":3,"parents":[4],"message":"peer \#(number)","file":0,"line":91"#)
      event(#""e":"fired","d":\#(inner),"vf":\#(failures)"#)
      event(#""e":"resumed","d":\#(outer),"from":\#(inner),"i":0,"vf":\#(failures),"depth":1"#)
      event(#""e":"entered","d":\#(outer),"i":1,"side":"errback","vf":\#(failures),"depth":1"#)
      event(#""e":"trap","f":\#(failures),"types":[3],"matched":3,"depth":2"#)
      event(#""e":"left","d":\#(outer),"i":1,"side":"errback","end":"returned","v":"504","depth":1"#)
      failures += 1
    } else {
      event(#""e":"fired","d":\#(inner),"v":"<Response \#(number)>""#)
      event(#""e":"resumed","d":\#(outer),"from":\#(inner),"i":0,"v":"<Response \#(number)>","depth":1"#)
      event(#""e":"passed","d":\#(outer),"i":1,"side":"callback","depth":1"#)
    }
    event(#""e":"settled","d":\#(outer),"v":"200","depth":1"#)
    event(#""e":"timer_cancelled","timer":\#(number)"#)
    event(#""e":"collected","d":\#(inner)"#)
    event(#""e":"collected","d":\#(outer)"#)
  }

  private mutating func event(_ fields: String) {
    // Steps of 1 to 40 us, the same in each run.
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    time += 1 + Int(state >> 33) % 40
    count += 1
    line("{\"t\":\(time),\(fields)}")
  }

  private mutating func line(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    bytes.append(0x0a)
    if bytes.count > 1 << 20 { flush() }
  }

  private mutating func flush() {
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { fatalError("the disk is full") }
    bytes.removeAll(keepingCapacity: true)
  }
}
