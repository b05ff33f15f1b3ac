"""Runs a command in a pseudo-terminal: pseudo-terminal.py ROWS COLUMNS COMMAND...

What it writes goes to standard output. Standard input takes a line of JSON each: {"type": "keys"},
{"size": [rows, columns]}, or {"goOn": true} for a command that has stopped or is about to.
The command's exit code becomes this one's; 128 and its number where a signal ended it.
"""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios


def resize(fd, rows, columns):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


rows, columns, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
child, terminal = pty.fork()
if child == 0:
    resize(0, rows, columns)
    os.execvp(command[0], command)

orders = b""
inputs = [terminal, 0]
while True:
    ready, _, _ = select.select(inputs, [], [])
    if terminal in ready:
        try:
            output = os.read(terminal, 65536)
        except OSError:  # Linux says EIO where the other end is closed.
            output = b""
        if not output:
            break
        os.write(1, output)
    if 0 in ready:
        read = os.read(0, 65536)
        if not read:
            inputs.remove(0)
        orders += read
        *lines, orders = orders.split(b"\n")
        for line in lines:
            order = json.loads(line)
            if "type" in order:
                os.write(terminal, order["type"].encode())
            if "size" in order:
                resize(terminal, *order["size"])
                os.kill(child, signal.SIGWINCH)
            if "goOn" in order:
                os.waitpid(child, os.WUNTRACED)
                os.kill(child, signal.SIGCONT)

_, status = os.waitpid(child, 0)
sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
