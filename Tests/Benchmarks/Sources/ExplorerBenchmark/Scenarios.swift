import Glibc

/// Writes a scenario of about that many steps and gives its path: a loop whose ticks chain a little.
func writeScenario(ticks: Int) -> String {
  let path = "/tmp/trapline-bench-\(getpid())-\(ticks).yaml"
  let text = """
    trapline: 1
    title: A loop of \(ticks) ticks
    deferreds:
      poem:
        chain:
          - callback: {name: parse, raise: ValueError bad}
          - errback: {name: fix, trap: ValueError, return: fixed}
    loops:
      poll: {every: 1, do: [{return: "{count}"}]}
    timeline:
      - start: poll
      - {at: 1, fire: poem, with: roses}
    until: \(ticks)

    """
  let file = fopen(path, "w")!
  fputs(text, file)
  fclose(file)
  return path
}
