"""A phone that answers for itself, in a thread, and remembers when each text came; and how quickly texts come and go."""

import hashlib
import re
import threading
import time
import uuid

from homeline_daemon import DOMAIN
from raw_sip import RawSIP, Response


def field(challenge, name):
    return re.search(rf'{name}="?([^",]*)', challenge).group(1)


def proof(user, password, challenge, method, target, count=1, **changes):
    """An Authorization field that answers a challenge (RFC 3261 §22.4, RFC 8760); `changes` overrides its parameters, None leaves one out."""
    algorithm = field(challenge, "algorithm")
    hashed = hashlib.sha256 if algorithm == "SHA-256" else hashlib.md5
    digest = lambda *parts: hashed(":".join(parts).encode()).hexdigest()
    nonce, realm, client, number = field(challenge, "nonce"), field(challenge, "realm"), "0a4f113b", f"{count:08x}"
    values = {
        "username": f'"{user}"', "realm": f'"{realm}"', "nonce": f'"{nonce}"', "uri": f'"{target}"', "algorithm": algorithm, "qop": "auth",
        "nc": number, "cnonce": f'"{client}"',
        "response": '"%s"' % digest(digest(user, realm, password), nonce, number, client, "auth", digest(method, target))}
    values.update(changes)
    return "Authorization: Digest " + ", ".join(f"{name}={value}" for name, value in values.items() if value is not None)


class Phone:
    """Registered over UDP. `behave` decides what it answers to a MESSAGE: a list of responses, each a start line and its fields."""

    def __init__(self, account, source="127.0.0.1", behave=None, expires=3600):
        self.account = account
        self.client = RawSIP(account, "udp", source)
        self.behave = behave or (lambda octets, count: ["200 OK"])
        self.expires = expires
        self.arrived = {}
        self.copies = {}
        self.answers = {}
        self.challenge = None
        self.count = 0
        self.news = threading.Condition()
        self.is_open = True
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def _listen(self):
        while self.is_open:
            try:
                octets = self.client.receive(0.05)
            except TimeoutError:
                continue
            except OSError:
                if self.is_open:
                    continue
                return
            at = time.monotonic()
            if octets.startswith(b"SIP/2.0 "):
                response = Response(octets)
                with self.news:
                    self.answers.setdefault(response.get("call-id"), []).append((at, response))
                    self.news.notify_all()
            elif octets.startswith(b"MESSAGE "):
                self._take(octets, at)

    def _take(self, octets, at):
        text = octets.partition(b"\r\n\r\n")[2].decode(errors="replace")
        with self.news:
            self.arrived.setdefault(text, at)
            self.copies.setdefault(text, []).append((at, octets))
            count = len(self.copies[text])
            self.news.notify_all()
        for start in self.behave(octets, count):
            try:
                self.client.send(self.response(octets, start))
            except OSError:
                pass  # it was closed meanwhile, or the daemon is down

    @staticmethod
    def response(octets, start, *fields):
        head = octets.partition(b"\r\n\r\n")[0].decode()
        kept = [line for line in head.split("\r\n")[1:] if line.split(":")[0].lower() in ("via", "from", "to", "call-id", "cseq")]
        status, *more = start.split("\r\n")
        return "\r\n".join([f"SIP/2.0 {status}", *kept, *more, *fields, "Content-Length: 0"]).encode() + b"\r\n\r\n"

    def wait(self, found, within):
        deadline = time.monotonic() + within
        with self.news:
            while True:
                result = found()
                if result is not None:
                    return result
                left = deadline - time.monotonic()
                if left <= 0:
                    return None
                self.news.wait(left)

    def exchange(self, octets, within=10):
        """Sends a request as a client transaction does, again and again until it is answered; when the final answer came, and the answer."""
        call = re.search(rb"(?im)^call-id: *(.*?)\r", octets).group(1).decode()
        final = lambda: next(((at, response) for at, response in self.answers.pop(call, []) if response.status >= 200), None)
        interval, deadline = 0.5, time.monotonic() + within
        while time.monotonic() < deadline:
            self.client.send(octets)
            found = self.wait(final, min(interval, deadline - time.monotonic()))
            if found:
                return found
            interval = min(2 * interval, 4)
        raise TimeoutError(f"no answer to {octets[:60]}")

    def ask(self, method, uri, *headers, body="", **rest):
        """A request with a proof, by the nonce there is; another challenge is answered. When the final answer came, and the answer."""
        for _ in range(3):
            self.count += 1
            words = [proof(self.account.user, self.account.password, self.challenge, method, uri, self.count)] if self.challenge else []
            at, answer = self.exchange(self.client.request(method, uri, *headers, *words, body=body, **rest))
            if answer.status != 401:
                return at, answer
            self.challenge, self.count = answer.get("www-authenticate"), 0
        return at, answer

    def register(self):
        contact = f"Contact: <sip:{self.account.user}@{self.client.address}>;expires={self.expires}"
        answer = self.ask("REGISTER", f"sip:{DOMAIN}", contact, To=f"<{self.account.uri}>")[1]
        assert answer.status == 200, answer.first
        return self

    def write(self, uri, text):
        """Sends a text; the seconds until its 202."""
        start = time.monotonic()
        at, answer = self.ask("MESSAGE", uri, "Content-Type: text/plain", body=text)
        assert answer.status == 202, answer.first
        return at - start

    def await_text(self, text, within=10):
        """When the text came, or nothing."""
        return self.wait(lambda: self.arrived.get(text), within)

    def close(self):
        self.is_open = False
        self.client.close()
        self.thread.join(5)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def unique(words):
    return f"{words} {uuid.uuid4().hex[:8]}"


class Delays:
    """Delays in milliseconds, and how they are told."""

    def __init__(self, name):
        self.name = name
        self.values = []

    def add(self, seconds):
        self.values.append(1000 * seconds)

    def quantile(self, share):
        ordered = sorted(self.values)
        return ordered[int(share * (len(ordered) - 1))]

    def is_within(self, milliseconds, quiet, share=0.5):
        """Whether so many of them took less than was promised, or on a machine that is busier less than three times what they took while
        nothing was done to the daemon."""
        return self.quantile(share) < max(milliseconds, 3 * quiet.quantile(share))

    def __str__(self):
        return (f"{self.name}: p50 {self.quantile(0.5):.0f}, p95 {self.quantile(0.95):.0f}, max {max(self.values):.0f} ms"
                f" of {len(self.values)}")


class Memory:
    """Resident memory of a daemon, in KiB."""

    def __init__(self, house):
        self.path = f"/proc/{house.daemon.program.process.pid}/status"
        self.before = self.now()
        self.peak = self.before

    def now(self):
        return int(next(line.split()[1] for line in open(self.path) if line.startswith("VmRSS")))

    def note(self):
        self.peak = max(self.peak, self.now())

    def __str__(self):
        return f"memory {self.before / 1024:.0f} MiB before, {self.peak / 1024:.0f} at most, {self.now() / 1024:.0f} after"
