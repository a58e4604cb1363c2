"""A server of httpSMS (NdoleStudio/httpsms) with its phone: what its documents say of API and webhooks, and nothing else."""

import base64
import hashlib
import hmac
import json
import time
import urllib.request
import uuid
from datetime import datetime, timezone

from peer_server import PeerServer, post


def now():
    return datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")


def base64url(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


class HTTPSMSServer(PeerServer):
    """It tells an event twice at most, and then only its list of messages has it."""

    def __init__(self, port, number, key, webhook, signing_key):
        self.number = number
        self.key = key
        self.webhook = webhook
        self.signing_key = signing_key
        self.messages = []
        self.files = {}
        self.loses_answers = False
        super().__init__(port)

    @property
    def sent(self):
        """Number, words and addresses of files of each message that it was given, oldest first."""
        return [(entry["contact"], entry["content"], entry["attachments"]) for entry in self.messages if entry["type"] == "mobile-terminated"]

    # What it answers.

    def answer(self, method, path, query, headers, body):
        if path in self.files:
            return 200, self.files[path]
        if headers.get("x-api-key") != self.key:
            return 401, {
                "data": "Make sure your API key is set in the [X-API-Key] header in the request", "message": "You are not authorized to carry out this request.",
                "status": "error"}
        match method, path:
            case "POST", "/v1/messages/send":
                return self.take(json.loads(body))
            case "GET", "/v1/messages":
                return self.page([entry for entry in self.messages if entry["contact"] == query["contact"]], query)
            case "GET", "/v1/message-threads":
                newest = {entry["contact"]: entry for entry in self.messages}
                return self.page([{**entry, "last_message_id": entry["id"]} for entry in newest.values()], query)
            case "GET", "/v1/heartbeats":
                heartbeat = {"id": str(uuid.uuid4()), "owner": self.number, "version": "1.0", "timestamp": now()}
                return 200, {"data": [heartbeat], "message": "fetched 1 heartbeat", "status": "success"}
        return 404, {"message": "not found", "status": "error"}

    def take(self, order):
        if order.get("from") != self.number:
            return self.refusal("from", f"no phone found with from number [{order.get('from')}]")
        if not order.get("to") or not order.get("content"):
            return self.refusal("content", "The content field is required")
        entry = self.entry("mobile-terminated", order["to"], order["content"], order.get("attachments", []), "pending", order.get("request_id"))
        if self.loses_answers:
            return None, None
        return 200, {"data": entry, "message": "message added to queue", "status": "success"}

    @staticmethod
    def refusal(field, words):
        return 422, {"data": {field: [words]}, "message": "validation errors while sending message", "status": "error"}

    def entry(self, kind, contact, content, attachments, status, request_id=None):
        entry = {
            "id": str(uuid.uuid4()), "owner": self.number, "user_id": "user", "contact": contact, "content": content, "attachments": attachments, "type": kind,
            "status": status, "sim": "SIM1", "encrypted": False, "request_id": request_id, "order_timestamp": now(), "received_at": now(), "created_at": now()}
        self.messages.append(entry)
        return entry

    def page(self, entries, query):
        skip = int(query.get("skip", 0))
        newest = sorted(entries, key=lambda entry: entry["order_timestamp"], reverse=True)
        return 200, {"data": newest[skip:skip + min(20, int(query.get("limit", 20)))], "message": "fetched messages", "status": "success"}

    # What the phone does.

    def fetch(self, address):
        """The phone takes a file of a message to be sent from where it is said to be."""
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.read()

    def receive(self, number, text, files=()):
        """A message comes in: the event, and what is answered when it is told."""
        addresses = []
        for octets in files:
            path = f"/v1/attachments/user/{uuid.uuid4()}/0/photo.jpg"
            self.files[path] = octets
            addresses.append(self.url + path)
        entry = self.entry("mobile-originated", number, text, addresses, "received")
        event = self.received(entry["id"], number, text, entry["received_at"], addresses)
        return event, self.tell(event)

    def forge(self, number, text, key):
        """Somebody else tells of a message that never came in; what is answered."""
        return self.tell(self.received(str(uuid.uuid4()), number, text, now(), []), key)

    def received(self, message, number, text, moment, addresses):
        return self.event("message.phone.received", {
            "message_id": message, "user_id": "user", "owner": self.number, "contact": number, "timestamp": moment, "content": text,
            "sim": "SIM1", "encrypted": False, "attachments": addresses})

    def delivers(self, text):
        """The phone's network reports a message of ours delivered."""
        entry = self.ours(text)
        entry.update(status="delivered", delivered_at=now(), order_timestamp=now())
        return self.tell(self.event("message.phone.delivered", self.about(entry)))

    def fails(self, text, reason):
        entry = self.ours(text)
        entry.update(status="failed", failed_at=now(), order_timestamp=now(), failure_reason=reason)
        return self.tell(self.event("message.send.failed", {**self.about(entry), "error_message": reason}))

    def ours(self, text):
        return next(entry for entry in self.messages if entry["type"] == "mobile-terminated" and entry["content"] == text)

    def about(self, entry):
        return {
            "id": entry["id"], "user_id": "user", "owner": self.number, "request_id": entry["request_id"], "contact": entry["contact"], "timestamp": now(),
            "content": entry["content"], "sim": "SIM1", "encrypted": False}

    def event(self, kind, payload):
        return {
            "id": str(uuid.uuid4()), "source": "/v1/messages/receive", "specversion": "1.0", "datacontenttype": "application/json", "type": kind, "time": now(),
            "data": payload}

    def tell(self, event, key=None):
        """What is answered: twice at most it is told."""
        for _ in range(2):
            answer = post(self.webhook, json.dumps(event).encode(), {"X-Event-Type": event["type"], "Authorization": f"Bearer {self.token(key)}"})
            if 200 <= answer[0] < 300:
                break
        return answer

    def token(self, key=None):
        """A JSON Web Token (RFC 7519) with HS256."""
        at = int(time.time())
        claims = {"aud": self.webhook, "exp": at + 600, "iat": at, "iss": "api.httpsms.com", "nbf": at - 60, "sub": "user"}
        signed = ".".join(base64url(json.dumps(piece).encode()) for piece in ({"alg": "HS256", "typ": "JWT"}, claims))
        return signed + "." + base64url(hmac.new((key or self.signing_key).encode(), signed.encode(), hashlib.sha256).digest())
