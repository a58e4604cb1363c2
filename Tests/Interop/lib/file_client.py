"""The web side of Linphone's file transfer, octet for octet as liblinphone 5.4 does it."""

import hashlib
import re
import socket
import uuid
from urllib.parse import quote

from homeline_daemon import HOST

AGENT = "LinphoneAndroid/6.1.0 (Pixel) LinphoneSDK/5.4.17"


class Answer:
    def __init__(self, octets):
        head, _, self.body = octets.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        self.status = int(first.split(" ")[1])
        self.headers = [(name.strip().lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]

    def all(self, name):
        return [value for key, value in self.headers if key == name]

    def get(self, name):
        return next(iter(self.all(name)), None)


class FileClient:
    """One connection to the file server, in the name of one account."""

    def __init__(self, account, port):
        self.account = account
        self.port = port
        self.socket = socket.create_connection((HOST, port), timeout=20)
        self.challenge = None
        self.count = 0

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def send(self, octets):
        self.socket.sendall(octets)

    def answer(self):
        pending = b""
        while b"\r\n\r\n" not in pending:
            pending += self.more()
        head, _, body = pending.partition(b"\r\n\r\n")
        length = re.search(rb"(?im)^content-length: *(\d+)", head)
        while length and len(body) < int(length.group(1)):
            body += self.more()
        return Answer(head + b"\r\n\r\n" + body)

    def more(self):
        octets = self.socket.recv(65536)
        if not octets:
            raise EOFError("the connection was closed")
        return octets

    def request(self, method, target, *headers, body=b""):
        """A request as Linphone writes it; its Authorization where it was challenged."""
        lines = [f"{method} {target} HTTP/1.1", f"Host: {HOST}:{self.port}", f"User-Agent: {AGENT}", f"From: {self.account.uri}", *headers]
        if self.challenge:
            lines.append(self.authorization(method, target))
        if method == "POST":
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

    def authorization(self, method, target):
        field = lambda name: re.search(rf'{name}="?([^",]*)', self.challenge).group(1)
        algorithm = hashlib.sha256 if field("algorithm") == "SHA-256" else hashlib.md5
        digest = lambda *parts: algorithm(":".join(parts).encode()).hexdigest()
        self.count += 1
        count, client = f"{self.count:08x}", uuid.uuid4().hex[:16]
        answer = digest(
            digest(self.account.user, field("realm"), self.account.password), field("nonce"), count, client, "auth", digest(method, target))
        return (
            f'Authorization: Digest username="{self.account.user}", realm="{field("realm")}", nonce="{field("nonce")}", algorithm={field("algorithm")}, '
            f'uri="{target}", response="{answer}", qop=auth, nc={count}, cnonce="{client}"')

    def ask(self, *request, **rest):
        self.send(self.request(*request, **rest))
        return self.answer()

    def log_in(self, algorithm="SHA-256"):
        """The empty request, the challenge, the empty request again: 204."""
        first = self.ask("POST", "/files")
        assert first.status == 401, first.headers
        self.challenge = next(value for value in first.all("www-authenticate") if f"algorithm={algorithm}" in value)
        return self.ask("POST", "/files").status

    def upload(self, name, content_type, octets, algorithm="SHA-256"):
        """The whole exchange; the answer to the form."""
        assert self.log_in(algorithm) == 204
        boundary = "---------------------------14737809831466499882746641449"
        form = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="File"; filename="{quote(name)}"\r\nContent-Type: {content_type}\r\n\r\n'
        ).encode() + octets + f"\r\n--{boundary}--\r\n".encode()
        return self.ask("POST", "/files", f"Content-Type: multipart/form-data; boundary={boundary}", body=form)


def address(xml):
    """The one file's address in a document."""
    return re.search(r'<data url="([^"]*)"', xml).group(1).replace("&amp;", "&")
