import Glibc

/// What others take for the same file: DuckDB's `read_json` counts the kinds of events on one thread, Python's `json`
/// reads each line.
func printPeers(_ python: String, _ trace: String, events: Int) {
  let ducks =
    "import duckdb,sys;c=duckdb.connect();c.execute('SET threads=1');"
    + "print(sum(r[1] for r in c.execute(\"SELECT e, count(*) FROM read_json(?, format='newline_delimited', "
    + "columns={t: 'BIGINT', e: 'VARCHAR', d: 'BIGINT', i: 'BIGINT', f: 'BIGINT'}) GROUP BY e\", "
    + "[sys.argv[1]]).fetchall()))"
  let json = "import json,sys\nn=0\nfor line in open(sys.argv[1]):\n  json.loads(line); n+=1\nprint(n)"
  for (name, script) in [("DuckDB read_json", ducks), ("Python json.loads", json)] {
    var status: Int32 = -1
    let time = seconds { status = run([python, "-c", script, trace]) }
    guard status == 0 else {
      print("  \(name): not measured, \(python) has no such module")
      continue
    }
    print("  \(name): \(fixed(Double(events) / time / 1e6, 2)) M events/s")
  }
}

private func run(_ command: [String]) -> Int32 {
  var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
  defer { arguments.forEach { free($0) } }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
  var child: pid_t = 0
  guard posix_spawnp(&child, command[0], &actions, nil, &arguments, environ) == 0 else { return -1 }
  var status: Int32 = 0
  while waitpid(child, &status, 0) < 0, errno == EINTR {}
  return status
}
