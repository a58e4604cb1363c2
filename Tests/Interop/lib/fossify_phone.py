"""A phone with the Fossify Messages build that speaks HTTP: what its contract says, and nothing else."""

import base64
import json
import time

from peer_server import PeerServer, post


class FossifyPhone(PeerServer):
    """It posts each message once, and forgets it."""

    def __init__(self, port, token, webhook, webhook_token):
        self.token = token
        self.webhook = webhook
        self.webhook_token = webhook_token
        self.sent = []
        super().__init__(port)

    def answer(self, method, path, query, headers, body):
        if headers.get("Authorization") != f"Bearer {self.token}":
            return 401, {"error": "Unauthorized"}
        if (method, path) == ("GET", "/health"):
            return 200, {"status": "ok", "server": "fossify-api"}
        if method != "POST" or path not in ("/send_sms", "/send_mms"):
            return 404, {"error": "Not found"}
        order = json.loads(body)
        if "phoneNumber" not in order or (path == "/send_sms" and "message" not in order):
            return 400, {"error": "Missing phoneNumber or message"}
        files = [base64.b64decode(text, validate=True) for text in order.get("attachments", [])]
        self.sent.append((order["phoneNumber"], order.get("message", ""), files))
        return 200, {"status": "sent", "id": str(int(time.time() * 1000))}

    def receive(self, number, text, files=(), at=None, token=None):
        """A message comes in: status and document of what the webhook answers."""
        event = {"phoneNumber": number, "message": text, "type": "mms" if files else "sms", "receivedAt": at or int(time.time() * 1000)}
        if files:
            event["attachments"] = [base64.b64encode(octets).decode() for octets in files]
        return post(self.webhook, json.dumps(event).encode(), {"Authorization": f"Bearer {token or self.webhook_token}"})
