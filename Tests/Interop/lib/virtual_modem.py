"""Starts the virtual modem under test and speaks to its control interface."""

import json
import os
import select
import socket
import tty
from pathlib import Path

from programs import Background, eventually, homeline

OWN_NUMBER = "+4915112345678"


class VirtualModem(Background):
    """`homeline sim modem`."""

    def __init__(self, directory, personality="generic", tcp=None, pin=None, mmsc=None, name=None, prefix=()):
        self.pty = Path(directory) / "modem"
        self.control = Path(directory) / "control"
        command = [*prefix, homeline(), "sim", "modem", "--pty", self.pty, "--control", self.control, "--personality", personality, "--trace"]
        options = {
            "--tcp": tcp and f"127.0.0.1:{tcp}", "--pin": pin, "--mmsc": mmsc, "--mmsc-name": name,
            "--album": None if mmsc is None else Path(directory) / "album",
        }
        given = [str(word) for option, value in options.items() if value is not None for word in (option, value)]
        super().__init__(directory, "virtual-modem", *command, *given)
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

    def type(self, text, until="OK\r\n"):
        """Types on the terminal as a program would; what the modem says up to its final result."""
        port = os.open(self.pty, os.O_RDWR | os.O_NOCTTY)
        try:
            tty.setraw(port)
            os.write(port, text.encode())
            seen = ""
            while until not in seen:
                assert select.select([port], [], [], 10)[0], f"no answer to {text!r} after {seen!r}"
                seen += os.read(port, 65536).decode()
            return seen
        finally:
            os.close(port)

    def mmsc(self):
        """The address of the simulated MMSC for the line."""
        return self.order("mmsc")["mmsc"]

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
