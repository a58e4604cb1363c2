"""gammu, the command: it talks to the modem octet by octet and wants its echo.

Every call takes it some four seconds, whatever the modem does, so the cases of a test run side by side.
"""

import subprocess

import pytest

from programs import eventually, need, together

LONG = "This text is longer than one hundred and sixty characters, so that it needs two segments. " * 2
UNICODE = "Grüße 😀 aus Köln, Привет! " * 5
MAKERS = [
    ("generic", "Generic"), ("e1750", "Huawei"), ("e3372s", "Huawei"), ("e3531", "Huawei"), ("mf823", "ZTE"), ("ec25", "Quectel"),
    ("sim7600", "SIMCOM"), ("sim800", "SIMCOM"), ("sim900", "SIMCOM"), ("mc7455", "Sierra"),
    # It names no manufacturer; gammu shows the model in that place.
    ("a7670e", "A7670E")]


@pytest.fixture
def gammu():
    program = need("gammu", "gammu")

    def call(modem, *arguments):
        settings = modem.pty.with_name("gammurc")
        settings.write_text(f"[gammu]\ndevice={modem.pty}\nconnection=at115200\n")
        done = subprocess.run(
            [program, "-c", settings, *arguments], capture_output=True, text=True, timeout=30, stdin=subprocess.DEVNULL,
            env={"LC_ALL": "C.UTF-8"})
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return call


def test_identifies_every_personality(start_modem, gammu):
    def identify(modem, maker):
        answer = gammu(modem, "identify")
        assert maker.lower() in answer.lower()
        assert "262011234567890" in answer

    together(identify, [(start_modem(personality), maker) for personality, maker in MAKERS])


def test_sends(start_modem, gammu):
    def send(modem, text, options, segments):
        gammu(modem, "sendsms", "TEXT", "+491701234567", "-report", *options, "-text", text)
        sent = modem.wait_sent(text)
        assert (sent["to"], sent["segments"], sent["report"]) == ("+491701234567", segments, True)

    together(send, [
        (start_modem(), "a short one", [], 1),
        (start_modem("e3531"), LONG, ["-autolen", "400"], 2),
        (start_modem("sim7600"), UNICODE, ["-unicode", "-autolen", "400"], 3)])


def test_lists_what_was_received(start_modem, gammu):
    def receive(modem, sender, text):
        modem.text(sender, text)
        answer = gammu(modem, "getallsms")
        assert f'"{sender}"' in answer
        # A long text is shown segment by segment.
        assert text[:40] in answer

    together(receive, [
        (start_modem(), "+15551234567", "plain and short"),
        (start_modem("ec25"), "+15551234567", LONG),
        (start_modem("e1750"), "+15551234567", UNICODE),
        (start_modem("mc7455"), "MyBank", "Your code is 1234"),
        (start_modem("sim800"), "22333", "from a short code")])


def test_asks_for_the_balance_in_every_encoding(start_modem, gammu):
    def ask(modem, style):
        if style:
            modem.order("ussd", mode=style)
        assert "Balance: 12.34 EUR" in gammu(modem, "getussd", "*100#")

    together(ask, [
        (start_modem("mf823"), None), (start_modem("ec25"), None),
        # Packed septets gammu unpacks for Huawei only, by name.
        (start_modem("e3531"), "packed"), (start_modem(), "ucs2"), (start_modem(), "plain"), (start_modem(), "gsm")])


def test_deletes_what_it_read(start_modem, gammu):
    def delete(modem):
        modem.text("+15551234567", "to be deleted")
        gammu(modem, "deletesms", "1", "1")
        eventually(lambda: modem.state()["stored"]["SM"] == 0, 20, "an empty card")

    together(delete, [(start_modem(),), (start_modem("e3531"),)])
