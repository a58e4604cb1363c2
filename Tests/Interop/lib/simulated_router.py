"""Starts the simulated HiLink router and moves what is around it."""

import urllib.parse
import urllib.request

from programs import Background, eventually, free_port, homeline


class SimulatedRouter(Background):
    """`homeline sim router`."""

    password = "secret"

    def __init__(self, directory, **options):
        port, self.control = free_port(), free_port()
        self.url = f"http://127.0.0.1:{port}"
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        super().__init__(directory, "router", homeline(), "sim", "router", "--port", port, "--control", self.control, "--password", self.password, *words)
        self.wait_for("controls at")

    def order(self, path, method="GET", **fields):
        query = urllib.parse.urlencode(fields)
        request = urllib.request.Request(f"http://127.0.0.1:{self.control}{path}?{query}", method=method)
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.read().decode()

    def text(self, sender, text, kind=1):
        self.order("/text", "POST", **{"from": sender, "text": text, "kind": kind})

    def sent(self):
        """Number and text of everything that went out."""
        return [tuple(line.split("\t", 1)) for line in self.order("/sent").splitlines()]

    def wait_sent(self, number, text):
        eventually(lambda: (number, text) in self.sent(), 20, lambda: f"{text} to {number} among {self.sent()}")

    def inbox(self):
        return int(self.order("/inbox"))
