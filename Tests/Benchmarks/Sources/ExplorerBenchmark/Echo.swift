import Glibc

/// The peer of the explorer: answers each key with as many bytes as a frame has, and does nothing else.
///
/// Its time from key to last byte is what the terminal, the kernel and the rest of the machine take.
func echo() -> Never {
  var modes = termios()
  tcgetattr(0, &modes)
  cfmakeraw(&modes)
  tcsetattr(0, TCSANOW, &modes)
  let frame = [UInt8](repeating: UInt8(ascii: "."), count: 1_400)
  var key: UInt8 = 0
  write(1, frame, frame.count)
  while read(0, &key, 1) == 1 { write(1, frame, frame.count) }
  exit(0)
}
