"""Lines through gateways: a real Kannel with a modem behind it, and a Twilio that signs as Twilio's documentation says."""

import base64
import hashlib
import hmac
import http.server
import json
import threading
import urllib.error
import urllib.parse
import urllib.request

import pytest

from homeline_daemon import HOST, HomelineDaemon
from kannel import Kannel
from programs import eventually, free_port
from virtual_modem import OWN_NUMBER

FAR = "+491701234567"
SECRET = "a-secret-of-24-letters-x"


class GatewayDaemon(HomelineDaemon):
    """A daemon whose lines are sections as they stand."""

    def line(self, section):
        return section

    def send(self, text, **more):
        status, answer = self.api("POST", "/api/v1/messages", {"line": "home", "to": [FAR], **({"text": text} if text else {}), **more})
        assert status == 202, answer

    def delivery(self, text):
        """The state of the one delivery to the carrier."""
        return self.message(text)["deliveries"][0]["state"]


@pytest.fixture
def start_daemon(tmp_path):
    started = []

    def start(**section):
        daemon = GatewayDaemon(tmp_path / "homeline", {"home": {}})
        started.append(daemon)
        secret = tmp_path / "secret"
        secret.write_text(SECRET + "\n")
        section = {"trunk": "gateway", "secret-file": secret, "callback-secret-file": secret, **section}
        daemon.config.write_text(daemon.settings({"home": section}))
        return daemon.start()

    yield start
    for daemon in started:
        daemon.stop()


# A real Kannel.


@pytest.fixture
def kannel(modem, run, start_daemon, tmp_path):
    """bearerbox and smsbox with the virtual modem behind them, and a daemon before them."""
    kannel = Kannel(tmp_path, modem, SECRET)
    daemon = start_daemon(**{"template": "kannel", "url": kannel.url, "user": kannel.user, "from": f'"{OWN_NUMBER}"'})
    kannel.start(run, f"http://{HOST}:{daemon.http}/gateway/home/{SECRET}?from=%p&text=%b&charset=%C&id=%I&time=%T")
    eventually(lambda: modem.state()["cnmi"][1] == 2, 20, "direct routing")
    return daemon


@pytest.mark.parametrize("text", ["a short one & more", "Привет 😀, как дела?", "0123456789" * 20, "100% [sure]? {yes}"], ids=["short", "unicode", "long", "signs"])
def test_sends_through_kannel_and_hears_what_became_of_it(kannel, modem, text):
    kannel.send(text)
    sent = modem.wait_sent(text, within=30)
    assert sent["to"] == FAR
    eventually(lambda: kannel.delivery(text) == "delivered", 30, lambda: f"a report in {kannel.message(text)}")


@pytest.mark.parametrize("text", ["from the network", "Привет, это длинное сообщение: " * 6], ids=["short", "long"])
def test_gets_texts_from_kannel(kannel, modem, text):
    modem.text(FAR, text)
    kannel.wait_recorded([text], within=30)
    assert kannel.message(text)["sender"]["text"] == FAR


def test_takes_nothing_from_who_does_not_know_the_path(kannel):
    for path in ("/gateway/home/another-secret-of-letters", "/gateway/home"):
        with pytest.raises(urllib.error.HTTPError) as refusal:
            urllib.request.urlopen(f"http://{HOST}:{kannel.http}{path}?from=1&text=no", timeout=10)
        assert refusal.value.code == 404
    assert kannel.texts() == []


# Somebody who plays Twilio.


class Twilio(http.server.BaseHTTPRequestHandler):
    """The Messages resource, and one file."""

    PICTURE = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")

    def do_POST(self):
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), strict_parsing=True)
        login = base64.b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()
        if login != f"AC123:{SECRET}":
            return self.reply(401, {"code": 20003, "message": "Authenticate", "status": 401})
        assert self.path == "/2010-04-01/Accounts/AC123/Messages.json"
        self.server.sent.append(form)
        return self.reply(201, {"sid": f"SM{len(self.server.sent)}", "status": "queued", "error_code": None})

    def do_GET(self):
        assert self.headers["Authorization"].startswith("Basic ")
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.end_headers()
        self.wfile.write(self.PICTURE)

    def reply(self, status, document):
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def twilio():
    server = http.server.ThreadingHTTPServer((HOST, 0), Twilio)
    server.sent = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.fixture
def line(twilio, start_daemon):
    return start_daemon(**{"template": "twilio", "url": f"http://{HOST}:{twilio.server_port}", "user": "AC123", "from": '"+12025550100"'})


def call(daemon, fields, secret=SECRET):
    """A webhook, signed: the address, then names and values in the order of the names."""
    address = f"http://{HOST}:{daemon.http}/gateway/home"
    signed = address + "".join(name + fields[name] for name in sorted(fields))
    signature = base64.b64encode(hmac.new(secret.encode(), signed.encode(), hashlib.sha1).digest()).decode()
    request = urllib.request.Request(address, urllib.parse.urlencode(fields).encode(), {"X-Twilio-Signature": signature})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.status, answer.read().decode()


def text(sid, words, **more):
    return {"MessageSid": sid, "SmsStatus": "received", "From": FAR, "To": "+12025550100", "Body": words, "NumMedia": "0", **more}


def test_sends_through_twilio_and_hears_what_became_of_it(line, twilio):
    line.send("Grüße & 你好 =?")
    eventually(lambda: twilio.sent, 20, "a request")
    assert twilio.sent == [{
        "To": [FAR], "From": ["+12025550100"], "Body": ["Grüße & 你好 =?"], "StatusCallback": [f"http://{HOST}:{line.http}/gateway/home"]}]
    eventually(lambda: line.delivery("Grüße & 你好 =?") == "accepted", 20, "acceptance")
    call(line, {"MessageSid": "SM1", "MessageStatus": "delivered"})
    eventually(lambda: line.delivery("Grüße & 你好 =?") == "delivered", 20, "the report")


def test_gets_a_text_once_however_often_twilio_calls(line):
    for _ in range(3):
        assert call(line, text("SM77", "only once")) == (200, "<Response></Response>")
    call(line, text("SM78", "meant twice"))
    call(line, text("SM79", "meant twice"))
    eventually(lambda: sorted(line.texts()) == ["meant twice", "meant twice", "only once"], 20, line.texts)


def test_takes_nothing_from_a_stranger(line):
    with pytest.raises(urllib.error.HTTPError) as refusal:
        call(line, text("SM80", "send money"), secret="not the secret")
    assert refusal.value.code == 401
    call(line, text("SM81", "from a friend"))
    line.wait_recorded(["from a friend"])
    assert line.texts() == ["from a friend"]


def test_fetches_pictures_from_twilio(line, twilio):
    call(line, text("MM1", "look", MediaUrl0=f"http://{HOST}:{twilio.server_port}/Media/ME1", MediaContentType0="image/jpeg"))
    line.wait_recorded(["look"])
    parts = line.message("look")["parts"]
    assert [part["contentType"] for part in parts] == ["text/plain; charset=utf-8", "image/jpeg"]
    assert parts[1]["size"] == len(Twilio.PICTURE)


def test_waits_while_twilio_is_away(twilio, start_daemon):
    closed = free_port()
    daemon = start_daemon(**{"template": "twilio", "url": f"http://{HOST}:{closed}", "user": "AC123", "from": '"+12025550100"'})
    daemon.send("patience")
    eventually(lambda: daemon.parts()["home"]["state"] == "impaired", 20, daemon.parts)
    eventually(lambda: daemon.delivery("patience") == "pending", 20, lambda: f"pending in {daemon.message('patience')}: this")
