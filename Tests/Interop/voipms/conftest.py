"""A daemon over a line that brings everything back, which serves programs made for VoIP.ms, and a web server that it tells of messages."""

import http.server
import sys
import threading
import urllib.parse
from pathlib import Path

import pytest

from homeline_daemon import HOST, HomelineDaemon
from programs import eventually, free_port

# What PyPI alone has lies beside the repository's other unversioned files.
sys.path += map(str, Path(__file__).resolve().parents[3].glob("var/venv/lib/python*/site-packages"))

# python-voipms writes the password into addresses as it stands.
USER, PASSWORD = "alice@home.test", "pass:word!@1x"
OWN, OTHER = "5550100999", "5550160001"


class Hooks:
    """A web server of the user's own: it keeps what it is asked and answers as it is told."""

    def __init__(self):
        self.asked, self.replies = [], {"GET": (200, b"ok"), "POST": (200, b"ok")}
        hooks = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                octets = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                hooks.asked.append((self.command, self.path, octets))
                status, body = hooks.replies[self.command]
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = answer

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer((HOST, free_port()), Handler)
        self.url = f"http://{HOST}:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def callbacks(self):
        """What came by GET, as parameters."""
        return [dict(urllib.parse.parse_qsl(path.partition("?")[2], keep_blank_values=True)) for verb, path, _ in self.asked if verb == "GET"]

    def posts(self):
        return [(path, octets) for verb, path, octets in self.asked if verb == "POST"]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Service(HomelineDaemon):
    """Its one line is a mirror with a number."""

    def __init__(self, directory, hooks, more=""):
        """`more` is of the section `users`."""
        self.hooks = hooks
        (directory / "password").write_text(PASSWORD + "\n")
        self.endpoints = f"""  voipms:
    timeout: 3s
    users:
      alice:
        api-username: {USER}
        password-file: {directory}/password
        person: alice
        sub-accounts: [100001_alice]
        callback: "{hooks.url}/cb?to={{TO}}&from={{FROM}}&message={{MESSAGE}}&files={{MEDIA}}&id={{ID}}&date={{TIMESTAMP}}"
        webhook: {hooks.url}/mmsgate
        private: yes
{more}"""
        super().__init__(directory, {}, mirrors=("home",))

    def settings(self, lines):
        return super().settings(lines).replace("trunk: loopback\n", f'trunk: loopback\n    number: "+1{OWN}"\n')

    @property
    def url(self):
        return f"http://{HOST}:{self.http}"

    def forget(self):
        """What the hooks were told so far is not of this test."""
        self.hooks.asked.clear()

    def wait_told(self, text):
        """The callback and the webhook that tell of a text."""
        eventually(lambda: any(one.get("message") == text for one in self.hooks.callbacks()), 20, f"the callback about '{text}'")
        return next(one for one in self.hooks.callbacks() if one.get("message") == text)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    hooks = Hooks()
    daemon = Service(tmp_path_factory.mktemp("voipms"), hooks)
    try:
        yield daemon.start()
    finally:
        daemon.stop()
        hooks.close()
