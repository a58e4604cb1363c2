"""A daemon whose HTTP door is under test: a line without a carrier, and whatever a test adds to the configuration."""

import os
import subprocess
from pathlib import Path

from programs import Background, eventually, free_port, homeline
from raw_http import HOST, Closed, ask


class Door:
    def __init__(self, directory, http="", endpoints="", lines="  home:\n    trunk: loopback\n    echo: yes\n", env=None):
        self.directory = Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.state = self.directory / "state"
        self.config = self.directory / "homeline.yaml"
        self.env = env
        self.config.write_text(
            f"state: {self.state}\ncountry: US\nlines:\n{lines}"
            + (f"endpoints:\n{endpoints}" if endpoints else "")
            + f"http:\n  listen: {HOST}:{self.port}\n{http}log:\n  level: debug\n")
        self.program = None

    def start(self):
        self.program = Background(self.directory, "homeline", homeline(), "run", "--config", self.config, env=self.env)

        def answers():
            assert self.program.process.poll() is None, f"homeline ended:\n{self.program.output()[-3000:]}"
            try:
                return ask(self.port, "GET", "/health").status == 200
            except (OSError, Closed):
                return False

        eventually(answers, 30, lambda: f"an answer of the daemon, which said\n{self.program.output()[-3000:]}\n: this")
        return self

    def stop(self):
        if self.program:
            self.program.stop(20)

    def command(self, *arguments):
        """Runs a homeline command to its end."""
        return subprocess.run(
            [homeline(), *map(str, arguments), "--config", str(self.config)], capture_output=True, text=True, timeout=30)

    def token(self, name, *scopes, days=None):
        """A new token; the daemon knows it within a second, and it is waited for."""
        made = self.command("token", "create", name, "--replace", "--scope", *scopes, *(["--days", str(days)] if days is not None else []))
        assert made.returncode == 0, made.stderr
        secret = made.stdout.strip()
        if days is None:
            eventually(lambda: ask(self.port, "GET", "/health", token=secret).status == 200, 20, "a token that is known")
        return secret

    def submit(self, token, text, *fields, to="+15550100123", key=None, source=HOST):
        body = {"line": "home", "to": [to], "text": text, **({"idempotencyKey": key} if key else {})}
        return ask(self.port, "POST", "/api/v1/messages", *fields, token=token, body=body, source=source)

    @property
    def pid(self):
        return self.program.process.pid

    def is_alive(self):
        return self.program.process.poll() is None

    def resident(self):
        """Octets of resident memory."""
        fields = dict(line.split(":", 1) for line in Path(f"/proc/{self.pid}/status").read_text().splitlines())
        return int(fields["VmRSS"].split()[0]) * 1024

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def returns_to(self, descriptors, within=30):
        """Waits until no more descriptors are open than before, but for what the database opens for its readers when it needs them."""
        eventually(lambda: self.descriptors() <= descriptors + 16, within, lambda: f"{self.descriptors()} descriptors back to {descriptors}: this")

    def log(self):
        return self.program.output()

