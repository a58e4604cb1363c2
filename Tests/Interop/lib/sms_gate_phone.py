"""A phone with SMS Gate (capcom6/android-sms-gateway) as a local server: what its documents say of API and webhooks, and nothing else."""

import base64
import hashlib
import hmac
import json
import time
import uuid
from datetime import datetime, timezone

from peer_server import PeerServer, post

EVENTS = {
    "sms:received", "sms:data-received", "sms:sent", "sms:delivered", "sms:failed", "sms:cancelled", "mms:received", "mms:downloaded", "system:ping",
    "app:started"}


def moment(milliseconds):
    return datetime.fromtimestamp(milliseconds / 1000, timezone.utc).isoformat(timespec="milliseconds")


def milliseconds(text):
    return datetime.fromisoformat(text).timestamp() * 1000


def java_hash(text):
    value = 0
    units = text.encode("utf-16-be")
    for high, low in zip(units[::2], units[1::2]):
        value = (value * 31 + high * 256 + low) & 0xFFFFFFFF
    return value


class SMSGatePhone(PeerServer):
    """It tells an event until somebody takes it; when it does so again, the test says."""

    def __init__(self, port, user, password, signing_key):
        self.user = user
        self.password = password
        self.signing_key = signing_key
        self.hooks = {}
        self.orders = {}
        self.inbox = []
        self.untold = []
        self.asked = []
        super().__init__(port)

    @property
    def sent(self):
        """Number and words of each message that it was given, oldest first."""
        return [(order["phoneNumbers"][0], order["textMessage"]["text"]) for order in self.orders.values()]

    # What it answers.

    def answer(self, method, path, query, headers, body):
        login = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        if headers.get("Authorization") != f"Basic {login}":
            return 401, {"message": "Unauthorized"}
        self.asked.append((method, path))
        match method, path:
            case "POST", "/message" | "/messages":
                return self.take(json.loads(body))
            case "GET", "/messages":
                return 200, self.page([self.state(order) for order in self.orders.values()], query)
            case "GET", "/webhooks":
                return 200, list(self.hooks.values())
            case "POST", "/webhooks":
                return self.register(json.loads(body))
            case "GET", "/inbox":
                return 200, self.page([entry for entry in self.inbox if self.is_within(entry["createdAt"], query)], query)
            case "POST", "/inbox/refresh":
                return 202, {}
        return 404, {"message": "Not found"}

    def take(self, order):
        if not order.get("phoneNumbers") or not order.get("textMessage", {}).get("text"):
            return 400, {"message": "Invalid request"}
        name = order.setdefault("id", str(uuid.uuid4()))
        if name in self.orders:
            return 409, {"message": "Message already exists"}
        self.orders[name] = {**order, "state": "Pending", "at": time.time() * 1000}
        return 202, self.state(self.orders[name])

    def state(self, order):
        number = order["phoneNumbers"][0]
        return {
            "id": order["id"], "deviceId": "phone", "state": order["state"], "isHashed": False, "isEncrypted": False,
            "recipients": [{"phoneNumber": number, "state": order["state"]}], "states": {order["state"]: moment(order["at"])}}

    def register(self, hook):
        if hook.get("event") not in EVENTS or not hook.get("url", "").startswith(("https://", "http://127.0.0.1")):
            return 400, {"message": "url must start with https:// or http://127.0.0.1"}
        hook.setdefault("id", str(uuid.uuid4()))
        self.hooks[hook["id"]] = hook
        return 201, hook

    @staticmethod
    def is_within(text, query):
        at = milliseconds(text)
        return milliseconds(query.get("from", "1970-01-01T00:00:00Z")) <= at <= milliseconds(query.get("to", "2100-01-01T00:00:00Z"))

    @staticmethod
    def page(entries, query):
        offset = int(query.get("offset", 0))
        return entries[offset:offset + int(query.get("limit", 50))]

    # What it tells.

    def receive(self, number, text, sim=1):
        """A text comes in; what each webhook answers."""
        now = int(time.time() * 1000)
        mark = java_hash(number) * 31 + ((now ^ now >> 32) & 0xFFFFFFFF)
        # The subscription, which the system counts, and the text.
        mark = ((mark * 31 + sim) * 31 + java_hash(text)) & 0xFFFFFFFF
        signed = mark - (1 << 32) if mark >> 31 else mark
        self.inbox.insert(0, {
            "id": f"text:{signed}", "type": "SMS", "sender": number, "recipient": None, "simNumber": sim, "contentPreview": text, "createdAt": moment(now)})
        return self.tell("sms:received", {
            "messageId": f"{mark:x}", "message": text, "sender": number, "phoneNumber": number, "simNumber": sim, "receivedAt": moment(now)})

    def forge(self, number, text, key):
        """Somebody else tells of a text that never came in; what each webhook answers."""
        about = {"messageId": "1", "message": text, "sender": number, "phoneNumber": number, "simNumber": 1, "receivedAt": moment(int(time.time() * 1000))}
        return [self.tell_once(telling, key) for telling in self.tellings("sms:received", about)]

    def receive_picture(self, number, text, files):
        """A picture message comes in: the announcement, then the message itself."""
        about = {"sender": number, "recipient": None, "simNumber": 1, "receivedAt": moment(time.time() * 1000)}
        self.tell("mms:received", {
            **about, "messageId": "77aa", "transactionId": "T1a2b3c", "subject": None, "size": sum(map(len, files)), "contentClass": None})
        attachments = [
            {"partId": index, "contentType": "image/jpeg", "name": f"IMG_{index}.jpg", "size": len(octets), "data": base64.b64encode(octets).decode()}
            for index, octets in enumerate(files)]
        return self.tell("mms:downloaded", {**about, "messageId": "31", "body": text, "subject": None, "attachments": attachments})

    def delivers(self, text):
        """The network takes a message of ours, and reports it delivered."""
        order = next(order for order in self.orders.values() if order["textMessage"]["text"] == text)
        about = {"messageId": order["id"], "recipient": order["phoneNumbers"][0], "sender": None, "simNumber": 1}
        order["state"] = "Sent"
        self.tell("sms:sent", {**about, "partsCount": 1, "sentAt": moment(time.time() * 1000)})
        order["state"] = "Delivered"
        return self.tell("sms:delivered", {**about, "deliveredAt": moment(time.time() * 1000)})

    def fails(self, text, reason):
        order = next(order for order in self.orders.values() if order["textMessage"]["text"] == text)
        order["state"] = "Failed"
        return self.tell("sms:failed", {
            "messageId": order["id"], "recipient": order["phoneNumbers"][0], "simNumber": 1, "failedAt": moment(time.time() * 1000), "reason": reason})

    def tellings(self, event, payload):
        return [
            {"deviceId": "phone", "event": event, "id": str(uuid.uuid4()), "webhookId": hook["id"], "payload": payload, "url": hook["url"]}
            for hook in list(self.hooks.values()) if hook["event"] == event]

    def tell(self, event, payload):
        tellings = self.tellings(event, payload)
        self.untold += tellings
        return [self.tell_once(telling) for telling in tellings]

    def tell_once(self, telling, key=None):
        """One telling, signed now; what is answered. Whoever took it before may be told again."""
        body = json.dumps({name: value for name, value in telling.items() if name != "url"}).encode()
        timestamp = str(int(time.time()))
        signature = hmac.new((key or self.signing_key).encode(), body + timestamp.encode(), hashlib.sha256).hexdigest()
        answer = post(telling["url"], body, {"X-Timestamp": timestamp, "X-Signature": signature})
        if 200 <= answer[0] < 300 and telling in self.untold:
            self.untold.remove(telling)
        return answer

    def tell_again(self):
        return [self.tell_once(telling) for telling in list(self.untold)]
