"""Requests that are wrong, ambiguous or hostile in form."""

import re
import statistics
import time
from pathlib import Path

import pytest

from processor import processor_seconds
from programs import eventually, homeline
from raw_http import Closed, Peer, ask, request

TOO_LONG = 256 * 1024
GOOD = {"line": "home", "to": ["+15550100123"], "text": "hello"}


def post(door, *fields, body=b"", length=None):
    """A request to submit with these header fields and no others that frame it."""
    lines = ["POST /api/v1/messages HTTP/1.1", "Host: localhost", f"Authorization: Bearer {door.tokens['send']}", *fields]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


# Every form in which two readers could see different requests: refused, and the connection ended.
AMBIGUOUS = {
    "both framings": (["Transfer-Encoding: chunked", "Content-Length: 5"], b"0\r\n\r\n"),
    "both framings, other order": (["Content-Length: 5", "Transfer-Encoding: chunked"], b"0\r\n\r\n"),
    "two lengths": (["Content-Length: 2", "Content-Length: 3"], b"{}"),
    "the same length twice": (["Content-Length: 2", "Content-Length: 2"], b"{}"),
    "a list of lengths": (["Content-Length: 2, 2"], b"{}"),
    "negative length": (["Content-Length: -1"], b"{}"),
    "signed length": (["Content-Length: +2"], b"{}"),
    "hexadecimal length": (["Content-Length: 0x2"], b"{}"),
    "empty length": (["Content-Length: "], b"{}"),
    "length beyond 64 bits": (["Content-Length: 99999999999999999999999"], b"{}"),
    "length with a word": (["Content-Length: 2 bytes"], b"{}"),
    "unknown coding": (["Transfer-Encoding: xchunked"], b"0\r\n\r\n"),
    "coding before chunked": (["Transfer-Encoding: gzip, chunked"], b"0\r\n\r\n"),
    "chunked twice": (["Transfer-Encoding: chunked, chunked"], b"0\r\n\r\n"),
    "chunked and identity": (["Transfer-Encoding: chunked", "Transfer-Encoding: identity"], b"0\r\n\r\n"),
    "identity": (["Transfer-Encoding: identity"], b""),
    "quoted chunked": (['Transfer-Encoding: "chunked"'], b"0\r\n\r\n"),
    "vertical tab before chunked": (["Transfer-Encoding: \x0bchunked"], b"0\r\n\r\n"),
    "space before the colon": (["Transfer-Encoding : chunked"], b"0\r\n\r\n"),
    "folded field": (["X: a\r\n b", "Content-Length: 2"], b"{}"),
    "bare line feed in a field": (["X: a\nContent-Length: 2"], b"{}"),
    "bare carriage return in a field": (["X: a\rContent-Length: 2"], b"{}"),
    "NUL in a field": (["X: a\0b", "Content-Length: 2"], b"{}"),
    "negative chunk": (["Transfer-Encoding: chunked"], b"-1\r\n{}\r\n0\r\n\r\n"),
    "chunk beyond 64 bits": (["Transfer-Encoding: chunked"], b"fffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
    "chunk without a size": (["Transfer-Encoding: chunked"], b"\r\n{}\r\n0\r\n\r\n"),
    "chunk longer than told": (["Transfer-Encoding: chunked"], b"2\r\n{}}\r\n0\r\n\r\n"),
}


@pytest.mark.parametrize("fields, body", AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_a_request_with_two_readings_ends_the_connection(door, fields, body):
    """S07 request smuggling: what follows the ambiguous request is never taken for a request of its own."""
    smuggled = request("GET", "/smuggled")
    with Peer(door.port, within=10) as peer:
        peer.write(post(door, *fields, body=body) + smuggled)
        answered = peer.ends()
    assert answered.count(b"HTTP/1.1 400") == 1, answered
    assert b"404" not in answered, "the smuggled request was answered"


# Target, host and version: what is allowed is served, what is not is refused; never anything else.
HEADS = {
    "plain": (request("GET", "/health"), 200),
    "absolute form": (request("GET", "http://localhost/health"), 200),
    "absolute form of another host": (request("GET", "http://other.example/health"), 200),
    "another host": (request("GET", "/health", host="other.example:99"), 200),
    "an IPv6 host": (request("GET", "/health", host="[::1]:8080"), 200),
    "an empty host": (request("GET", "/health", host=""), 200),
    "no host": (request("GET", "/health", host=None), 400),
    "two hosts": (request("GET", "/health", "Host: localhost"), 400),
    "a host with a path": (request("GET", "/health", host="localhost/x"), 400),
    "a host with a user": (request("GET", "/health", host="a@b"), 400),
    "a host with a space": (request("GET", "/health", host="a b"), 400),
    "HTTP/1.0": (request("GET", "/health", version="HTTP/1.0"), 200),
    "HTTP/1.0 without a host": (request("GET", "/health", version="HTTP/1.0", host=None), 200),
    "HTTP/1.0 with two hosts": (request("GET", "/health", "Host: localhost", version="HTTP/1.0"), 400),
    "HTTP/1.0 in chunks": (
        b"POST /api/v1/messages HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400),
    "HTTP/0.9": (b"GET /health\r\n\r\n", 400),
    "HTTP/1.2": (request("GET", "/health", version="HTTP/1.2"), 400),
    "HTTP/2.0": (request("GET", "/health", version="HTTP/2.0"), 400),
    "HTTP/2 preface": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    "TLS hello": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\xa5" * 200, 400),
    "a SIP request": (b"OPTIONS sip:home.test SIP/2.0\r\nVia: SIP/2.0/TCP a\r\n\r\n", 400),
    "only line feeds": (b"GET /health HTTP/1.1\nHost: a\n\n", 400),
    "asterisk": (request("OPTIONS", "*"), 404),
    "authority form": (request("CONNECT", "example.org:80"), 404),
    "dots": (request("GET", "/api/v1/../../health"), 404),
    "encoded dots": (request("GET", "/api/v1/%2e%2e/%2e%2e/health"), 404),
    "two slashes": (request("GET", "//health"), 404),
    "fragment": (request("GET", "/health#there"), 404),
    "encoded line end": (request("GET", "/health%0d%0aX:y"), 404),
    "raw carriage return": (b"GET /health\rX HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    "NUL": (b"GET /health\0 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    "octets beyond ASCII": (b"GET /h\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    "overlong slash": (request("GET", "/api/v1/messages/%c0%af"), 404),
    "TRACE": (request("TRACE", "/health"), 405),
    "PUT": (request("PUT", "/health"), 405),
    "PATCH": (request("PATCH", "/api/v1/messages"), 405),
    "DELETE": (request("DELETE", "/api/v1/messages"), 405),
    "a small-letter method": (request("get", "/health"), 400),
    "an unknown method": (request("BREW", "/health"), 400),
    "a method of 1,000 letters": (request("A" * 1000, "/health"), 400),
    "upgrade to h2c": (request("GET", "/health", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMA"), 200),
    "upgrade to WebSocket": (request("GET", "/health", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: eA=="), 200),
    "80 fields": (request("GET", "/health", *[f"X-{number}: y" for number in range(80)]), 400),
    "a field of 64 KiB": (request("GET", "/health", "X: " + "y" * 65536), 400),
    "a target of 64 KiB": (request("GET", "/" + "y" * 65536), 400),
    "a query of 15,000 octets": (request("GET", "/health?" + "y" * 15_000), 200),
}


@pytest.mark.parametrize("octets, status", HEADS.values(), ids=HEADS)
def test_a_head_is_served_or_refused(door, octets, status):
    """S07 targets, hosts, versions, methods."""
    with Peer(door.port) as peer:
        peer.write(octets)
        assert peer.answer().status == status
        if status == 400 or b"HTTP/1.0" in octets:
            # A connection that stays open runs into the peer's patience.
            peer.ends()


def test_an_old_client_gets_its_answer_and_the_end(door):
    """S07 HTTP/1.0: the connection ends after the answer unless keep-alive was asked for."""
    with Peer(door.port) as peer:
        peer.write(request("GET", "/health", version="HTTP/1.0"))
        assert peer.ends().endswith(b'"}')
    with Peer(door.port) as peer:
        for _ in range(2):
            peer.write(request("GET", "/health", "Connection: keep-alive", version="HTTP/1.0"))
            assert peer.answer().status == 200
    with Peer(door.port) as peer:
        peer.write(request("GET", "/health", "Connection: Close"))
        assert b"Connection: close" in peer.ends()


def test_head_has_no_body(door):
    """S07 HEAD: octets after the head would be taken for the next answer."""
    with Peer(door.port) as peer:
        peer.write(request("HEAD", "/health") + request("GET", "/nothing") + request("HEAD", "/nothing") + request("GET", "/health"))
        statuses = []
        for has_body in (False, True, False, True):
            head = peer.take_until(b"\r\n\r\n").decode()
            statuses.append(int(head.split(" ")[1]))
            if has_body:
                length = int(head.lower().split("content-length: ")[1].split("\r\n")[0])
                while len(peer.pending) < length:
                    peer.read()
                peer.pending = peer.pending[length:]
        assert statuses == [200, 404, 404, 200]
    assert ask(door.port, "GET", "/api/v1/events", token=door.tokens["send"]).status == 403


def test_requests_in_one_piece_are_answered_in_order(door):
    """S07 pipelining: 100 requests written at once, every second one refused."""
    targets = ["/health", "/nothing"] * 50
    with Peer(door.port) as peer:
        peer.write(b"".join(request("GET", target) for target in targets))
        assert [peer.answer().status for _ in targets] == [200, 404] * 50


def test_a_bad_request_does_not_overtake_the_answers_before_it(door):
    """S07 pipelining: the refusal of an ambiguous head comes after the answers to what came before, and is the last."""
    with Peer(door.port) as peer:
        peer.write(request("GET", "/health") * 5 + request("GET", "/health", host=None) + request("GET", "/health"))
        answers = peer.ends()
    assert answers.count(b"HTTP/1.1 200") == 5 and answers.count(b"HTTP/1.1 400") == 1
    assert answers.rindex(b"HTTP/1.1 200") < answers.index(b"HTTP/1.1 400")


def test_no_header_of_an_answer_repeats_what_was_sent(door):
    """S07 header injection: line ends in every place that an answer might repeat."""
    bad = "x%0d%0aInjected:%20yes"
    for octets in (
        request("GET", f"/api/v1/messages/{bad}", token=door.tokens["read"]),
        request("GET", f"/api/v1/messages?line={bad}", token=door.tokens["read"]),
        request("GET", f"/api/v1/messages?{bad}=1", token=door.tokens["read"]),
        request("POST", "/api/v1/messages", f"Idempotency-Key: {bad}", token=door.tokens["send"], body={**GOOD, "text": "a\r\nInjected: yes"}),
        request("POST", "/api/v1/messages", token=door.tokens["send"], body={**GOOD, "x\r\nInjected: yes": 1}),
    ):
        with Peer(door.port) as peer:
            peer.write(octets)
            assert peer.answer().get("injected") is None


# Bodies that no text needs: refused with 400 or 413 at once, and the daemon lives.
def nested(opening, depth=100_000):
    return opening * depth


BODIES = {
    "arrays 100,000 deep": (nested(b"["), 400),
    "objects 20,000 deep": (nested(b'{"a":', 20_000), 400),
    "17 deep": (b'{"line":' + b"[" * 17 + b"]" * 17 + b"}", 400),
    "a name twice": (b'{"line":"home","line":"home","to":["+15550100123"],"text":"x"}', 400),
    "a name twice by escapes": (b'{"line":"home","l\\u0069ne":"home","to":["+15550100123"],"text":"x"}', 400),
    "1e400": (b'{"line":1e400}', 400),
    "a number of 100,000 digits": (b'{"line":' + b"9" * 100_000 + b"}", 400),
    "minus nothing": (b'{"line":-}', 400),
    "lone high surrogate": (b'{"text":"\\ud800"}', 400),
    "lone low surrogate": (b'{"text":"\\udc00"}', 400),
    "surrogates in the wrong order": (b'{"text":"\\udc00\\ud800"}', 400),
    "high surrogate before a letter": (b'{"text":"\\ud800\\u0041"}', 400),
    "raw surrogate": (b'{"text":"\xed\xa0\x80"}', 400),
    "overlong NUL": (b'{"text":"\xc0\x80"}', 400),
    "not UTF-8": (b'{"text":"\xff\xfe"}', 400),
    "UTF-16": ('{"line":"home"}'.encode("utf-16"), 400),
    "byte order mark": (b'\xef\xbb\xbf{"line":"home"}', 400),
    "raw control character": (b'{"text":"\x01"}', 400),
    "65 names": (b"{" + b",".join(b'"n%d":1' % number for number in range(65)) + b"}", 400),
    "half an escape": (b'{"text":"\\u12', 400),
    "two documents": (b"{}{}", 400),
    "nothing": (b"", 400),
    "null": (b"null", 400),
    "a list": (b"[]", 400),
    "NaN": (b'{"line":NaN}', 400),
    "a comment": (b'{/**/"line":"home"}', 400),
    "a comma too many": (b'{"line":"home",}', 400),
    "10^5 recipients": (b'{"line":"home","text":"x","to":[' + b",".join([b'"+15550100123"'] * 100_000) + b"]}", 422),
    "60,000 empty recipients": (b'{"line":"home","text":"x","to":[' + b",".join([b'""'] * 60_000) + b"]}", 422),
    "101 recipients": (b'{"line":"home","text":"x","to":[' + b",".join([b'"+15550100123"'] * 101) + b"]}", 422),
    "no recipient": (b'{"line":"home","text":"x","to":[]}', 422),
    "40,001 octets of text": (b'{"line":"home","to":["+15550100123"],"text":"' + b"x" * 40_001 + b'"}', 422),
    "250,000 octets of text": (b'{"line":"home","to":["+15550100123"],"text":"' + b"x" * 250_000 + b'"}', 422),
}


@pytest.mark.parametrize("body, status", BODIES.values(), ids=BODIES)
def test_a_hostile_body_is_refused_at_once(door, body, status):
    """S15: 400, 413 or 422 for under 50 ms of processor time (least of 5; a debug build gets eight times that), in the one form of error."""
    spent, times = [], []
    for _ in range(5):
        with Peer(door.port) as peer:
            octets = request("POST", "/api/v1/messages", token=door.tokens["send"], body=body)
            used, began = processor_seconds(door.pid), time.monotonic()
            peer.write(octets)
            answer = peer.answer()
            times.append(time.monotonic() - began)
            spent.append(processor_seconds(door.pid) - used)
        assert answer.status == status and answer.document["error"]["message"]
    # The least: a crowded machine makes the same work longer, never shorter.
    processor, passed = min(spent) * 1000, statistics.median(times) * 1000
    promise = 400 if "/debug/" in homeline() else 50
    print(f"{processor:.1f} ms of processor time where {promise} are promised; answered after {passed:.1f} ms")
    assert processor < promise


# The operations of the API that read a body: those that every daemon has, and those that a line or an endpoint must be there for.
NOWHERE = "01JD8K2V7M0000000000000000"
READING = ("/api/v1/messages", "/api/v1/lines/home/ussd", f"/api/v1/deliveries/{NOWHERE}/decision")
OF_KINDS = ("/api/v1/lines/home/ussd", "/api/v1/verify", "/api/v1/verify/check", "/enum/verify")
HOSTILE = (b"[" * 4000, b'{"a":1,"a":2}', b'{"a":1e400}', b'{"a":"\\ud800"}', b"\xff")


def test_every_operation_with_a_body_refuses_hostile_json(door):
    """S15 at each endpoint that reads one."""
    for target in READING:
        for body in HOSTILE:
            answer = ask(door.port, "POST", target, token=door.tokens["admin"], body=body)
            # A line that cannot do USSD says so before it reads what was to be asked.
            assert answer.status in ((409,) if target.endswith("ussd") else (400,)), (target, body[:10], answer.status)


def test_every_operation_that_reads_a_body_is_asked():
    """S15: an operation that has a body by the document is in one of the lists above."""
    document = (Path(__file__).resolve().parents[3] / "Docs" / "openapi.yaml").read_text().split("\nwebhooks:")[0]
    documented, path = set(), None
    for line in document.splitlines():
        if re.fullmatch(r"  /.*:", line):
            path = line.strip().rstrip(":").replace("{id}", NOWHERE).replace("{line}", "home")
        elif line == "      requestBody:":
            documented.add(path)
    assert documented == {*READING, *OF_KINDS}


def test_what_a_modem_and_a_verification_would_be_asked_is_refused_when_it_is_hostile_json(start_door, start_modem):
    """S15 at the operations that a line or an endpoint must be there for: USSD, and codes that prove a number."""
    door = start_door(lines=f"  home:\n    trunk: modem\n    device: {start_modem().pty}\n", endpoints="  verification:\n    countries: [US]\n")
    token = door.token("admin", "admin")
    eventually(lambda: ask(door.port, "POST", "/api/v1/lines/home/ussd", token=token, body=b"[").status == 400, 20, "a line that takes USSD")
    for target in OF_KINDS:
        for body in HOSTILE:
            answer = ask(door.port, "POST", target, token=token, body=body)
            assert answer.status == 400, (target, body[:10], answer.status)
    assert ask(door.port, "POST", "/api/v1/verify", token=token, body={"number": "+12125550123"}).status == 202
    assert door.is_alive()


def test_a_body_of_any_length_is_refused_before_it_is_read(door):
    """S07, S15: 1 GB announced, 100 MB sent, chunks without end: 413 at once, and memory stays where it was."""
    before = door.resident()
    with Peer(door.port) as peer:
        began = time.monotonic()
        peer.write(post(door, length=1_000_000_000))
        assert peer.answer().status == 413
        # A body that was waited for would be given half a minute.
        assert time.monotonic() - began < 5
        peer.ends()
    block = b"x" * 65536
    with Peer(door.port) as peer:
        began = time.monotonic()
        peer.write(post(door, length=100_000_000))
        for _ in range(100_000_000 // len(block)):
            try:
                peer.socket.sendall(block)
            except OSError:
                break
        assert peer.ends().startswith(b"HTTP/1.1 413")
        print(f"100 MB: ended after {time.monotonic() - began:.2f} s")
    chunk = b"%x\r\n%s\r\n" % (len(block), block)
    with Peer(door.port) as peer:
        peer.write(post(door, "Transfer-Encoding: chunked"))
        sent, began, has_ended = 0, time.monotonic(), False
        while not has_ended and time.monotonic() - began < 10:
            try:
                peer.socket.sendall(chunk)
                sent += len(block)
            except OSError:
                has_ended = True
        assert has_ended, "chunks are taken without end"
        print(f"endless chunks: thrown away for {time.monotonic() - began:.2f} s, {sent / 1e6:.0f} MB, before the end")
    grown = door.resident() - before
    print(f"memory grew by {grown / 1e6:.1f} MB")
    assert grown < 20_000_000


def test_a_stranger_s_body_is_not_read(door):
    """S07: who may not send is refused by the head alone."""
    with Peer(door.port) as peer:
        peer.write(b"POST /api/v1/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
        assert peer.answer().status == 401


CONTENT_TYPES = {
    "application/json": 202, "application/json; charset=utf-8": 202, 'Application/JSON;charset="UTF-8"': 202, None: 202,
    "text/plain": 415, "application/x-www-form-urlencoded": 415, "multipart/form-data; boundary=x": 415, "application/xml": 415,
    "application/json; charset=utf-16": 415, "application/jsonp": 415, "text/json": 415, "application/json, text/plain": 415, "*/*": 415, "": 415,
}


@pytest.mark.parametrize("content_type, status", CONTENT_TYPES.items(), ids=map(str, CONTENT_TYPES))
def test_a_body_that_is_not_json_is_not_guessed_at(door, content_type, status):
    """S15: 415 for every other content type."""
    fields = ["Content-Type: "] if content_type == "" else []
    answer = ask(door.port, "POST", "/api/v1/messages", *fields, token=door.tokens["send"], body=GOOD, content_type=content_type)
    assert answer.status == status


QUERIES = {
    "limit=0": 400, "limit=501": 400, "limit=-1": 400, "limit=1e2": 400, "limit=99999999999999999999": 400, "limit=": 400, "limit=%00": 400,
    "limit=١٠": 400, "limit=500": 200, "limit=1&limit=2": 400, "after=": 400, "after=0": 400, "after=ZZZZZZZZZZZZZZZZZZZZZZZZZZ": 400,
    "after=01JD8K2V7M0000000000000000": 422, "after=7ZZZZZZZZZZZZZZZZZZZZZZZZZ": 422, "after=01JD8K2V7M0000000000000000%27": 400,
    "after=" + "0" * 10_000: 400, "line=nowhere": 422, "line=": 422, "line=home%27%20OR%20%271%27=%271": 422, "line=%ff": 400, "line=%": 400,
    "line=%e2%80%ae": 422, "unknown=1": 400, "limit": 400, "&&&": 200, "=": 400,
}


@pytest.mark.parametrize("query, status", QUERIES.items())
def test_a_strange_query_is_refused_by_name(door, query, status):
    """S15 limits and cursors; S24 quotes in them."""
    octets = request("GET", "/api/v1/messages?" + query.encode().decode("latin-1"), token=door.tokens["read"])
    with Peer(door.port) as peer:
        peer.write(octets)
        assert peer.answer().status == status


@pytest.mark.parametrize("cursor, status", {"-1": 400, "1.5": 400, "9223372036854775807": 200, "9223372036854775808": 400, "": 400, "x": 400}.items())
def test_a_strange_place_in_the_stream_is_refused(door, cursor, status):
    """S15 cursors of the event stream."""
    with Peer(door.port) as peer:
        peer.write(request("GET", "/api/v1/events", f"Last-Event-ID: {cursor}", token=door.tokens["read"]))
        assert int(peer.take_until(b"\r\n\r\n").split(b" ")[1]) == status
