"""A whole daemon with endpoints of a test's choice over a loopback line, and callers that know nothing of Homeline."""

import json
import subprocess

from programs import Background, eventually, free_port, homeline

HOST = "127.0.0.1"


class DropIn:
    """`endpoints` is YAML in which {dir} stands for a directory that has the files of `secrets`."""

    def __init__(self, directory, endpoints, secrets, line="trunk: loopback", extra=""):
        self.directory = directory
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        for name, content in secrets.items():
            (directory / name).write_text(content + "\n")
        self.config = directory / "homeline.yaml"
        self.config.write_text(
            f"state: {directory}/state\ncountry: US\nlines:\n  home:\n    {line}\nendpoints:\n{endpoints.format(dir=directory)}http:\n  listen: {HOST}:{self.port}\n{extra}")
        self.program = Background(directory, "homeline", homeline(), "run", "--config", self.config)
        eventually(self.answers, 30, lambda: f"an answering daemon, which said\n{self.program.output()[-3000:]}\n: this")

    def answers(self):
        assert self.program.process.poll() is None, self.program.output()[-3000:]
        return subprocess.run(["curl", "-s", "-o", "/dev/null", self.url + "/health"], check=False).returncode == 0

    def curl(self, path, *options):
        """Status and body, as curl of Debian gets them."""
        done = subprocess.run(
            ["curl", "-s", "-w", "\n%{http_code}", *options, self.url + path], capture_output=True, text=True, check=True, timeout=30)
        body, status = done.stdout.rsplit("\n", 1)
        return int(status), body

    def messages(self):
        """What is on record, asked over the daemon's own socket."""
        done = subprocess.run(
            ["curl", "-s", "--unix-socket", f"{self.directory}/state/control.sock", "http://localhost/api/v1/messages?limit=100"],
            capture_output=True, text=True, check=True, timeout=30)
        return json.loads(done.stdout)["messages"]

    def stop(self):
        """Ends it as its user does; it must end well."""
        self.program.stop(20)
        assert self.program.process.returncode == 0, self.program.output()[-3000:]
