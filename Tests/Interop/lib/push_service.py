"""A push service as browsers' makers run them, which keeps what it is given; and the browser's side of it, by libraries that are not ours."""

import base64
import http.server
import json
import site
import threading
from pathlib import Path

for place in (Path(__file__).parents[3] / "var/venv/lib").glob("python3*/site-packages"):
    site.addsitedir(str(place))

import http_ece  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import ec, utils  # noqa: E402
from cryptography.hazmat.primitives.hashes import SHA256  # noqa: E402
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: E402


def text(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def octets(words):
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))


class PushService:
    def __init__(self, host):
        self.calls = []
        self.status = 201
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.authentication = b"0123456789abcdef"
        service = self

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                service.calls.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(service.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer((host, 0), Answer)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://{host}:{self.server.server_port}/browser"

    @property
    def public(self):
        return text(self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    @property
    def secret(self):
        return text(self.authentication)

    def open(self, sealed):
        return http_ece.decrypt(sealed, private_key=self.key, auth_secret=self.authentication, version="aes128gcm")

    def claims(self, authorization):
        """What the signed word says, its signature checked (RFC 8292 section 3)."""
        scheme, _, rest = authorization.partition(" ")
        assert scheme == "vapid"
        fields = dict(part.strip().split("=", 1) for part in rest.split(","))
        head, claims, signature = fields["t"].split(".")
        r, s = octets(signature)[:32], octets(signature)[32:]
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), octets(fields["k"]))
        raw = utils.encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
        key.verify(raw, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
        assert json.loads(octets(head)) == {"typ": "JWT", "alg": "ES256"}
        return json.loads(octets(claims))

    def close(self):
        self.server.shutdown()
        self.server.server_close()
