import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// Runs a program found in PATH to its end and returns what it printed.
///
/// Not with `Process`: that learns of the end by a descriptor which the server that tmux leaves behind
/// inherits and holds open. For the same reason the output goes through a file, not a pipe.
@discardableResult
func output(of command: [String]) throws -> String {
  let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("trapline-output-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: url) }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 1, url.path, O_WRONLY | O_CREAT, 0o600)
  posix_spawn_file_actions_adddup2(&actions, 1, 2)
  // Worker threads block most signals, and a terminal in which nobody can be killed is none.
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var noSignals = sigset_t()
  sigemptyset(&noSignals)
  posix_spawnattr_setsigmask(&attributes, &noSignals)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
  var arguments = command.map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  var process: pid_t = 0
  let problem = posix_spawnp(&process, command[0], &actions, &attributes, &arguments, environ)
  guard problem == 0 else {
    throw SessionFailure(description: "\(command[0]): \(String(cString: strerror(problem)))")
  }
  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0, errno == EINTR { continue }
  let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
  guard status == 0 else {
    throw SessionFailure(description: "\(command.joined(separator: " ")): \(text)")
  }
  return text
}
