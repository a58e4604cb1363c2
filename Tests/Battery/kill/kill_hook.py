"""A webhook receiver that can be made to misbehave."""

import json
import socket
import threading
import time
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Hook:
    """What it takes is told apart by X-Homeline-Delivery: the same delivery posted again is the same event, which a receiver takes once."""

    def __init__(self):
        self.turns = 0
        self.behaviour = self.take
        # Sender -> name of a behaviour, for `behave_by_sender`.
        self.by_sender = {}
        # Delivery -> document, in the order of first arrival, of what was taken (whether or not the answer came through).
        self.taken = {}
        self.posts = defaultdict(int)
        self.guard = threading.Lock()
        self.is_open = True
        hook = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                delivery = self.headers["X-Homeline-Delivery"]
                with hook.guard:
                    hook.posts[delivery] += 1
                hook.behaviour(self, delivery, json.loads(body))

            def answer(self, status, *headers):
                try:
                    self.send_response(status)
                    for name, value in headers:
                        self.send_header(name, value)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                except OSError:
                    pass

            def hang_up(self):
                self.close_connection = True
                try:
                    self.connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_):
                pass  # a daemon that is killed leaves half a request

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/in"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self):
        self.is_open = False
        self.server.shutdown()
        self.server.server_close()

    def record(self, delivery, document):
        with self.guard:
            self.taken.setdefault(delivery, document)

    # Ways to behave.

    def take(self, request, delivery, document):
        self.record(delivery, document)
        request.answer(204)

    def lose_answer(self, request, delivery, document):
        """Takes it, and the sender does not hear so the first time."""
        self.record(delivery, document)
        if self.posts[delivery] == 1:
            request.hang_up()
        else:
            request.answer(204)

    def be_slow(self, request, delivery, document):
        time.sleep(2)
        self.take(request, delivery, document)

    def hang(self, request, delivery, document):
        """Takes it and never says so."""
        self.record(delivery, document)
        for _ in range(600):
            if not self.is_open:
                break
            time.sleep(0.05)
        request.hang_up()

    def fail(self, request, delivery, document):
        request.answer(500)

    def refuse_for_a_second(self, request, delivery, document):
        request.answer(503, ("Retry-After", "1"))

    def flap(self, request, delivery, document):
        """Fails and works by turns."""
        self.turns += 1
        if self.turns % 2 == 0:
            self.take(request, delivery, document)
        else:
            request.answer(500)

    def behave_by_sender(self, request, delivery, document):
        sender = (document["message"].get("sender") or {}).get("text")
        getattr(self, self.by_sender.get(sender, "take"))(request, delivery, document)

    # What came.

    def received(self):
        """Texts from the network -> deliveries under which they came."""
        return self.grouped(lambda document: document["message"]["text"] if document["event"] == "message.received" else None)

    def statuses(self):
        """(message, state) -> deliveries under which that news came."""
        return self.grouped(
            lambda document: (document["message"]["id"], document["status"]["state"]) if document["event"] == "message.status" else None)

    def grouped(self, key):
        found = defaultdict(list)
        with self.guard:
            for delivery, document in self.taken.items():
                if (name := key(document)) is not None:
                    found[name].append(delivery)
        return found

    def order(self, sender):
        with self.guard:
            return [
                document["message"]["text"] for document in self.taken.values()
                if document["event"] == "message.received" and document["message"]["sender"]["text"] == sender]
