"""`homeline run` as its user starts it: a configuration file, a state directory, people."""

import http.client
import json
import re
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

from programs import Background, eventually, free_port, homeline

DOMAIN = "home.test"
HOST = "127.0.0.1"
TRANSPORTS = ("udp", "tcp", "tls")


@dataclass(frozen=True)
class Account:
    """What a person types into an app."""

    user: str
    password: str
    ports: dict

    @property
    def uri(self):
        return f"sip:{self.user}@{DOMAIN}"


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=10)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


class HomelineDaemon:
    """A daemon with state of its own. It can be stopped, killed and started again on what it left."""

    # More of the section `endpoints`.
    endpoints = ""
    # More of the section `softphone`, and of `http`.
    softphone = ""
    web = ""
    level = "debug"

    def __init__(self, directory, lines, mirrors=()):
        """`lines` have modems; `mirrors` have none, and bring everything back."""
        self.directory = Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.state = self.directory / "state"
        self.config = self.directory / "homeline.yaml"
        self.lines = [*lines, *mirrors]
        self.mirrors = mirrors
        self.http = free_port()
        # TLS has a port of its own; UDP and TCP share one.
        plain = free_port()
        self.ports = {"udp": plain, "tcp": plain, "tls": free_port()}
        self.program = None
        self.command("certificate", HOST, "--directory", self.directory)
        self.config.write_text(self.settings(lines))

    def line(self, modem):
        """What a line's section says."""
        return {"trunk": "modem", "device": modem.pty, "segments-per-minute": 600}

    def settings(self, lines):
        sections = "".join(
            f"  {name}:\n" + "".join(f"    {key}: {value}\n" for key, value in self.line(modem).items()) for name, modem in lines.items())
        sections += "".join(f"  {name}:\n    trunk: loopback\n    echo: yes\n    pictures: yes\n" for name in self.mirrors)
        listen = ", ".join(f'"{transport}:{HOST}:{self.ports[transport]}"' for transport in TRANSPORTS)
        return f"""state: {self.state}
country: US
lines:
{sections}endpoints:
  softphone:
    domain: {DOMAIN}
    listen: [{listen}]
    certificate: {self.directory}/homeline.crt
    key: {self.directory}/homeline.key
{self.softphone}{self.endpoints}http:
  listen: {HOST}:{self.http}
{self.web or f"  public-url: http://{HOST}:{self.http}"}
log:
  level: {self.level}
"""

    def command(self, *arguments, stdin=""):
        """Runs a homeline command to its end; what it printed."""
        done = subprocess.run(
            [homeline(), *map(str, arguments)], input=stdin, capture_output=True, text=True, timeout=30, cwd=self.directory)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self):
        """Starts it and waits until every part works."""
        self.program = Background(self.directory, "homeline", homeline(), "run", "--config", self.config)

        def works():
            assert self.program.process.poll() is None, f"homeline ended:\n{self.program.output()[-3000:]}"
            return self.health() == "working"

        eventually(works, 30, lambda: f"a working daemon, which said\n{self.program.output()[-3000:]}\n: this")
        return self

    def stop(self):
        """Ends it as systemd does; it ends by itself, and well."""
        if self.program and self.program.process.poll() is None:
            self.program.stop(20)
            assert self.program.process.returncode == 0, f"stopped with {self.program.process.returncode}:\n{self.program.output()[-3000:]}"

    def kill(self):
        """Ends it as a power cut does."""
        if self.program and self.program.process.poll() is None:
            self.program.kill()

    def restart(self):
        self.stop()
        self.start()

    def add_person(self, user, lines):
        """A new person who has these lines, or all of them where none is named."""
        password = f"{user}-Secret-5"
        options = ["--line", *lines] if lines else []
        self.command("person", "add", user, "--config", self.config, "--password-stdin", *options, stdin=password + "\n")
        return Account(user, password, self.ports)

    def add_app(self, user, label):
        """What a person types into an app that has a password of its own."""
        answer = self.command("person", "provision", user, "--plain", "--label", label, "--config", self.config)
        return Account(user, re.search(r"^Password +(\S+)", answer, re.MULTILINE)[1], self.ports)

    def api(self, method, path, body=None):
        """A call over the daemon's own socket: status and document."""
        connection = UnixConnection(self.state / "control.sock")
        try:
            connection.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"} if body else {})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def health(self):
        """The sum of it, or nothing while nobody answers."""
        try:
            return self.api("GET", "/health")[1]["status"]
        except (OSError, http.client.HTTPException):
            return None

    def parts(self):
        """The state of every trunk and endpoint by name."""
        return {part["name"]: part["health"] for part in self.api("GET", "/health")[1]["parts"]}

    def messages(self):
        """Every message on record, oldest first."""
        messages, after = [], ""
        while True:
            page = self.api("GET", f"/api/v1/messages?limit=100{after}")[1]
            messages += page["messages"]
            if "next" not in page:
                return messages
            after = f"&after={page['next']}"

    def texts(self):
        """The words of every message on record, oldest first."""
        return [message["text"] for message in self.messages()]

    def wait_recorded(self, texts, within=20):
        eventually(lambda: set(texts) <= set(self.texts()), within, lambda: f"{texts} on record, which has {self.texts()}: this")

    def message(self, text):
        """The message with this text, and its deliveries."""
        found = [message for message in self.messages() if message["text"] == text]
        assert len(found) == 1, f"{len(found)} messages say '{text}'"
        return self.api("GET", f"/api/v1/messages/{found[0]['id']}")[1]
