"""Words from outside that would be commands somewhere: in SQL, in a log, on a terminal."""

import re
import sqlite3
import subprocess

import pytest

from programs import eventually, homeline
from raw_http import ask

HOSTILE = [
    "'", "''", "\"", "'; DROP TABLE message; --", "' OR '1'='1", "\\'; --", "%", "_", "*", "$(reboot)", "`reboot`", "; reboot", "| reboot",
    "\n", "\r\n", "a\nb", "a\r\n2026-11-21T00:00:00+0000 info homeline: [Daemon] ready", "\t", "\0", "a\0b", "\x01", "\x08\x08\x08", "\x7f", "\x1a", "\x04",
    "\x1b[31mred", "\x1b[2J\x1b[H", "\x1b]0;title\x07", "\x1b]52;c;cm0gLXJm\x07", "\x1bP+q544e\x1b\\", "\x9b31m", "\x90", "\u202egnp.exe", "\u2066x\u2069",
    "\u2028", "\u2029", "\ufeff", "\u200b", "\U0001f600", "\U0010ffff", "\ud7ff\ue000", "e\u0301", "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://x}",
    "%s%s%s%n", "%00", "../../../etc/passwd", "x" * 5000, "\u0600" * 100, "AT+CMGS=\"1\"\r", "+++", "\x1a\x1b", "event: message\ndata: {}\n\n",
]
VISIBLE = re.compile(r"[^\n\t\x20-\x7e\xa0-\u2027\u202f-\u2065\u2070-\U0010ffff]")


def deliver(sender, text):
    """An SMS-DELIVER without a service centre: a sender's name by its septets, a time, a text in UCS-2 (TS 23.040 §9.2.2.1)."""
    packed = sum(septet << 7 * place for place, septet in enumerate(sender)).to_bytes((7 * len(sender) + 7) // 8, "little")
    octets = text.encode("utf-16-be")
    return b"\0\x04" + bytes([2 * len(packed), 0xD0]) + packed + bytes.fromhex("0008" "62112122030000") + bytes([len(octets)]) + octets


def test_every_text_comes_back_as_it_was(door):
    """S24: hostile texts are stored and given back exactly, by every way to read them, and break nothing."""
    expected = {}
    for number, text in enumerate(HOSTILE):
        answer = door.submit(door.tokens["send"], text, to=f"+1555012{number:04}", key=f"hostile {number} ' -- %")
        assert answer.status == 202, (text, answer.body)
        expected[answer.document["id"]] = text
    for message, text in expected.items():
        assert ask(door.port, "GET", f"/api/v1/messages/{message}", token=door.tokens["read"]).document["text"] == text
        assert ask(door.port, "GET", f"/api/v1/messages/{message}/timeline", token=door.tokens["read"]).status == 200
    listed, after = {}, ""
    while True:
        page = ask(door.port, "GET", f"/api/v1/messages?limit=500{after}", token=door.tokens["read"]).document
        listed |= {message["id"]: message["text"] for message in page["messages"]}
        if "next" not in page:
            break
        after = "&after=" + page["next"]
    assert {message: listed[message] for message in expected} == expected
    assert ask(door.port, "GET", "/api/v1/conversations?limit=500", token=door.tokens["read"]).status == 200
    with sqlite3.connect(f"file:{door.state}/ledger.sqlite?mode=ro", uri=True) as ledger:
        assert ledger.execute("PRAGMA quick_check").fetchall() == [("ok",)]


def test_every_key_is_a_key(door):
    """S24: idempotency keys of quotes, wildcards and comments are words and nothing else: each is one message, and not another's."""
    keys = ["'", "\"", "' OR '1'='1", "%", "_", "a%", "a_", "--", "/*", "\\", "\u00e9", "e\u0301", "/", "send/'", "\u202e", "x" * 200]
    first = {key: door.submit(door.tokens["send"], f"text of {key}", key=key).document["id"] for key in keys}
    again = {key: door.submit(door.tokens["send"], f"text of {key}", key=key).document["id"] for key in keys}
    assert first == again and len(set(first.values())) == len(keys)


@pytest.mark.parametrize("place", ["line", "to", "limit", "after", "Last-Event-ID", "path", "field", "user-agent"])
def test_hostile_words_in_every_place_are_refused_in_form(door, place):
    """S24: the same words where a name, a number or an id is expected: a refusal in the one form of error, whose words are harmless
    as JSON; never an answer of another shape and never a 5xx."""
    from urllib.parse import quote
    for text in HOSTILE[:-10]:
        quoted = quote(text, safe="")
        read, send = door.tokens["read"], door.tokens["send"]
        printable = "".join(letter for letter in text if "\x20" <= letter <= "\x7e") or "x"
        answer = {
            "line": lambda: ask(door.port, "POST", "/api/v1/messages", token=send, body={"line": text, "to": ["+15550100123"], "text": "x"}),
            "to": lambda: ask(door.port, "POST", "/api/v1/messages", token=send, body={"line": "home", "to": [text], "text": "x"}),
            "limit": lambda: ask(door.port, "GET", f"/api/v1/messages?limit={quoted}", token=read),
            "after": lambda: ask(door.port, "GET", f"/api/v1/messages?after={quoted}", token=read),
            "Last-Event-ID": lambda: ask(door.port, "GET", "/api/v1/events", f"Last-Event-ID: x{printable}", token=read),
            "path": lambda: ask(door.port, "GET", f"/api/v1/messages/{quoted}", token=read),
            "field": lambda: ask(door.port, "POST", "/api/v1/messages", token=send, body={"line": "home", "to": ["+15550100123"], "text": "x", text: 1}),
            "user-agent": lambda: ask(door.port, "GET", "/nothing", f"User-Agent: {printable}"),
        }[place]()
        if place == "to" and re.fullmatch(r"[0-9*#]{1,20}", text):
            continue  # what can be dialled is a number
        assert 400 <= answer.status < 500, (text, answer.status)
        assert set(answer.document["error"]) <= {"code", "message", "field"}
        assert not re.search(rb"[\x00-\x1f\x7f]", answer.body)


def test_no_hostile_word_reaches_the_log_as_it_is(door):
    """S24: after all of the above the log has whole lines of its own and nothing that commands a terminal."""
    for text in HOSTILE:
        door.submit(door.tokens["send"], text, to=f"+1555013{HOSTILE.index(text):04}")
    log = door.log()
    assert not VISIBLE.search(log), VISIBLE.search(log)
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000 \w+ [\w.]+:", line) for line in log.splitlines()), log[-2000:]


def test_the_command_line_shows_escapes_and_obeys_none(start_door, start_modem, tmp_path):
    """S24: texts and senders' names that came in over the air are harmless in `timeline`, `line list`, `support`, errors and the log, which
    holds what the modem said."""
    modem = start_modem()
    door = start_door(lines=f"  home:\n    trunk: modem\n    device: {modem.pty}\n")
    token = door.token("reader", "read")
    senders = ["Bank\nOK", "A\rB", "+15550100777"]
    texts = [text for text in HOSTILE if 0 < len(text) < 100 and "\0" not in text]
    for number, text in enumerate(texts):
        modem.text(senders[number % len(senders)], text)
    listed = lambda: ask(door.port, "GET", "/api/v1/messages?limit=500", token=token).document["messages"]
    # The letters of a sender's name have no escape of a terminal; their own shift comes close, also twice, before nothing and before `[31m`.
    for number, septets in enumerate([[0x1B], [0x1B, 0x1B], [0x1B, 0x1B, 0x3C, 0x33, 0x31, 0x6D], [0x1B, 0x07, 0x1B, 0x5D], [0x00, 0x0D, 0x0A]]):
        texts.append(f"escape {number}")
        modem.order("pdu", hex=deliver(septets, texts[-1]).hex())
    eventually(lambda: len(listed()) == len(texts), 60, lambda: f"{len(texts)} texts, of which {len(listed())} came: this")
    assert sorted(message["text"] for message in listed()) == sorted(texts)
    print(sorted({message["sender"]["text"] for message in listed()}))
    shown = [door.command("timeline", message["id"]) for message in listed()]
    shown += [door.command("line", "list"), door.command("timeline", "\x1b[31m'"), door.command("token", "revoke", "\x1b]0;x\x07")]
    for done in shown:
        output = done.stdout + done.stderr
        assert output and not VISIBLE.search(output), repr(output)
        assert len(output.splitlines()) < 30 and not any(line.startswith("OK") for line in output.splitlines())
    bundle = door.command("support", "--output", "-").stdout
    assert "== Log" in bundle and not VISIBLE.search(bundle), VISIBLE.search(bundle)
    assert not VISIBLE.search(door.log()), VISIBLE.search(door.log())


def test_the_decoder_shows_a_text_s_escapes_and_obeys_none():
    """S24: `decode sms`, which prints the text itself, of each hostile one in UCS-2, from a sender whose name has a line end in it."""
    for text in filter(lambda text: text.isprintable() is False and len(text) < 60, HOSTILE):
        done = subprocess.run([homeline(), "decode", "sms", deliver(b"a\nOK\r!", text).hex()], capture_output=True, text=True, timeout=20)
        output = done.stdout + done.stderr
        assert done.returncode == 0 and "DELIVER" in output.upper(), output
        assert not VISIBLE.search(output), repr(output)


def test_the_decoder_shows_escapes_and_obeys_none(tmp_path):
    """S24: `decode sip` of a file full of them."""
    file = tmp_path / "message"
    file.write_bytes(
        b"MESSAGE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: \"\x1b[31m\x9b\" <sip:a@b>;tag=1\r\nTo: <sip:b@b>\r\n"
        b"Call-ID: 1\r\nCSeq: 1 MESSAGE\r\nContent-Type: text/plain\r\nContent-Length: 8\r\n\r\n\x1b]0;x\x07\xc2\x9b")
    done = subprocess.run([homeline(), "decode", "sip", str(file)], capture_output=True, timeout=20)
    output = (done.stdout + done.stderr).decode(errors="replace")
    assert output and not VISIBLE.search(output), repr(output)
