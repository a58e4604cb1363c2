"""gammu-smsd with its FILES service, both ways."""

import subprocess

import pytest

from programs import eventually, need


@pytest.fixture
def modem(start_modem):
    # gammu-smsd looks for reports among the messages, where Huawei keeps them.
    return start_modem("e3531")


@pytest.fixture
def smsd(modem, run, tmp_path):
    """A running gammu-smsd; its directory."""
    for folder in ("inbox", "outbox", "sentbox", "errorbox"):
        (tmp_path / folder).mkdir()
    (tmp_path / "smsdrc").write_text(f"""
[gammu]
device={modem.pty}
connection=at115200
[smsd]
service=files
logfile=stdout
debuglevel=1
inboxpath={tmp_path}/inbox/
outboxpath={tmp_path}/outbox/
sentsmspath={tmp_path}/sentbox/
errorsmspath={tmp_path}/errorbox/
inboxformat=unicode
transmitformat=auto
commtimeout=1
sendtimeout=10
loopsleep=1
checksecurity=0
checkbattery=0
checksignal=0
checknetwork=0
deliveryreport=log
""")
    run("smsd", need("gammu-smsd", "gammu-smsd"), "-c", tmp_path / "smsdrc", env={"LC_ALL": "C.UTF-8"})
    return tmp_path


@pytest.mark.parametrize("text", ["a text for the file", "viele Grüße 😀 " * 10], ids=["short", "long"])
def test_writes_what_came_to_a_file(smsd, modem, text):
    modem.text("+15551234567", text)
    files = lambda: sorted((smsd / "inbox").glob("IN*_+15551234567_*.txt"))
    # Behind a text with emoji gammu-smsd writes a NUL and whatever lay in its buffer.
    together = lambda: "".join(file.read_bytes().decode("utf-16").split("\0")[0] for file in files())
    eventually(lambda: together() == text, 20, "the text in the inbox")
    eventually(lambda: modem.state()["stored"]["SM"] == 0, 10, "an empty card")


def test_sends_what_lies_in_the_outbox(smsd, modem):
    text = "from the outbox: Привет 😀 " * 4
    inject = need("gammu-smsd-inject", "gammu-smsd")
    subprocess.run(
        [inject, "-c", smsd / "smsdrc", "TEXT", "+491701234567", "-report", "-unicode", "-autolen", "400", "-text", text], check=True,
        capture_output=True, timeout=10, env={"LC_ALL": "C.UTF-8"})
    sent = modem.wait_sent(text)
    assert sent["to"] == "+491701234567"
    assert sent["report"]
    eventually(lambda: list((smsd / "sentbox").iterdir()), 10, "the file among those sent")
    assert not list((smsd / "errorbox").iterdir())


def test_knows_the_modem_and_logs_the_report(smsd, modem):
    monitor = need("gammu-smsd-monitor", "gammu-smsd")
    inject = need("gammu-smsd-inject", "gammu-smsd")
    def status():
        done = subprocess.run(
            [monitor, "-c", smsd / "smsdrc", "-n", "1", "-d", "1"], capture_output=True, text=True, timeout=20, env={"LC_ALL": "C.UTF-8"})
        return done.stdout
    eventually(lambda: "262011234567890" in status(), 20, "the card's IMSI")
    text = "tell me when it is there"
    subprocess.run(
        [inject, "-c", smsd / "smsdrc", "TEXT", "+491701234567", "-report", "-text", text], check=True, capture_output=True, timeout=10,
        env={"LC_ALL": "C.UTF-8"})
    assert modem.wait_sent(text)["report"]
    log = smsd / "smsd.log"
    eventually(lambda: "Delivery report" in log.read_text(errors="replace"), 20, lambda: log.read_text(errors="replace")[-2000:])


def test_tries_again_what_the_network_refused(smsd, modem):
    modem.order("air", fault="refuse", code=42, times=2)
    (smsd / "outbox" / "OUT+491701234567.txt").write_text("at the third try")
    modem.wait_sent("at the third try")
    eventually(lambda: list((smsd / "sentbox").iterdir()), 10, "the file among those sent")
    assert len(modem.sent()) == 1
