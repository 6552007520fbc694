"""Runs a program on a pseudo-terminal: COLUMNS, the text after which Ctrl-C is typed (or ""), the program and its arguments.

What the terminal gets goes to standard output; the exit code to standard error.
"""

import fcntl
import os
import pty
import struct
import sys
import termios

columns, trigger, program = int(sys.argv[1]), sys.argv[2].encode(), sys.argv[3:]
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    os.execv(program[0], program)

seen = b""
while True:
    try:
        part = os.read(terminal, 65536)
    except OSError:  # Linux says so when the program has ended.
        break
    if not part:
        break
    seen += part
    sys.stdout.buffer.write(part)
    if trigger and trigger in seen:
        trigger = b""
        os.write(terminal, b"\x03")

_, status = os.waitpid(pid, 0)
print(os.waitstatus_to_exitcode(status), file=sys.stderr)
