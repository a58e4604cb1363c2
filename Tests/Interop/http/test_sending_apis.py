"""Programs that know other gateways send through Homeline: a real Kannel, and monitoring tools as SMSEagle's maker documents them."""

import http.server
import threading
import urllib.parse
import urllib.request

import pytest

from drop_in import DropIn
from programs import eventually, free_port, need

SECRET = "0123456789abcdef-secret"
SENDERS = """  smseagle-api:
    token-file: {dir}/eagle.secret
    login: nagios
  sim-gateway:
    key-file: {dir}/gateway.secret
  kannel-api:
    username: tester
    password-file: {dir}/kannel.secret
    dlr-hosts: [127.0.0.1]
"""


class Callback(http.server.BaseHTTPRequestHandler):
    """Keeps the queries of reports."""

    def do_GET(self):
        self.server.heard.append(urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *arguments):
        pass


@pytest.fixture
def callback():
    server = http.server.HTTPServer(("127.0.0.1", 0), Callback)
    server.heard = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def start(directory, **rest):
    place = directory / "daemon"
    place.mkdir()
    return DropIn(place, SENDERS, {name: SECRET for name in ("eagle.secret", "gateway.secret", "kannel.secret")}, **rest)


@pytest.fixture
def daemon(tmp_path):
    daemon = start(tmp_path)
    yield daemon
    daemon.stop()


@pytest.fixture
def away(tmp_path):
    """Its line's modem is away, and texts are given up after two seconds."""
    daemon = start(tmp_path, line=f"device: tcp:127.0.0.1:{free_port()}", extra="lifetimes:\n  sending: 2s\n")
    yield daemon
    daemon.stop()


def start_kannel(daemon, run, tmp_path):
    """A whole Kannel whose SMSC is Homeline; the address for sending."""
    admin, boxes, sending, reports = free_port(), free_port(), free_port(), free_port()
    settings = tmp_path / "kannel.conf"
    settings.write_text(f"""
group = core
admin-port = {admin}
admin-password = bar
smsbox-port = {boxes}
store-type = file
store-location = {tmp_path}/kannel.store
box-allow-ip = 127.0.0.1
dlr-storage = internal

group = smsc
smsc = http
system-type = kannel
smsc-id = homeline
smsc-username = tester
smsc-password = {SECRET}
port = {reports}
connect-allow-ip = 127.0.0.1
send-url = "{daemon.url}/cgi-bin/sendsms"
dlr-url = "http://127.0.0.1:{reports}/?username=tester&password={SECRET}"

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = {boxes}
sendsms-port = {sending}
global-sender = 15550100999

group = sendsms-user
username = outer
password = outersecret
max-messages = 3
concatenation = true
""")
    run("bearerbox", need("bearerbox", "kannel"), "-v", "0", settings)

    def status():
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{admin}/status.txt", timeout=2).read().decode()
        except OSError:
            return ""

    eventually(lambda: "online" in status(), 20, lambda: f"Kannel's link online; {status()}: this")
    run("smsbox", need("smsbox", "kannel"), "-v", "0", settings)
    eventually(lambda: "smsbox" in status().split("Box connections")[-1], 20, "smsbox")
    return f"http://127.0.0.1:{sending}/cgi-bin/sendsms"


@pytest.mark.parametrize("text", ["Disk full on db1", "Grüezi, ça va? €5 – 你好 😀"], ids=["plain", "letters"])
def test_a_kannel_sends_through_homeline(daemon, run, tmp_path, text):
    kannel = start_kannel(daemon, run, tmp_path)
    coding = {} if text.isascii() else {"coding": "2", "charset": "UTF-8"}
    query = urllib.parse.urlencode(
        {"username": "outer", "password": "outersecret", "to": "+15551234567", "text": text, **coding})
    answer = urllib.request.urlopen(f"{kannel}?{query}", timeout=10)
    assert answer.status == 202
    eventually(lambda: [message["text"] for message in daemon.messages()] == [text], 20, lambda: f"{daemon.messages()}: the one text")
    assert daemon.messages()[0]["participants"] == [{"kind": "number", "text": "+15551234567"}]


def test_who_gave_an_address_is_told_of_a_failure(away, callback):
    report = urllib.parse.quote(f"http://127.0.0.1:{callback.server_port}/dlr?event=%d&to=%P&id=42")
    status, body = away.curl(
        f"/cgi-bin/sendsms?username=tester&password={SECRET}&to=%2B15551234567&text=x&dlr-mask=31&dlr-url={report}")
    assert (status, body) == (202, "0: Accepted for delivery")
    eventually(lambda: callback.heard, 30, "the report")
    assert callback.heard[0] == {"event": ["16"], "to": ["+15551234567"], "id": ["42"]}


def test_a_kannel_is_told_and_tells_its_own_caller(away, run, callback, tmp_path):
    kannel = start_kannel(away, run, tmp_path)
    query = urllib.parse.urlencode({
        "username": "outer", "password": "outersecret", "to": "+15551234567", "text": "x", "dlr-mask": "19",
        "dlr-url": f"http://127.0.0.1:{callback.server_port}/dlr?event=%d&id=43"})
    assert urllib.request.urlopen(f"{kannel}?{query}", timeout=10).status == 202
    eventually(lambda: {"event": ["16"], "id": ["43"]} in callback.heard, 30, lambda: f"the report among {callback.heard}")


def test_a_monitoring_plugin_for_smseagle_is_told_ok(daemon):
    text = "PROBLEM CRITICAL disk Host(db1) Info(95% full)"
    status, body = daemon.curl(
        "/http_api/send_sms", "-G", "--data-urlencode", f"access_token={SECRET}", "--data-urlencode", "to=+15551234567", "--data-urlencode", f"message={text}")
    assert status == 200 and body.startswith("OK; ID=") and body[7:].isdigit()
    status, body = daemon.curl(
        "/index.php/jsonrpc/sms", "-H", "Content-Type: application/json", "-d",
        '{"method":"sms.send_sms","params":{"login":"nagios","pass":"%s","to":"15551234567","message":"rpc"}}' % SECRET)
    assert status == 200 and '"OK; ID=' in body
    assert [message["text"] for message in daemon.messages()] == [text, "rpc"]
    assert daemon.curl(f"/http_api/send_sms?access_token=x&to=1&message=x") == (401, "Invalid access token")


def test_a_small_program_sends_and_reads_the_signal(daemon):
    key = ("-H", f"X-API-Key: {SECRET}")
    assert daemon.curl("/sms/send", *key, "-d", "number=+15551234567", "--data-urlencode", "message=Hello & goodbye")[0] == 200
    assert daemon.messages()[0]["text"] == "Hello & goodbye"
    status, body = daemon.curl("/sms/signal", *key)
    assert status == 200 and '"signal":99' in body
    for _ in range(9):
        daemon.curl("/sms/send", *key, "-H", "Content-Type: application/json", "-d", '{"number":"+15551234567","message":"x"}')
    status, _ = daemon.curl("/sms/send", *key, "-d", "number=%2B15551234567&message=x")
    assert status == 429
