/// The trace of a process of which one thing fails.
func failingProcess(_ pid: Int, _ type: String) throws -> TemporaryFile {
  try TemporaryFile(
    """
    {"trapline":1,"program":"p","clock":"monotonic","pid":\(pid),"started":"2026-11-23T03:45:2\(pid)Z"}
    {"t":0,"e":"made","d":0,"name":"call \(pid)"}
    {"t":1,"e":"born","f":0,"type":"\(type)","message":"in \(pid)"}
    {"t":1,"e":"fired","d":0,"vf":0}
    {"t":2,"e":"collected","d":0}
    {"t":2,"e":"unhandled","d":0,"f":0}
    {"e":"closed"}

    """, named: "p\(pid).trace.jsonl")
}
