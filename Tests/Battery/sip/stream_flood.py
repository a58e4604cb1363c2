"""A flood over many TCP connections, from a process of its own."""

import multiprocessing
import selectors
import socket
import time
import uuid

from homeline_daemon import DOMAIN, HOST


def requests(method, address, batch):
    """What is written in one piece."""
    return b"".join(
        f"{method} sip:bob@{DOMAIN} SIP/2.0\r\nVia: SIP/2.0/TCP {address};branch=z9hG4bK{uuid.uuid4().hex}\r\nMax-Forwards: 70\r\n"
        f"From: <sip:stranger@{DOMAIN}>;tag=a\r\nTo: <sip:bob@{DOMAIN}>\r\nCall-ID: {uuid.uuid4().hex}\r\nCSeq: 1 {method}\r\n"
        "Content-Length: 0\r\n\r\n".encode() for _ in range(batch))


class Peer:
    """A connection that writes a batch each so many seconds, reads what comes, and is made anew when it is closed."""

    def __init__(self, selector, port, source, octets, pause):
        self.selector, self.port, self.source, self.octets, self.pause = selector, port, source, octets, pause
        self.sent = self.received = self.closed = 0
        self.socket = None
        self.open()

    def open(self):
        self.rest = self.octets
        self.socket = socket.socket()
        self.socket.bind((self.source, 0))
        self.socket.setblocking(False)
        self.socket.connect_ex((HOST, self.port))
        self.selector.register(self.socket, selectors.EVENT_READ | selectors.EVENT_WRITE, self)

    def write_again(self):
        self.selector.modify(self.socket, selectors.EVENT_READ | selectors.EVENT_WRITE, self)

    def move(self, events):
        try:
            if events & selectors.EVENT_READ:
                count = len(self.socket.recv(65536))
                if not count:
                    raise ConnectionError
                self.received += count
            if events & selectors.EVENT_WRITE:
                count = self.socket.send(self.rest)
                self.sent += count
                self.rest = self.rest[count:]
                if not self.rest:
                    self.rest = self.octets
                    if self.pause:
                        self.selector.modify(self.socket, selectors.EVENT_READ, self)
        except BlockingIOError:
            pass
        except OSError:
            self.closed += 1
            self.close()
            self.open()

    def close(self):
        self.selector.unregister(self.socket)
        self.socket.close()


def flood(pipe, port, sources, method, batch, pause, seconds):
    selector = selectors.DefaultSelector()
    peers = [Peer(selector, port, source, requests(method, source, batch), pause) for source in sources]
    size = len(peers[0].octets) // batch
    began = turn = time.monotonic()
    while time.monotonic() < began + seconds:
        for key, events in selector.select(0.05):
            key.data.move(events)
        if pause and time.monotonic() > turn + pause:
            turn += pause
            for peer in peers:
                peer.write_again()
    for peer in peers:
        peer.close()
    pipe.send({
        "sent": sum(peer.sent for peer in peers) // size, "sent_octets": sum(peer.sent for peer in peers),
        "received_octets": sum(peer.received for peer in peers), "closed": sum(peer.closed for peer in peers)})


class StreamFlood:
    """Each connection writes `batch` requests each `pause` seconds, or without end."""

    def __init__(self, house, method, connections, batch, pause, seconds):
        ours, theirs = multiprocessing.Pipe()
        sources = [f"127.{90 + number // 200}.0.{1 + number % 200}" for number in range(connections)]
        self.pipe = ours
        self.process = multiprocessing.Process(target=flood, args=(theirs, house.daemon.ports["tcp"], sources, method, batch, pause, seconds), daemon=True)
        self.process.start()

    def is_running(self):
        return not self.pipe.poll()

    def result(self):
        result = self.pipe.recv()
        self.process.join(10)
        return result
