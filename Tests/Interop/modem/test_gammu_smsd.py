"""gammu-smsd with its FILES service, both ways."""

import subprocess

import pytest

from programs import eventually, need
from spools import UTF8, GammuFolders, start_gammu_smsd


@pytest.fixture
def modem(start_modem):
    # gammu-smsd looks for reports among the messages, where Huawei keeps them.
    return start_modem("e3531")


@pytest.fixture
def smsd(modem, run, tmp_path):
    """A running gammu-smsd; its folders."""
    gammu = GammuFolders(tmp_path, modem, inbox_format="unicode", reports="log")
    start_gammu_smsd(run, gammu)
    return gammu


@pytest.mark.parametrize("text", ["a text for the file", "viele Grüße 😀 " * 10], ids=["short", "long"])
def test_writes_what_came_to_a_file(smsd, modem, text):
    modem.text("+15551234567", text)
    files = lambda: sorted((smsd.place / "inbox").glob("IN*_+15551234567_*.txt"))
    # Behind a text with emoji gammu-smsd writes a NUL and whatever lay in its buffer.
    together = lambda: "".join(file.read_bytes().decode("utf-16").split("\0")[0] for file in files())
    eventually(lambda: together() == text, 20, "the text in the inbox")
    eventually(lambda: modem.state()["stored"]["SM"] == 0, 10, "an empty card")


def test_sends_what_lies_in_the_outbox(smsd, modem):
    text = "from the outbox: Привет 😀 " * 4
    smsd.inject("TEXT", "+491701234567", "-report", "-unicode", "-autolen", "400", "-text", text)
    sent = modem.wait_sent(text)
    assert sent["to"] == "+491701234567"
    assert sent["report"]
    eventually(lambda: list((smsd.place / "sent").iterdir()), 10, "the file among those sent")
    assert not list((smsd.place / "error").iterdir())


def test_knows_the_modem_and_logs_the_report(smsd, modem):
    monitor = need("gammu-smsd-monitor", "gammu-smsd")

    def status():
        done = subprocess.run(
            [monitor, "-c", smsd.settings, "-n", "1", "-d", "1"], capture_output=True, text=True, timeout=20, env=UTF8)
        return done.stdout
    eventually(lambda: "262011234567890" in status(), 20, "the card's IMSI")
    text = "tell me when it is there"
    smsd.inject("TEXT", "+491701234567", "-report", "-text", text)
    assert modem.wait_sent(text)["report"]
    log = smsd.place / "gammu-smsd.log"
    eventually(lambda: "Delivery report" in log.read_text(errors="replace"), 20, lambda: log.read_text(errors="replace")[-2000:])


def test_tries_again_what_the_network_refused(smsd, modem):
    modem.order("air", fault="refuse", code=42, times=2)
    (smsd.place / "outbox" / "OUT+491701234567.txt").write_text("at the third try")
    modem.wait_sent("at the third try")
    eventually(lambda: list((smsd.place / "sent").iterdir()), 10, "the file among those sent")
    assert len(modem.sent()) == 1
