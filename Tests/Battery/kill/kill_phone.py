"""A SIP app that lives beside the daemon: it registers, takes texts, writes texts, and outlives every death of its server."""

import queue
import re
import socket
import threading
import time
import uuid
from collections import defaultdict

from homeline_daemon import DOMAIN
from raw_sip import RawSIP, Response

HEADER = re.compile(rb"(?im)^([a-z-]+) *: *(.*?)\r$")


class Phone(RawSIP):
    """One device. What it is sent is told apart by Call-ID: a repeated Call-ID is the same message sent again, which an app shows once."""

    def __init__(self, account, name):
        super().__init__(account)
        self.name = name
        self.instance = uuid.uuid5(uuid.NAMESPACE_DNS, f"{account.user}.{name}")
        self.is_answering = True
        # Call-ID -> (type, body), in the order of first arrival.
        self.shown = {}
        self.copies = defaultdict(int)
        self.waiting = {}
        self.guard = threading.Lock()
        self.is_open = True
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def close(self):
        self.is_open = False
        self.reader.join(2)
        super().close()

    def read(self):
        self.socket.settimeout(0.2)
        while self.is_open:
            try:
                octets = self.socket.recv(65536)
            except TimeoutError:
                continue
            except OSError:
                # The daemon is down: the system tells so of a connected socket.
                time.sleep(0.02)
                continue
            if octets.startswith(b"SIP/2.0 "):
                self.take_response(octets)
            elif octets.startswith(b"MESSAGE ") and self.is_answering:
                self.take_message(octets)

    def take_response(self, octets):
        response = Response(octets)
        if response.status < 200:
            return
        waiter = self.waiting.get((response.get("call-id"), response.get("cseq")))
        if waiter:
            waiter.put(response)

    def take_message(self, octets):
        head, _, body = octets.partition(b"\r\n\r\n")
        fields = {}
        for name, value in HEADER.findall(head + b"\r\n"):
            fields.setdefault(name.lower().decode(), value.decode(errors="replace"))
        with self.guard:
            self.copies[fields["call-id"]] += 1
            self.shown.setdefault(fields["call-id"], (fields.get("content-type", ""), body.decode(errors="replace"), fields["from"]))
        vias = [value.decode() for name, value in HEADER.findall(head + b"\r\n") if name.lower() == b"via"]
        answer = ["SIP/2.0 200 OK", *(f"Via: {via}" for via in vias), f"From: {fields['from']}", f"To: {fields['to']};tag={self.instance.hex[:8]}",
                  f"Call-ID: {fields['call-id']}", f"CSeq: {fields['cseq']}", "Content-Length: 0", "", ""]
        self.try_send("\r\n".join(answer).encode())

    def try_send(self, octets):
        try:
            self.socket.send(octets)
        except OSError:
            pass

    def exchange(self, octets, within=4):
        """As the plain client's, but sent again as RFC 3261 §17.1.2 has it, and read by the one reader."""
        call = re.search(rb"(?im)^call-id: *(.*?)\r", octets).group(1).decode()
        sequence = re.search(rb"(?im)^cseq: *(.*?)\r", octets).group(1).decode()
        waiter = queue.Queue()
        self.waiting[call, sequence] = waiter
        try:
            pause, deadline = 0.25, time.monotonic() + within
            while time.monotonic() < deadline:
                self.try_send(octets)
                try:
                    return waiter.get(timeout=min(pause, max(0.01, deadline - time.monotonic())))
                except queue.Empty:
                    pause = min(2 * pause, 1)
            raise TimeoutError("no final response")
        finally:
            self.waiting.pop((call, sequence), None)

    def register(self, expires=3600):
        contact = f'<sip:{self.account.user}@{self.address}>;+sip.instance="<urn:uuid:{self.instance}>"'
        response = super().register(f"Contact: {contact}", f"Expires: {expires}")
        assert response.status == 200, response.first
        return response

    def write(self, recipient, text, call):
        """Writes a text under one Call-ID until the daemon has taken it; the number of tries."""
        tries = 0
        while self.is_open:
            tries += 1
            try:
                response = self.message(f"sip:{recipient}@{DOMAIN}", text, Call_ID=call)
            except (TimeoutError, socket.timeout):
                continue
            if response.status == 202:
                return tries
            # A challenge from before a restart (stale, 401), too early after one, a full queue: an app asks again.
            assert response.status in (401, 408, 500, 503), response.first
            time.sleep(0.1)
        return None

    def texts(self):
        """Body -> Call-IDs under which it came, for plain texts."""
        found = defaultdict(list)
        with self.guard:
            for call, (kind, body, _) in self.shown.items():
                if kind.startswith("text/plain"):
                    found[body].append(call)
        return found

    def order(self, sender):
        """Texts of one sender in the order of their first arrival."""
        with self.guard:
            return [body for kind, body, origin in self.shown.values() if kind.startswith("text/plain") and sender in origin]

    def ticks(self):
        """Message references -> how many different notifications said that they were delivered."""
        found = defaultdict(int)
        with self.guard:
            for kind, body, _ in self.shown.values():
                if "imdn" in kind and "<delivered" in body:
                    found[re.search(r"<message-id>(.*?)</message-id>", body).group(1)] += 1
        return found

    def failures(self):
        """References of the messages that were said to have failed."""
        with self.guard:
            return [
                re.search(r"<message-id>(.*?)</message-id>", body).group(1) for kind, body, _ in self.shown.values()
                if "imdn" in kind and "<failed" in body]
