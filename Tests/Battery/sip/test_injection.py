"""Words that would be headers, wherever words can come in: what is on the wire, read anew, is what was meant."""

import re

import pytest

from homeline_daemon import DOMAIN
from house import uri
from programs import eventually
from raw_sip import RawSIP
from sip_phone import Phone, unique

NUMBER = "+15550100126"

# Each tries to end its field, its line or its message.
BARBS = [
    "\r\nVia: SIP/2.0/UDP evil", "\nRoute: <sip:evil>", "\rTo: <sip:evil>", "\r\n\r\nSIP/2.0 200 OK", "\r\n\r\nMESSAGE sip:bob@home.test SIP/2.0",
    "\0", "\x1a", "\x1b[31m", "\x08", "\x7f", "\u0085Evil: 1", "\u2028Evil: 1", "\u2029Evil: 1", "\v", "\f",
    '"', '\\', '\\"', '";tag=evil', ">;tag=evil", "<sip:evil>", ">, <sip:evil@home.test>", ";tag=evil", "@evil.example", ":secret@evil", "?Route=evil",
    "%0d%0aEvil: 1", "%00", "%", "%zz", "=?utf-8?q?=0D=0AEvil:1?=", "&lt;", "${HOME}", "$(id)", "`id`", "'; DROP TABLE messages; --", "../../etc/passwd",
    "\u202eevil", "\ufeff", "\U0001F600", "e\u0301", " ", "\t", "a" * 300,
]

# Of these a Call-ID, a Subject and a display name may be made (RFC 3261 §25.1).
HARMLESS = {"%", "`id`", "../../etc/passwd"}


def fields(octets):
    """Names and values of a message's head, which must be well formed, and its body."""
    head, _, body = octets.partition(b"\r\n\r\n")
    assert b"\0" not in head and not re.search(rb"(?<!\r)\n|\r(?!\n)", head)
    first, *lines = head.decode().split("\r\n")
    assert re.fullmatch(r"MESSAGE sip:\S+ SIP/2\.0", first)
    pairs = []
    for line in lines:
        found = re.fullmatch(r"([A-Za-z-]+): (.*)", line)
        assert found, line
        pairs.append(found.groups())
    return pairs, body


EXPECTED = ["Via", "From", "To", "Call-ID", "CSeq", "Max-Forwards", "Date", "Content-Type", "Content-Length"]


def check(octets, body):
    """Only the fields that a text has, once each; one sender, one recipient; a body of the length it says."""
    pairs, found = fields(octets)
    names = [name for name, _ in pairs]
    assert sorted(names) == sorted(EXPECTED), names
    values = dict(pairs)
    assert int(values["Content-Length"]) == len(found) and found.decode() == body
    for name in ("From", "To"):
        assert len(re.findall(r"<sip:[^<>\s\"@]*@home\.test>", values[name])) == 1
        assert values[name].count("<") == 1 and values[name].count("@") == 1 and values[name].count(";") <= 1
    assert re.fullmatch(r"[\w.-]+@home\.test", values["Call-ID"])
    return values


@pytest.mark.parametrize("barb", BARBS, ids=[f"{number}" for number in range(len(BARBS))])
def test_a_texts_words_stay_in_its_body(house, barb):
    """S11 From the cellular network and from another app to a phone: every octet in the body, none in the head."""
    number = BARBS.index(barb) + 1
    with Phone(house.accounts["alice"], f"127.15.0.{number}", expires=60) as phone, RawSIP(house.accounts["bob"], "udp", f"127.15.1.{number}") as bob:
        phone.register()
        for text, send in [
            (f"from outside {barb} {number}", lambda text: house.modem.text(NUMBER, text)),
            (f"by an app {barb} {number}", lambda text: bob.message(uri("alice"), text)),
        ]:
            send(text)
            assert phone.await_text(text), f"{text!r} of {list(phone.arrived)!r}"
            check(phone.copies[text][0][1], text)
        phone.expires = 0
        phone.register()


@pytest.mark.parametrize("barb", BARBS, ids=[f"{number}" for number in range(len(BARBS))])
def test_what_comes_with_a_request_goes_nowhere_else(house, phone, barb):
    """S11 Barbs in a request's Call-ID, Subject, display name, contact and CPIM headers: refused, or in none of the fields that a phone is sent."""
    number = BARBS.index(barb) + 1
    flat = re.sub(r"[\r\n\0]", " ", barb)
    words = f"plain words {number}"
    with RawSIP(house.accounts["bob"], "udp", f"127.15.2.{number}") as bob:
        answers = [
            bob.message(uri("alice"), f"{words} by Call-ID", Call_ID=f"{number}{flat}".encode("utf-8", "replace").decode()).status if flat.strip() else 400,
            bob.call("MESSAGE", uri("alice"), "Content-Type: text/plain", f"Subject: {flat}", body=f"{words} by Subject").status,
            bob.call(
                "MESSAGE", uri("alice"), "Content-Type: text/plain", From='"%s" <sip:bob@home.test>;tag=1' % re.sub(r'[\\"]', r"\\\g<0>", flat),
                body=f"{words} by name").status,
            bob.call(
                "MESSAGE", uri("alice"), "Content-Type: message/cpim",
                body=f"From: {flat} <sip:bob@home.test>\r\nTo: <sip:alice@home.test>\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: {number}{flat}\r\n"
                     f"\r\nContent-Type: text/plain\r\n\r\n{words} by CPIM").status,
        ]
        assert set(answers) <= {202, 400}
        # A test in which everything is refused would show nothing of what is passed on.
        assert barb not in HARMLESS or answers[:3] == [202] * 3, answers
        for way, status in zip(("Call-ID", "Subject", "name", "CPIM"), answers):
            if status == 202:
                text = f"{words} by {way}"
                assert phone.await_text(text), text
                values = check(phone.copies[text][0][1], text)
                assert values["From"].startswith("<sip:bob@home.test>")


# White space and a byte order mark come with numbers that people paste; they are taken off.
PASTED = {" ", "\t", "\ufeff"}


@pytest.mark.parametrize("barb", [barb for barb in BARBS if barb not in PASTED], ids=lambda barb: f"{BARBS.index(barb)}")
def test_a_recipient_is_a_recipient(house, barb):
    """S11 A number with barbs, from the API and from an app: refused, and nothing leaves by the modem."""
    before = len(house.modem.sent())
    status, _ = house.daemon.api("POST", "/api/v1/messages", {"line": "home", "to": [NUMBER + barb], "text": "barbed"})
    assert 400 <= status < 500
    escaped = "".join(f"%{octet:02X}" for octet in barb.encode())
    with RawSIP(house.accounts["alice"], "udp", f"127.15.3.{BARBS.index(barb) + 1}") as client:
        answer = client.message(f"sip:{NUMBER}{escaped}@{DOMAIN}", "barbed")
        assert 400 <= answer.status < 500, answer.first
        # Nor does it come back in the answer.
        assert "\n" not in answer.first and "Evil" not in [name for name, _ in answer.headers]
    assert len(house.modem.sent()) == before
