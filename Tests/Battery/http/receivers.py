"""Web servers as nobody should run them, for webhooks to be sent to."""

import socket
import threading
import time


class Receiver:
    """Takes connections on a free port and lets `behave(connection)` do with each what it likes; keeps what it was sent."""

    def __init__(self, behave, host="127.0.0.1"):
        self.listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        self.listener.bind((host, 0))
        self.listener.listen(200)
        self.port = self.listener.getsockname()[1]
        self.behave = behave
        self.requests, self.connections, self.open = [], 0, []
        self.done = threading.Event()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while not self.done.is_set():
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            self.open.append(connection)
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            self.behave(self, connection)
        except OSError:
            pass
        finally:
            connection.close()

    def read(self, connection):
        """One request, kept; its header fields and body, or nothing at the end."""
        octets = b""
        while b"\r\n\r\n" not in octets:
            octets += connection.recv(65536) or self.end()
        head, _, body = octets.partition(b"\r\n\r\n")
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head.decode().split("\r\n")[1:])}
        while len(body) < int(fields.get("content-length", 0)):
            body += connection.recv(65536) or self.end()
        self.requests.append((head.decode().split("\r\n")[0], fields, body))
        return fields, body

    @staticmethod
    def end():
        raise ConnectionError

    def close(self):
        self.done.set()
        self.listener.close()
        for connection in self.open:
            connection.close()


def takes(receiver, connection):
    while True:
        receiver.read(connection)
        connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")


def hangs(receiver, connection):
    receiver.read(connection)
    receiver.done.wait(60)


def never_reads(receiver, connection):
    receiver.done.wait(60)


def drips(receiver, connection):
    """An answer at one octet a second, from its first."""
    receiver.read(connection)
    for octet in b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n":
        connection.sendall(bytes([octet]))
        if receiver.done.wait(1):
            return


def drips_its_body(receiver, connection):
    receiver.read(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while not receiver.done.wait(1):
        connection.sendall(b"x")


def floods(receiver, connection):
    """200 with a gigabyte."""
    receiver.read(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
    receiver.flooded = 0
    while receiver.flooded < 1_000_000_000 and not receiver.done.is_set():
        connection.sendall(b"x" * 65536)
        receiver.flooded += 65536


def floods_with_fields(receiver, connection):
    receiver.read(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while not receiver.done.is_set():
        connection.sendall(b"X-Field: " + b"y" * 60_000 + b"\r\n")


def answers_garbage(receiver, connection):
    receiver.read(connection)
    connection.sendall(b"\x00\xff\r\n\r\n" * 100)


def hangs_up(receiver, connection):
    receiver.read(connection)


def fails(receiver, connection):
    while True:
        receiver.read(connection)
        connection.sendall(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")


def redirects_to(location):
    def redirects(receiver, connection):
        while True:
            receiver.read(connection)
            connection.sendall(f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode())
    return redirects


def wait_quietly(seconds):
    """Gives what must not happen time to happen."""
    time.sleep(seconds)
