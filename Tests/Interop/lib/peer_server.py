"""An HTTP server that plays a phone or a phone's server, and the posts that it makes itself."""

import json
import threading
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class PeerServer:
    """It can be away and come back at the same port. Subclasses say what they answer."""

    def __init__(self, port):
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.server = None
        self.come_back()

    def answer(self, method, path, query, headers, body):
        """Status and document; octets are sent as they are, and None as a status hangs up."""
        raise NotImplementedError

    def come_back(self):
        peer = self

        class Answers(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def respond(self):
                target = urllib.parse.urlsplit(self.path)
                query = dict(urllib.parse.parse_qsl(target.query))
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, document = peer.answer(self.command, target.path, query, self.headers, body)
                # So that nothing of it is left when it goes away.
                self.close_connection = True
                if status is None:
                    return
                is_file = isinstance(document, bytes)
                answer = document if is_file else json.dumps(document).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/octet-stream" if is_file else "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_POST = do_DELETE = respond

        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Answers)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def go_away(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None


def post(url, body, headers):
    """Status and document of what is answered; status 0 where nobody answers."""
    request = urllib.request.Request(url, body, {"Content-Type": "application/json", **headers})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())
    except OSError:
        return 0, None
