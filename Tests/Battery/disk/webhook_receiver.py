"""Where webhooks post to, and the section of the configuration that makes them."""

import http.server
import ssl
import threading
import warnings

from homeline_daemon import HOST

WEBHOOK_SECRET = "canary-webhook-secret-7729"


class Receiver:
    """A web server that takes what webhooks post; over TLS where it has a certificate, and then up to the latest version that it knows."""

    def __init__(self, certificate=None, latest=ssl.TLSVersion.TLSv1_3):
        self.bodies = bodies = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer((HOST, 0), Handler)
        self.server.handle_error = lambda *_: None
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            if latest < ssl.TLSVersion.TLSv1_2:
                # What OpenSSL does no more by itself.
                context.set_ciphers("ALL:@SECLEVEL=0")
            with warnings.catch_warnings():
                # Old versions are what is asked for.
                warnings.simplefilter("ignore", DeprecationWarning)
                if latest < ssl.TLSVersion.TLSv1_2:
                    context.minimum_version = latest
                context.maximum_version = latest
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def webhook(url, directory):
    secret = directory / "webhook.secret"
    directory.mkdir(parents=True, exist_ok=True)
    secret.write_text(WEBHOOK_SECRET + "\n")
    secret.chmod(0o600)
    return f"  webhook:\n    url: {url}\n    secret-file: {secret}\n    private: yes\n"
