"""Programs that run beside a test, and waiting for what they do."""

import os
import random
import shutil
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest


def need(program, package):
    """The path of a program, or a failure that says what to install."""
    path = shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin:/sbin")
    if path is None:
        pytest.fail(f"{program} is missing: apt-get install {package}", pytrace=False)
    return path


def homeline():
    """The program under test, as the environment variable HOMELINE names it."""
    path = os.environ.get("HOMELINE")
    if not path:
        pytest.fail("HOMELINE is to name the homeline program", pytrace=False)
    return path


def eventually(condition, within=20, what="what was waited for"):
    """Polls until the condition gives something true, and returns that. `what` may be a function that tells how things stand."""
    deadline = time.monotonic() + within
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > deadline:
            raise AssertionError(f"{what() if callable(what) else what} did not come within {within} s")
        time.sleep(0.05)


def together(call, cases):
    """Calls once for each case, all at the same time, for programs that take long over little."""
    with ThreadPoolExecutor(len(cases)) as pool:
        return list(pool.map(lambda case: call(*case), cases))


def is_free(port):
    with socket.socket() as stream, socket.socket(type=socket.SOCK_DGRAM) as datagram:
        try:
            stream.bind(("127.0.0.1", port))
            datagram.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


# Tests that run at once have ports of their own, and none is given twice: its program may be away for a moment.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 8
GIVEN = set()


def free_port():
    """A port of 127.0.0.1 that is free for UDP and TCP, as is the next one, which some programs take too. It is below those that the
    system hands out by itself, so that none of these takes it before its program does."""
    while True:
        port = random.randrange(10_000 + 2 * WORKER, 32_000, 16)
        if port not in GIVEN and is_free(port) and is_free(port + 1):
            GIVEN.add(port)
            return port


class Background:
    """A program that runs beside the test, its output kept in a file; lines can be typed to it."""

    def __init__(self, directory, name, *command, env=None):
        self.log = Path(directory) / f"{name}.log"
        self.name = name
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(part) for part in command], cwd=directory, stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT,
                env={**os.environ, **(env or {})})

    def output(self, since=0):
        return self.log.read_bytes()[since:].decode(errors="replace")

    def mark(self):
        """Where the output ends now, to look at what comes after."""
        return self.log.stat().st_size

    def type(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def wait_for(self, text, within=20, since=0):
        def seen():
            output = self.output(since)
            assert self.process.poll() is None or text in output, f"{self.name} ended:\n{output[-2000:]}"
            return text in output
        eventually(seen, within, lambda: f"'{text}' from {self.name}, which said\n{self.output(since)[-2000:]}\n: this")

    def kill(self):
        """Ends it at once, as a power cut does."""
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()

    def stop(self, within=8):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(within)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stdin.close()
