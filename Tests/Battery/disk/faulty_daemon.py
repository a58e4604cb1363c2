"""A daemon over a loopback line, with faults put under it, and callers who keep account of what it took."""

import http.client
import json
import os
import subprocess
import threading
import time

from homeline_daemon import HOST, HomelineDaemon
from programs import Background, eventually, homeline


class FaultyDaemon(HomelineDaemon):
    """`prefix` is a command that starts another one: `unshare`, `prlimit`; `env` is added to the environment."""

    def __init__(self, directory, env=None, prefix=(), extra=""):
        self.env, self.prefix, self.endpoints = dict(env or {}), list(prefix), extra
        super().__init__(directory, {"home": None})

    def line(self, modem):
        return {"trunk": "loopback"}

    def launch(self):
        """Starts it and does not wait."""
        self.program = Background(self.directory, "homeline", *self.prefix, homeline(), "run", "--config", self.config, env=self.env)
        return self

    def start(self, within=30):
        self.launch()

        def works():
            assert self.program.process.poll() is None, f"homeline ended:\n{self.program.output()[-3000:]}"
            return self.answers()

        eventually(works, within, lambda: f"a working daemon, which said\n{self.program.output()[-3000:]}\n: this")
        return self

    def answers(self):
        try:
            return self.call("GET", "/health")[0] in (200, 503)
        except OSError:
            return False

    def connection(self, timeout=10):
        return http.client.HTTPConnection(HOST, self.http, timeout=timeout)

    def call(self, method, path, body=None, token=None, timeout=10):
        """A call over TCP: status, headers and document."""
        connection = self.connection(timeout)
        try:
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            if body is not None:
                headers["Content-Type"] = "application/json"
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            octets = answer.read()
            return answer.status, dict(answer.getheaders()), json.loads(octets) if octets else None
        except http.client.HTTPException as error:
            raise ConnectionError(repr(error)) from error
        finally:
            connection.close()

    def token(self, *scopes):
        return self.command("token", "create", "battery", "--replace", "--config", self.config, *(part for scope in scopes for part in ("--scope", scope))).strip()

    def ended(self, within=15):
        """Waits for its end: the exit code."""
        return self.program.process.wait(within)

    def ledger_part(self):
        return self.parts()["ledger"]


class Callers:
    """Callers that submit texts, each with a key of its own, and note what was answered. A text is accepted when it was answered 202."""

    def __init__(self, daemon, token, count=4, mark=lambda: 0, pause=0.0):
        self.daemon, self.token, self.mark, self.pause = daemon, token, mark, pause
        self.accepted = {}
        self.refused = []
        self.unanswered = []
        self.stopped = threading.Event()
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.run, args=(number,), daemon=True) for number in range(count)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        for thread in self.threads:
            thread.join(40)

    def run(self, number):
        index = 0
        connection = self.daemon.connection(timeout=40)
        while not self.stopped.is_set():
            text = f"caller {number} text {index}"
            index += 1
            body = json.dumps({"line": "home", "to": [f"+1555010{number:04}"], "text": text, "idempotencyKey": text})
            try:
                connection.request("POST", "/api/v1/messages", body, {
                    "Authorization": f"Bearer {self.token}", "Content-Type": "application/json"})
                answer = connection.getresponse()
                octets = answer.read()
            except (OSError, http.client.HTTPException):
                with self.lock:
                    self.unanswered.append(text)
                connection.close()
                time.sleep(0.05)
                continue
            with self.lock:
                if answer.status == 202:
                    self.accepted[text] = (json.loads(octets)["id"], self.mark(), time.monotonic())
                else:
                    self.refused.append((answer.status, answer.getheader("Retry-After"), text))
            if self.pause or answer.status != 202:
                time.sleep(self.pause or 0.05)
        connection.close()

    def wait_accepted(self, count, within=30):
        eventually(lambda: len(self.accepted) >= count, within, lambda: f"{count} accepted, {len(self.accepted)} are, {self.refused[-3:]}: this")

    def progress(self, within=10):
        """Waits until one more is accepted; how long that took."""
        start, before = time.monotonic(), len(self.accepted)
        eventually(lambda: len(self.accepted) > before, within, lambda: f"one more accepted; refused {self.refused[-3:]}: this")
        return time.monotonic() - start


def recorded(database):
    """Every text of the file with how often it is there, by SQLite and nothing of ours; what is to leave has a delivery over its line."""
    import sqlite3
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT part.octets FROM part JOIN message ON message.id = part.message").fetchall()
        outgoing = connection.execute("SELECT id FROM message WHERE direction = 'outgoing'").fetchall()
        planned = connection.execute(
            "SELECT DISTINCT delivery.message FROM delivery JOIN queue ON queue.id = delivery.queue WHERE queue.scope = 'trunk'").fetchall()
        problems = [row[0] for row in connection.execute("PRAGMA integrity_check")] + connection.execute("PRAGMA foreign_key_check").fetchall()
    connection.close()
    assert problems == ["ok"], problems
    stranded = set(outgoing) - set(planned)
    assert not stranded, f"{len(stranded)} outgoing texts have no delivery"
    texts = [row[0].decode() for row in rows]
    return {text: texts.count(text) for text in set(texts)} if len(texts) != len(set(texts)) else dict.fromkeys(texts, 1)


def assert_all_there(callers, database):
    """Nothing accepted is lost, nothing that a caller wrote is doubled; the owner may be told of a full disk by each start."""
    there = recorded(database)
    lost = [text for text in callers.accepted if text not in there]
    doubled = [text for text, count in there.items() if count > 1 and text.startswith("caller ")]
    assert not lost and not doubled, f"{len(lost)} lost, {len(doubled)} doubled: {lost[:3]} {doubled[:3]}"
    return len(there)


def is_root():
    return os.geteuid() == 0


def run_once(daemon, within=20, **options):
    """Runs the daemon to its end: exit code and what it said."""
    done = subprocess.run(
        [*daemon.prefix, homeline(), "run", "--config", str(daemon.config)], capture_output=True, text=True, timeout=within,
        cwd=daemon.directory, env={**os.environ, **daemon.env}, **options)
    return done.returncode, done.stdout + done.stderr
