"""The old bridge's own acceptance: what its test-endpoints.sh asks with curl and jq, and what lies beside it."""

import http.server
import json
import subprocess
import threading

import pytest

from drop_in import DropIn
from programs import Background, eventually, free_port, homeline, need

SECRET = "4f0c2a7d9e8b1c3d5f60718293a4b5c6"
BEARER = ("-H", f"Authorization: Bearer {SECRET}")


def jq(document, expression):
    """Whether jq, which the script judges with, finds it so."""
    return subprocess.run([need("jq", "jq"), "-e", expression], input=document, text=True, capture_output=True).returncode == 0


@pytest.fixture(scope="module")
def bridge(tmp_path_factory):
    directory = tmp_path_factory.mktemp("bridge")
    daemon = DropIn(directory, "  seed-bridge:\n    secret-file: {dir}/bridge.secret\n", {"bridge.secret": SECRET})
    yield daemon
    daemon.stop()


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    directory = tmp_path_factory.mktemp("opened")
    daemon = DropIn(directory, "  seed-bridge:\n    secret-file: {dir}/bridge.secret\n    open-on: [127.0.0.0/8]\n", {"bridge.secret": SECRET})
    yield daemon
    daemon.stop()


def test_health_parses_and_names_no_address(bridge):
    status, body = bridge.curl("/health")
    assert status == 200
    assert jq(body, '.status=="ok" and .bridge=="sms-mms-bridge" and .fossify_api=="" and .mmsgate==""')


def test_the_owner_still_reads_the_daemons_own_health(bridge):
    done = subprocess.run(
        ["curl", "-s", "--unix-socket", f"{bridge.directory}/state/control.sock", "http://localhost/health"], capture_output=True, text=True, check=True)
    assert jq(done.stdout, '.status=="working" and (.parts | length) > 1')


def test_a_text_from_the_sip_side_is_sent(bridge):
    status, body = bridge.curl("/webhook/linphone", *BEARER, "-H", "Content-Type: application/json", "-d", '{"to":"+15551234567","message":"one"}')
    assert status == 200 and jq(body, '.status=="sent_via_cellular"')
    assert "one" in [message["text"] for message in bridge.messages()]


def test_a_sip_message_over_http_is_sent(bridge):
    status, body = bridge.curl(
        "/sip/message", *BEARER, "-H", "From: sip:alice@home.example", "-H", "To: sip:+15551234567@home.example", "-H", "Content-Type: text/plain", "-d", "See you at 8")
    assert (status, body) == (200, "")
    assert "See you at 8" in [message["text"] for message in bridge.messages()]


@pytest.mark.parametrize("path", ["/webhook/linphone", "/sip/message", "/test/fossify"])
def test_it_is_no_open_relay(bridge, path):
    before = len(bridge.messages())
    for options in ((), ("-H", "Authorization: Bearer wrong")):
        status, body = bridge.curl(path, *options, "-H", "To: sip:+15551234567@x", "-d", '{"to":"+15551234567","phone":"+15551234567","message":"spam"}')
        assert status in (401, 429) and jq(body, ".error")
    assert len(bridge.messages()) == before


def test_what_is_open_is_open_and_loud(opened):
    status, body = opened.curl("/test/fossify", "-d", '{"phone":"+15551234567","message":"Test from bridge"}')
    assert status == 200 and jq(body, '.status=="ok" and .result.id')
    assert "Anybody on 127.0.0.0/8 can send texts" in opened.program.output()
    # What came through a proxy came from anywhere.
    assert opened.curl("/sip/message", "-H", "To: sip:+15551234567@x", "-H", "X-Forwarded-For: 198.51.100.1", "-d", "x")[0] == 401
    # The webhook wanted the secret always.
    assert opened.curl("/webhook/linphone", "-d", '{"to":"+15551234567","message":"x"}')[0] == 401


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "file:///etc/passwd"])
def test_media_of_the_house_is_not_fetched(bridge, address):
    status, body = bridge.curl("/webhook/linphone", *BEARER, "-d", json.dumps({"to": "+15551234567", "media": [address]}))
    assert status in (400, 502) and jq(body, ".error")
    assert "169.254" not in body and "passwd" not in body and "root:" not in body


@pytest.mark.parametrize("body", ["[" * 100_000, '{"to":' * 50_000, "\x00", "null", '{"to":{}}'], ids=["deep", "deeper", "octet", "null", "object"])
def test_hostile_bodies_are_refused_in_form(bridge, body, tmp_path):
    (tmp_path / "body").write_text(body)
    status, answer = bridge.curl("/webhook/linphone", *BEARER, "--data-binary", f"@{tmp_path}/body")
    assert status in (400, 413) and jq(answer, ".error")
    assert "Swift" not in answer and "/Sources" not in answer


def test_the_old_environment_becomes_a_configuration(tmp_path):
    environment = tmp_path / ".env"
    environment.write_text(
        f"# made by generate-secrets.sh\nFOSSIFY_API_URL=http://10.0.0.2:8080\nFOSSIFY_AUTH_TOKEN=phone-token-123\nBRIDGE_SECRET={SECRET}\n"
        "FLASK_HOST=0.0.0.0\nFLASK_PORT=5000\nSMTP_PASSWORD=mail-secret\nSOMETHING_ELSE=1\n")
    place = tmp_path / "etc"
    place.mkdir()

    def run():
        return subprocess.run(
            [homeline(), "import", "seed-bridge", environment, "--output", place / "homeline.yaml", "--listen", "10.0.0.1:5001"], capture_output=True, text=True, timeout=30)

    done = run()
    assert done.returncode == 0, done.stderr
    assert "SOMETHING_ELSE" in done.stdout and "SMTP_PASSWORD" in done.stdout
    written = {path.name: path.read_text() for path in place.iterdir()}
    assert set(written) == {"homeline.yaml", "phone.token", "bridge.secret", "voipms.password"}
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in place.iterdir())
    for secret in (SECRET, "phone-token-123", "mail-secret", written["voipms.password"].strip()):
        assert secret not in written["homeline.yaml"] and secret not in done.stdout
    again = run()
    assert again.returncode == 73 and "nothing is written over" in again.stderr
    environment.write_text(environment.read_text().replace(SECRET, "change-me"))
    for path in place.iterdir():
        path.unlink()
    refused = run()
    assert refused.returncode == 73 and "BRIDGE_SECRET" in refused.stderr and not list(place.iterdir())


class Phone(http.server.BaseHTTPRequestHandler):
    """The phone's app, as the old bridge knew it."""

    def answer(self, status, document):
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer(200, {"status": "ok", "server": "fossify-api"})

    def do_POST(self):
        document = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["Authorization"] != "Bearer phone-token-123":
            return self.answer(401, {"error": "Unauthorized"})
        self.server.sent.append((self.path, document))
        self.answer(200, {"status": "sent", "id": str(1790000000000 + len(self.server.sent))})

    def log_message(self, *arguments):
        pass


@pytest.fixture
def phone():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Phone)
    server.sent = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.fixture
def moved(tmp_path, phone):
    """What a user has after the import: its configuration, run as it was written."""
    example = subprocess.run([homeline(), "config", "example"], capture_output=True, text=True, check=True).stdout
    if "trunk: fossify" not in example or "voipms:" not in example:
        pytest.skip("this build has no fossify trunk or no voipms endpoint")
    (tmp_path / ".env").write_text(
        f"FOSSIFY_API_URL=http://127.0.0.1:{phone.server_port}\nFOSSIFY_AUTH_TOKEN=phone-token-123\nBRIDGE_SECRET={SECRET}\nFLASK_HOST=127.0.0.1\nFLASK_PORT={free_port()}\n")
    config = tmp_path / "homeline.yaml"
    subprocess.run(
        [homeline(), "import", "seed-bridge", tmp_path / ".env", "--output", config, "--state", tmp_path / "state"], capture_output=True, check=True, timeout=30)
    checked = subprocess.run([homeline(), "check", "--config", config], capture_output=True, text=True, timeout=60)
    assert "every key is understood" in checked.stdout, checked.stdout
    daemon = DropIn.__new__(DropIn)
    daemon.directory, daemon.config = tmp_path, config
    daemon.url = "http://" + next(line.split('"')[1] for line in config.read_text().splitlines() if line.strip().startswith("listen: \""))
    daemon.program = Background(tmp_path, "homeline", homeline(), "run", "--config", config)
    eventually(daemon.answers, 30, "an answering daemon")
    yield daemon
    daemon.stop()


def test_the_old_script_passes_after_the_move(moved, phone):
    """Its five checks, in its order. The third has the credentials that the import made, for Homeline is no open relay."""
    assert (lambda answer: answer[0] == 200 and jq(answer[1], ".status"))(moved.curl("/health"))
    password = (moved.directory / "voipms.password").read_text().strip()
    status, body = moved.curl(
        f"/voipms/api?method=sendSMS&dst=15551234567&message=Test+from+bridge&api_username=bridge@home.example&api_password={password}")
    assert status == 200 and jq(body, '.status=="success"'), body
    eventually(lambda: phone.sent, 20, "the text at the phone")
    assert phone.sent[0] == ("/send_sms", {"phoneNumber": "+15551234567", "message": "Test from bridge"})
    status, body = moved.curl(
        "/webhook/fossify", *BEARER, "-H", "Content-Type: application/json", "-d",
        '{"phoneNumber":"+15551234567","message":"Test incoming SMS","type":"sms","receivedAt":1790000000123}')
    assert status == 200 and jq(body, '.status=="delivered"'), body
    eventually(lambda: "Test incoming SMS" in [message["text"] for message in moved.messages()], 20, "the text that came in")
    assert moved.curl("/webhook/linphone", *BEARER, "-d", '{"to":"+15551234567","message":"back"}')[0] == 200
    eventually(lambda: ("/send_sms", {"phoneNumber": "+15551234567", "message": "back"}) in phone.sent, 20, "the answer at the phone")
