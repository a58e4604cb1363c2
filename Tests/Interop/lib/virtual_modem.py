"""Starts the virtual modem under test and speaks to its control interface."""

import json
import socket
from pathlib import Path

from programs import Background, eventually, homeline

OWN_NUMBER = "+4915112345678"


class VirtualModem(Background):
    """`homeline sim modem`."""

    def __init__(self, directory, personality="generic", tcp=None, pin=None):
        self.pty = Path(directory) / "modem"
        self.control = Path(directory) / "control"
        command = [homeline(), "sim", "modem", "--pty", self.pty, "--control", self.control, "--personality", personality, "--trace"]
        super().__init__(directory, "virtual-modem", *command, *(["--tcp", f"127.0.0.1:{tcp}"] if tcp else []), *(["--pin", pin] if pin else []))
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
