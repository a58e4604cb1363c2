"""A machine on which nobody has set anything."""

import re
import subprocess
from pathlib import Path

from programs import Background, eventually, homeline


class FreshMachine:
    """Nothing but the program: no configuration and no state."""

    def __init__(self, directory):
        self.directory = Path(directory)
        self.config = self.directory / "etc/homeline.yaml"
        self.program = Background(directory, "homeline", homeline(), "run", "--config", self.config, "--state", self.directory / "state")
        eventually(lambda: "[Daemon] ready" in self.output() and self.config.exists(), 20, lambda: f"a daemon, which said\n{self.output()}\n: this")
        self.port = int(re.search(r"listen: 127\.0\.0\.1:(\d+)", self.config.read_text())[1])

    def output(self):
        return self.program.output()

    def command(self, *arguments, stdin=""):
        done = subprocess.run([homeline(), *map(str, arguments), "--config", self.config], input=stdin, capture_output=True, text=True, timeout=30)
        return done.returncode, done.stdout + done.stderr

    def link(self):
        code, text = self.command("console", "link")
        assert code == 0, text
        return text.strip()
