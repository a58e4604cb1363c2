"""A SIP client that says what it is told to, right or wrong, from any address of this machine."""

import hashlib
import re
import socket
import ssl
import uuid

from homeline_daemon import DOMAIN, HOST


class Response:
    def __init__(self, octets):
        head, _, self.body = octets.partition(b"\r\n\r\n")
        self.first, *lines = head.decode().split("\r\n")
        self.status = int(self.first.split(" ")[1])
        self.headers = [(name.strip().lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]

    def all(self, name):
        return [value for key, value in self.headers if key == name]

    def get(self, name):
        return next(iter(self.all(name)), None)

    def shape(self):
        """What a stranger learns of it: everything but what differs at each request."""
        hidden = ("via", "call-id", "from", "to", "cseq")
        return self.first, [(name, re.sub(r'nonce="[^"]*"', "nonce", value)) for name, value in self.headers if name not in hidden]


class RawSIP:
    """One socket, connected to the daemon."""

    def __init__(self, account, transport="udp", source="127.0.0.1"):
        self.account = account
        self.transport = transport
        self.socket = socket.socket(type=socket.SOCK_DGRAM if transport == "udp" else socket.SOCK_STREAM)
        self.socket.settimeout(5)
        self.socket.bind((source, 0))
        self.socket.connect((HOST, account.ports[transport]))
        if transport == "tls":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            self.socket = context.wrap_socket(self.socket)
        self.address = "%s:%d" % self.socket.getsockname()
        self.pending = b""
        self.sequence = 0

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def request(self, method, uri, *headers, body="", **overrides):
        """The octets of a request; a header that is overridden with None is left out."""
        self.sequence += 1
        octets = body.encode() if isinstance(body, str) else body
        fields = {
            "Via": f"SIP/2.0/{self.transport.upper()} {self.address};branch=z9hG4bK{uuid.uuid4().hex};rport",
            "From": f"<{self.account.uri}>;tag={uuid.uuid4().hex[:8]}", "To": f"<{uri}>", "Call-ID": uuid.uuid4().hex,
            "CSeq": f"{self.sequence} {method}", "Max-Forwards": "70", "Content-Length": str(len(octets)),
            **{name.replace("_", "-"): value for name, value in overrides.items()}}
        lines = [f"{method} {uri} SIP/2.0", *(f"{name}: {value}" for name, value in fields.items() if value is not None), *headers]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + octets

    def send(self, octets):
        self.socket.sendall(octets)

    def receive(self, within=5):
        """The next message; raises TimeoutError where none comes, EOFError where the connection ends."""
        self.socket.settimeout(within)
        if self.transport == "udp":
            return self.socket.recv(65536)
        while b"\r\n\r\n" not in self.pending:
            self.more()
        head, _, rest = self.pending.partition(b"\r\n\r\n")
        length = int(re.search(rb"(?im)^content-length: *(\d+)", head).group(1))
        while len(self.pending) < len(head) + 4 + length:
            self.more()
        message, self.pending = self.pending[:len(head) + 4 + length], self.pending[len(head) + 4 + length:]
        return message

    def more(self):
        octets = self.socket.recv(65536)
        if not octets:
            raise EOFError("the connection was closed")
        self.pending += octets

    def exchange(self, octets, within=5):
        """Sends a request and returns its final response."""
        self.send(octets)
        call = re.search(rb"(?im)^call-id: *(.*?)\r", octets).group(1)
        sequence = re.search(rb"(?im)^cseq: *(.*?)\r", octets).group(1)
        while True:
            message = self.receive(within)
            if not message.startswith(b"SIP/2.0 ") or message.startswith(b"SIP/2.0 1"):
                continue
            if call in message and sequence in message:
                return Response(message)

    def authorization(self, challenge, method, uri, user, password):
        """An answer to one challenge (RFC 3261 §22.4, RFC 8760)."""
        field = lambda name: re.search(rf'{name}="?([^",]*)', challenge).group(1)
        algorithm = hashlib.sha256 if field("algorithm") == "SHA-256" else hashlib.md5
        digest = lambda *parts: algorithm(":".join(parts).encode()).hexdigest()
        client = uuid.uuid4().hex
        answer = digest(
            digest(user, field("realm"), password), field("nonce"), "00000001", client, "auth", digest(method, uri))
        return (
            f'Authorization: Digest username="{user}", realm="{field("realm")}", nonce="{field("nonce")}", uri="{uri}", response="{answer}", '
            f'algorithm={field("algorithm")}, qop=auth, nc=00000001, cnonce="{client}"')

    def call(self, method, uri, *headers, user=None, password=None, algorithm="SHA-256", **rest):
        """Asks, answers the challenge, and returns the response to that."""
        rest.setdefault("Call_ID", uuid.uuid4().hex)
        first = self.exchange(self.request(method, uri, *headers, **rest))
        if first.status != 401:
            return first
        challenge = next(value for value in first.all("www-authenticate") if f"algorithm={algorithm}" in value)
        proof = self.authorization(challenge, method, uri, user or self.account.user, password or self.account.password)
        return self.exchange(self.request(method, uri, *headers, proof, **rest))

    def register(self, *headers, **rest):
        return self.call("REGISTER", f"sip:{DOMAIN}", *headers, To=rest.pop("To", f"<{self.account.uri}>"), **rest)

    def message(self, uri, text, **rest):
        return self.call("MESSAGE", uri, "Content-Type: text/plain", body=text, **rest)
