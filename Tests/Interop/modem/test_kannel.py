"""Kannel's AT driver: bearerbox and smsbox, both ways. It takes messages by +CMT, without storage."""

import http.server
import threading
import urllib.parse
import urllib.request

import pytest

from programs import eventually, free_port, need
from virtual_modem import OWN_NUMBER


class Callback(http.server.BaseHTTPRequestHandler):
    """Keeps the queries that smsbox makes for received texts."""

    def do_GET(self):
        self.server.queries.append(urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query, encoding="latin-1"))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *arguments):
        pass


@pytest.fixture
def callback():
    server = http.server.HTTPServer(("127.0.0.1", 0), Callback)
    server.queries = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.fixture
def kannel(modem, run, callback, tmp_path):
    """A running pair of bearerbox and smsbox; the address for sending."""
    admin, boxes, sending = free_port(), free_port(), free_port()
    settings = tmp_path / "kannel.conf"
    settings.write_text(f"""
group = core
admin-port = {admin}
admin-password = bar
smsbox-port = {boxes}
store-type = file
store-location = {tmp_path}/kannel.store
box-allow-ip = 127.0.0.1

group = smsc
smsc = at
smsc-id = virtual
modemtype = virtual
device = {modem.pty}
speed = 115200
my-number = {OWN_NUMBER}

group = modems
id = virtual
name = Virtual
detect-string = Generic
init-string = "AT+CNMI=2,2,0,1,0"
message-storage = SM

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = {boxes}
sendsms-port = {sending}
global-sender = {OWN_NUMBER}

group = sendsms-user
username = tester
password = secret
max-messages = 3
concatenation = true

group = sms-service
keyword = default
max-messages = 0
catch-all = yes
get-url = "http://127.0.0.1:{callback.server_port}/?from=%p&text=%b&charset=%C"
assume-plain-text = true
accept-x-kannel-headers = true
""")
    bearerbox = run("bearerbox", need("bearerbox", "kannel"), "-v", "0", settings)
    bearerbox.wait_for("AT SMSC successfully opened")
    smsbox = run("smsbox", need("smsbox", "kannel"), "-v", "0", settings)
    smsbox.wait_for("Connected to bearerbox")
    return f"http://127.0.0.1:{sending}/cgi-bin/sendsms?username=tester&password=secret"


def send(address, **fields):
    with urllib.request.urlopen(f"{address}&{urllib.parse.urlencode(fields)}", timeout=10) as answer:
        assert answer.status == 202


@pytest.mark.parametrize("fields, segments", [
    ({"text": "a short one"}, 1),
    ({"text": "0123456789" * 20}, 2),
    ({"text": "Привет 😀, как дела?", "coding": 2, "charset": "UTF-8"}, 1)], ids=["short", "long", "unicode"])
def test_sends(kannel, modem, fields, segments):
    send(kannel, to="+491701234567", **fields)
    sent = modem.wait_sent(fields["text"], within=30)
    assert (sent["to"], sent["segments"]) == ("+491701234567", segments)


@pytest.mark.parametrize("text", ["for the service", "für den Dienst: Привет " * 6], ids=["short", "long"])
def test_hands_a_received_text_to_its_service(kannel, modem, callback, text):
    eventually(lambda: modem.state()["cnmi"][1] == 2, 20, "direct routing")
    modem.text("+15551234567", text)
    # Each segment is a text of its own to Kannel, unless it is told to put them together.
    shown = lambda query: query["text"][0].encode("latin-1").decode(query["charset"][0])
    whole = lambda: "".join(map(shown, callback.queries)) == text
    eventually(whole, 20, lambda: f"the whole text in {callback.queries}")
    assert {query["from"][0] for query in callback.queries} == {"+15551234567"}


def test_calls_back_with_the_report(kannel, modem, callback):
    report = f"http://127.0.0.1:{callback.server_port}/report?type=%d"
    send(kannel, **{"to": "+491701234567", "text": "with a report", "dlr-mask": 31, "dlr-url": report})
    assert modem.wait_sent("with a report", within=30)["report"]
    eventually(lambda: [query for query in callback.queries if query.get("type") == ["1"]], 20, lambda: f"delivered in {callback.queries}")
