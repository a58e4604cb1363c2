"""HTTP octet by octet: peers that write what they like, and a probe that measures what an honest caller gets meanwhile."""

import json
import select
import socket
import subprocess
import sys
import time

HOST = "127.0.0.1"


class Answer:
    """A response: status, header fields in order with lower-case names, and the body's octets."""

    def __init__(self, head, body):
        first, *lines = head.decode("latin-1").split("\r\n")
        self.version, status, *_ = first.split(" ", 2)
        self.status = int(status)
        self.fields = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        self.body = body

    def get(self, name):
        return next((value for key, value in self.fields if key == name), None)

    @property
    def document(self):
        return json.loads(self.body)

    @property
    def code(self):
        """The error's word for programs."""
        return self.document["error"]["code"]


class Closed(Exception):
    """The other side ended the connection instead of answering."""


class Peer:
    """One connection from an address of this machine."""

    def __init__(self, port, source=HOST, within=10):
        self.socket = socket.socket()
        self.socket.settimeout(within)
        if source != HOST:
            self.socket.bind((source, 0))
        self.socket.connect((HOST, port))
        self.pending = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def write(self, octets):
        """Writes all, or as much as is taken before the other side closes."""
        try:
            self.socket.sendall(octets)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def read(self):
        """Some octets; Closed at the end."""
        try:
            octets = self.socket.recv(65536)
        except ConnectionResetError:
            octets = b""
        if not octets:
            raise Closed
        self.pending += octets

    def take(self):
        """What came so far and was not taken, or else what comes next."""
        if not self.pending:
            self.read()
        taken, self.pending = self.pending, b""
        return taken

    def take_until(self, end):
        while end not in self.pending:
            self.read()
        taken, _, self.pending = self.pending.partition(end)
        return taken

    def answer(self):
        """The next final response with its whole body."""
        while True:
            head = Answer(self.take_until(b"\r\n\r\n"), b"")
            if head.status >= 200:
                break
        length = int(head.get("content-length") or 0)
        while len(self.pending) < length:
            self.read()
        head.body, self.pending = self.pending[:length], self.pending[length:]
        return head

    def ends(self):
        """Reads until the other side closes; what came before."""
        try:
            while True:
                self.read()
        except Closed:
            return self.pending

    def is_open(self):
        """Whether the other side keeps the connection, without waiting."""
        self.socket.setblocking(False)
        try:
            return bool(self.socket.recv(65536)) or False
        except BlockingIOError:
            return True
        except OSError:
            return False
        finally:
            self.socket.setblocking(True)


def request(method, target, *fields, token=None, body=None, version="HTTP/1.1", host="localhost", content_type="application/json"):
    """The octets of a request; more fields are given as whole lines."""
    lines = [f"{method} {target} {version}"]
    if host is not None:
        lines.append(f"Host: {host}")
    if token:
        lines.append(f"Authorization: Bearer {token}")
    octets = b""
    if body is not None:
        octets = body if isinstance(body, bytes) else json.dumps(body).encode()
        lines.append(f"Content-Length: {len(octets)}")
        if content_type:
            lines.append(f"Content-Type: {content_type}")
    return "\r\n".join([*lines, *fields, "", ""]).encode("latin-1") + octets


def ask(port, *arguments, source=HOST, **rest):
    """One request on a connection of its own; its answer."""
    with Peer(port, source) as peer:
        peer.write(request(*arguments, **rest))
        return peer.answer()


def percentile(values, share):
    """The value below which that share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Probe:
    """An honest caller in a process of its own, who asks again and again on new connections, by turns the daemon that something is done
    to in the `with` block and its twin that is left in peace. What the machine does besides delays both."""

    def __init__(self, port, twin, octets, source=HOST, pause=0.01):
        self.command = [sys.executable, __file__, str(port), str(twin), source, str(pause), octets.hex()]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline()
        return self

    def __exit__(self, *_):
        output, _ = self.process.communicate("stop\n", 30)
        rows = [line.split(" ", 2) for line in output.splitlines()]
        self.times = [float(took) for place, took, _ in rows if place == "door"]
        self.undisturbed = [float(took) for place, took, _ in rows if place == "twin"]
        self.failures = [fault for place, _, fault in rows if place == "door" and fault]

    def report(self, what):
        """Prints the figures; by how many ms the 99th percentile is above three times the twin's."""
        p50, p99 = (percentile(self.times, share) * 1000 for share in (0.5, 0.99))
        undisturbed = percentile(self.undisturbed, 0.99) * 1000
        print(f"{what}: {len(self.times)} probes, p50 {p50:.1f} ms, p99 {p99:.1f} ms, worst {max(self.times) * 1000:.1f} ms, "
              f"p99 of the undisturbed twin {undisturbed:.1f} ms, {len(self.failures)} failed")
        return max(0, p99 - 3 * undisturbed)


def probe(ports, source, pause, octets):
    """The probe's own process: a line for each request, `place took fault`, until its input ends."""
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], pause)[0]:
        for place, port in ports.items():
            began = time.monotonic()
            fault = ""
            try:
                with Peer(port, source) as peer:
                    peer.write(octets)
                    status = peer.answer().status
                if status >= 400:
                    fault = str(status)
            except (OSError, Closed) as error:
                fault = repr(error)
            print(f"{place} {time.monotonic() - began} {fault}")


if __name__ == "__main__":
    probe({"door": int(sys.argv[1]), "twin": int(sys.argv[2])}, sys.argv[3], float(sys.argv[4]), bytes.fromhex(sys.argv[5]))
