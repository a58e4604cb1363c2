"""The age program of Debian, which asks a terminal for its passphrase."""
import os
import pty
import select
import time


def age(arguments, passphrase, times=1, deadline=60):
    """Runs age with a terminal of its own, answers its questions, and gives its exit code and what it said."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp("age", ["age", *arguments])
    said, answered, until = b"", 0, time.monotonic() + deadline
    while time.monotonic() < until:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if ready:
            try:
                piece = os.read(terminal, 4096)
            except OSError:
                break
            if not piece:
                break
            said += piece
        if answered < times and said.count(b"assphrase") > answered:
            # The question is written before the terminal's echo is turned off.
            time.sleep(0.2)
            os.write(terminal, passphrase.encode() + b"\n")
            answered += 1
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), said.decode(errors="replace")
