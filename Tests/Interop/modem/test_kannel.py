"""Kannel's AT driver: bearerbox and smsbox, both ways. It takes messages by +CMT, without storage."""

import http.server
import threading
import urllib.parse
import urllib.request

import pytest

from kannel import Kannel
from programs import eventually


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
    kannel = Kannel(tmp_path, modem)
    kannel.start(run, f"http://127.0.0.1:{callback.server_port}/?from=%p&text=%b&charset=%C", joins="false")
    return f"{kannel.url}/cgi-bin/sendsms?username={kannel.user}&password={kannel.password}"


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
