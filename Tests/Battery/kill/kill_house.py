"""A house under load in both directions: a modem with the network behind it, the daemon, two phones, programs, a webhook receiver."""

import http.client
import itertools
import json
import os
import re
import signal
import threading
import time

from homeline_daemon import HOST, HomelineDaemon, UnixConnection
from kill_hook import Hook
from kill_phone import Phone
from programs import Background, eventually, homeline
from virtual_modem import VirtualModem


class Daemon(HomelineDaemon):
    """A daemon with a webhook and with keys of the line's own; it can be started without waiting for it."""

    def __init__(self, directory, lines, hook, line_keys, hook_timeout="10s", level="info"):
        directory.mkdir(parents=True)
        secret = directory / "hook.secret"
        secret.write_text("a secret of the battery\n")
        self.endpoints = f"""  webhook:
    url: {hook.url}
    secret-file: {secret}
    private: "yes"
    timeout: {hook_timeout}
"""
        self.line_keys = line_keys
        self.level = level
        self.env = {}
        super().__init__(directory, lines)

    def line(self, modem):
        return {**super().line(modem), **self.line_keys}

    def spawn(self):
        self.program = Background(self.directory, "homeline", homeline(), "run", "--config", self.config, env=self.env)

    def is_up(self):
        """Whether it answers; a part that fails on purpose does not matter."""
        try:
            return self.api("GET", "/health")[0] in (200, 503)
        except (OSError, http.client.HTTPException, ValueError):
            return False

    def wait_up(self, within=30):
        def up():
            assert self.program.process.poll() is None, f"homeline ended:\n{self.program.output()[-3000:]}"
            return self.is_up()
        eventually(up, within, lambda: f"an answering daemon, which said\n{self.program.output()[-2000:]}\n: this")

    def terminate(self, within=30):
        """Asks it to stop; the seconds it took and its exit status."""
        began = time.monotonic()
        self.program.process.send_signal(signal.SIGTERM)
        status = self.program.process.wait(within)
        self.program.process.stdin.close()
        return time.monotonic() - began, status

    def kinds(self, message):
        return [entry["kind"] for entry in self.api("GET", f"/api/v1/messages/{message}/timeline")[1]["entries"]]

    def metric(self, name, label=""):
        connection = self.connection()
        try:
            connection.request("GET", "/metrics")
            text = connection.getresponse().read().decode()
        finally:
            connection.close()
        found = re.findall(rf"^{name}(?:\{{[^}}]*{re.escape(label)}[^}}]*\}})? ([0-9.e+]+)$", text, re.M)
        return sum(map(float, found))

    def connection(self):
        return UnixConnection(self.state / "control.sock")

    def trunk_backlog(self):
        """Texts that wait to leave."""
        return sum(message["direction"] == "outgoing" and message["state"] == "queued" for message in self.messages())

    def backlog(self):
        return int(self.metric("homeline_deliveries", 'state="pending"') + self.metric("homeline_deliveries", 'state="claimed"'))

    def usage(self):
        """Resident memory in MB, open descriptors, threads."""
        process = f"/proc/{self.program.process.pid}"
        status = open(f"{process}/status").read()
        resident = int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024
        threads = int(re.search(r"Threads:\s+(\d+)", status).group(1))
        return resident, len(os.listdir(f"{process}/fd")), threads


class Caller(threading.Thread):
    """A program that sends texts over HTTP, each under its own key, and asks again until it is told 202."""

    def __init__(self, house, name, pause, texts):
        super().__init__(daemon=True)
        self.house = house
        self.name = name
        self.pause = pause
        self.texts = texts
        self.accepted = {}
        self.refusals = 0
        self.is_stopping = threading.Event()

    def run(self):
        for recipient, text in self.texts:
            if self.is_stopping.wait(self.pause):
                return
            self.submit(recipient, text)

    def submit(self, recipient, text):
        body = json.dumps({"line": "home", "to": [recipient], "text": text, "idempotencyKey": text[:60].strip().replace(" ", "-")})
        while self.house.is_open:
            try:
                connection = http.client.HTTPConnection(HOST, self.house.daemon.http, timeout=10)
                connection.request(
                    "POST", "/api/v1/messages", body,
                    {"Content-Type": "application/json", "Authorization": f"Bearer {self.house.token}"})
                answer = connection.getresponse()
                document = json.loads(answer.read())
                connection.close()
            except (OSError, http.client.HTTPException, ValueError):
                time.sleep(0.03)
                continue
            if answer.status == 202:
                self.accepted[text] = document["id"]
                return
            assert answer.status == 503, f"{answer.status} {document}"
            assert answer.getheader("Retry-After"), "503 without Retry-After"
            self.refusals += 1
            time.sleep(0.05)

    def stop(self):
        self.is_stopping.set()


class Writer(threading.Thread):
    """A person at a phone who writes texts."""

    def __init__(self, phone, pause, texts):
        super().__init__(daemon=True)
        self.phone = phone
        self.pause = pause
        self.texts = texts
        self.accepted = {}
        self.is_stopping = threading.Event()

    def run(self):
        for number, (recipient, text) in enumerate(self.texts):
            if self.is_stopping.wait(self.pause):
                return
            call = f"{self.phone.name}-{number}-{id(self)}"
            if self.phone.write(recipient, text, call):
                self.accepted[text] = call

    def stop(self):
        self.is_stopping.set()


class Outside(threading.Thread):
    """People outside who write to the line."""

    def __init__(self, modem, pause, texts):
        super().__init__(daemon=True)
        self.modem = modem
        self.pause = pause
        self.texts = texts
        self.accepted = {}
        self.is_stopping = threading.Event()

    def run(self):
        for sender, text in self.texts:
            if self.is_stopping.wait(self.pause):
                return
            try:
                self.modem.text(sender, text)
            except (OSError, ValueError):
                # The test is over and its modem gone; before that it has to answer.
                if not self.is_stopping.is_set():
                    raise
                return
            self.accepted[text] = sender

    def stop(self):
        self.is_stopping.set()


def texts(prefix, parties):
    """Distinct texts without end, every eighth of them two segments long."""
    for number in itertools.count():
        filling = " long" * 40 if number % 8 == 7 else ""
        yield parties[number % len(parties)], f"{prefix}-{number}{filling}"


class KillHouse:
    # Six of them in turn, so that each waits more than a second between two texts: a storage's order is told by stamps of whole seconds,
    # and no network hands over faster.
    OUTSIDE = [f"+155501001{number:02d}" for number in range(6)]
    RECIPIENTS = ["+15550100201", "+15550100202", "+15550100203", "+15550100204"]

    def __init__(self, directory, line_keys=None, hook_timeout="10s", level="info", answer_after=0.06, personality="generic"):
        self.is_open = True
        self.hook = Hook()
        place = directory / "modem"
        place.mkdir(parents=True)
        self.modem = VirtualModem(place, personality)
        self.slow_network(answer_after)
        self.daemon = Daemon(directory / "homeline", {"home": self.modem}, self.hook, line_keys or {}, hook_timeout, level)
        account = self.daemon.add_person("alice", ["home"])
        self.token = self.daemon.command("token", "create", "battery", "--state", self.daemon.state, "--scope", "send", "read").strip()
        self.daemon.start()
        self.phones = [Phone(account, name) for name in ("phone", "laptop")]
        for phone in self.phones:
            phone.register()
        self.load = []

    def slow_network(self, answer_after):
        """Real modems take seconds to say +CMGS; here it is long enough that kills fall into it."""
        self.modem.order("fault", fault="lateAnswer", seconds=answer_after)

    def start_load(self, callers=2, http_pause=0.4, sip_pause=0.5, outside_pause=0.2, recipients=RECIPIENTS, count=None):
        """Who has no pause writes nothing; `count` is how many texts each writes at most."""
        def some(prefix, parties, pause):
            return itertools.islice(texts(prefix, parties), 0 if pause is None else count)

        self.callers = [Caller(self, f"c{n}", http_pause, some(f"h{n}", recipients, http_pause)) for n in range(callers)]
        self.writer = Writer(self.phones[0], sip_pause, some("s", recipients, sip_pause))
        self.outside = Outside(self.modem, outside_pause, some("i", self.OUTSIDE, outside_pause))
        self.load = [*self.callers, self.writer, self.outside]
        for part in self.load:
            part.start()

    def caller(self, text, recipient):
        """A program that sends one text."""
        return Caller(self, text, 0, [(recipient, text)])

    def stop_load(self, within=60):
        for part in self.load:
            part.stop()
        for part in self.load:
            part.join(within)
            assert not part.is_alive(), f"{part.name} is still waiting to be answered"

    def written(self):
        """Every text that was accepted over HTTP or SIP."""
        found = {}
        for part in (*self.callers, self.writer):
            found.update(part.accepted)
        return found

    def wait_drained(self, within=60, unsettled=frozenset({"queued", "sent"})):
        """Until nothing is open: all that came is brought, all that was written has left or is in doubt, all reports are in. Where a modem was
        unplugged reports may never come, and `sent` is the last word.

        The texts of a minute's load are brought in seconds; what a long run left takes its time on a busy machine.
        """
        within += len(self.written()) / 4

        def drained():
            time.sleep(0.2)
            if self.daemon.backlog() or self.modem.state()["waiting"]:
                return False
            if set(self.outside.accepted) - set(self.hook.received()):
                return False
            time.sleep(len(self.written()) / 1000)
            states = {message["state"] for message in self.daemon.messages() if message["direction"] == "outgoing"}
            return not states & unsettled
        eventually(drained, within, lambda: f"an empty ledger; {self.standing()}; this")

    def standing(self):
        states = {}
        for message in self.daemon.messages():
            states[message["direction"], message["state"]] = states.get((message["direction"], message["state"]), 0) + 1
        return f"backlog {self.daemon.backlog()}: {self.open_deliveries()[:5]}, modem {self.modem.state()}, messages {states}"

    def open_deliveries(self):
        found = []
        for message in self.daemon.messages():
            for delivery in self.daemon.api("GET", f"/api/v1/messages/{message['id']}")[1]["deliveries"]:
                if delivery["state"] in ("pending", "claimed"):
                    found.append({**delivery, "text": message["text"][:20]})
        return found

    def close(self):
        self.is_open = False
        for part in self.load:
            part.stop()
        for phone in getattr(self, "phones", []):
            phone.close()
        if getattr(self, "daemon", None):
            self.daemon.kill()
        self.modem.stop()
        self.hook.close()
