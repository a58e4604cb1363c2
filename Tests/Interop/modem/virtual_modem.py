"""Starts the virtual modem under test and speaks to its control interface."""

import json
import os
import shutil
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

OWN_NUMBER = "+4915112345678"


def need(program, package):
    """The path of a program, or a failure that says what to install."""
    path = shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin:/sbin")
    if path is None:
        pytest.fail(f"{program} is missing: apt-get install {package}", pytrace=False)
    return path


def eventually(condition, within=20, what="what was waited for"):
    """Polls until the condition gives something true, and returns that."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        result = condition()
        if result:
            return result
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come within {within} s")


def together(call, cases):
    """Calls once for each case, all at the same time, for programs that take long over little."""
    with ThreadPoolExecutor(len(cases)) as pool:
        return list(pool.map(lambda case: call(*case), cases))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Background:
    """A program that runs beside the test, its output kept in a file."""

    def __init__(self, directory, name, *command, env=None):
        self.log = Path(directory) / f"{name}.log"
        self.name = name
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(part) for part in command], cwd=directory, stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, env={**os.environ, **(env or {})})

    def output(self):
        return self.log.read_text(errors="replace")

    def wait_for(self, text, within=20):
        def seen():
            assert self.process.poll() is None or text in self.output(), f"{self.name} ended:\n{self.output()[-2000:]}"
            return text in self.output()
        eventually(seen, within, f"'{text}' from {self.name}")

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class VirtualModem(Background):
    """`homeline sim modem`, as the environment variable HOMELINE names it."""

    def __init__(self, directory, personality="generic", tcp=None):
        homeline = os.environ.get("HOMELINE")
        if not homeline:
            pytest.fail("HOMELINE is to name the homeline program", pytrace=False)
        self.pty = Path(directory) / "modem"
        self.control = Path(directory) / "control"
        command = [homeline, "sim", "modem", "--pty", self.pty, "--control", self.control, "--personality", personality]
        super().__init__(directory, "virtual-modem", *command, *(["--tcp", f"127.0.0.1:{tcp}"] if tcp else []))
        eventually(lambda: self.control.exists() and self.pty.exists(), 10, f"the virtual modem\n{self.output()}")

    def order(self, command, **fields):
        """One line to the control interface; its answer."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            connection.connect(str(self.control))
            connection.sendall(json.dumps({"command": command, **fields}).encode() + b"\n")
            answer = json.loads(connection.makefile().readline())
        assert answer["ok"], answer.get("error")
        return answer

    def text(self, sender, text):
        self.order("text", **{"from": sender, "text": text})

    def sent(self):
        """What left completely, oldest first."""
        return [message for message in self.order("sent")["sent"] if message["complete"]]

    def wait_sent(self, text, within=20):
        """The message with this text."""
        found = lambda: [message for message in self.sent() if message["text"] == text]
        return eventually(found, within, f"'{text}' outside")[0]

    def state(self):
        return self.order("state")["state"]
