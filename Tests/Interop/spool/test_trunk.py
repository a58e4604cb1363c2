"""Homeline sends and receives through a real gammu-smsd and a real smsd, which have the modem."""

import time

import pytest

from programs import eventually
from spools import GammuFolders, SMSToolsFolders, start_gammu_smsd, start_smsd

TEXTS = {
    "short": "on my way",
    "braces": "[x] {y} € ~ ^ \\ | @ _ $ £ ä ß",
    "long": "a text long enough for more than one segment, with ümlauts. " * 4,
    "emoji": "Привет 😀 viele Grüße " * 8,
}


@pytest.fixture(params=["gammu", "smstools"])
def peer(request, run, modem, tmp_path):
    """A running program with the modem, and the section of a line that uses it."""
    if request.param == "gammu":
        gammu = GammuFolders(tmp_path / "gammu", modem)
        gammu.line = {"trunk": "gammu-spool", **{name: gammu.place / name for name in ("inbox", "outbox", "sent", "error")}}
        gammu.start = lambda: start_gammu_smsd(run, gammu)
        return gammu
    smstools = SMSToolsFolders(tmp_path / "sms", modem)
    smstools.line = {"trunk": "smstools-spool", "spool": smstools.place}
    smstools.start = lambda: start_smsd(run, smstools)
    return smstools


def test_every_text_leaves_whole_and_is_reported(peer, modem, daemon):
    peer.start()
    homeline = daemon(peer.line)
    for key, text in TEXTS.items():
        homeline.send("+491701234567", text, key)
    for text in TEXTS.values():
        assert modem.wait_sent(text, within=60)["to"] == "+491701234567"
        eventually(lambda: homeline.state_of(text) == "delivered", 60, lambda: f"delivered instead of {homeline.message(text)}")
    assert len(modem.sent()) == len(TEXTS)


@pytest.mark.parametrize("text", ["a short one", "viele Grüße ж " * 20], ids=["short", "long"])
def test_what_comes_is_a_message_and_the_file_is_gone(peer, modem, daemon, text):
    peer.start()
    homeline = daemon(peer.line)
    modem.text("+15551234567", text)
    modem.text("MyBank", "your code\nis 5")
    homeline.wait_recorded([text, "your code\nis 5"], within=40)
    inbox = peer.line.get("inbox") or peer.place / "incoming"
    eventually(lambda: not [file for file in inbox.iterdir() if file.is_file()], 10, "an empty folder")
    assert homeline.texts().count(text) == 1


def test_segments_that_come_slowly_are_one_text(modem, run, daemon, tmp_path):
    smstools = SMSToolsFolders(tmp_path / "sms", modem)
    start_smsd(run, smstools)
    homeline = daemon({"trunk": "smstools-spool", "spool": smstools.place})
    store = smstools.place / "incoming" / "GSM1-concatenated"
    for sequence, piece in enumerate(["die erste Hälfte, ", "die zweite"], start=1):
        text = piece.encode("utf-16-be")
        data = bytes([5, 0, 3, 42, 2, sequence]) + text
        sender = "0B915155214365F7"
        modem.order("pdu", hex=f"0044{sender}000862112191000040{len(data):02X}{data.hex()}")
        if sequence == 1:
            eventually(lambda: store.exists() and store.stat().st_size > 0, 20, "the first segment in smsd's store")
            # Longer than any file must be still before it is read.
            time.sleep(5)
            assert store.stat().st_size > 0
    homeline.wait_recorded(["die erste Hälfte, die zweite"], within=40)
    assert not (smstools.place / "incoming" / "alien").exists()


def test_homeline_is_killed_while_a_text_waits_and_it_leaves_once(peer, modem, daemon):
    homeline = daemon(peer.line)
    text = TEXTS["emoji"]
    homeline.send("+491701234567", text, "one")
    outbox = peer.line.get("outbox") or peer.place / "outgoing"
    files = 1 if "inbox" in peer.line else 3
    eventually(lambda: len([file for file in outbox.iterdir() if not file.name.startswith(".")]) == files, 10, "what is to be sent")
    homeline.kill()
    # The program sends while Homeline is away; another one is killed while it does.
    peer.start()
    modem.wait_sent(text, within=40)
    homeline.start()
    eventually(lambda: homeline.state_of(text) == "delivered", 60, lambda: f"delivered instead of {homeline.message(text)}")
    second = "the second, with a kill in the middle"
    homeline.send("+491701234567", second, "two")
    homeline.kill()
    homeline.start()
    modem.wait_sent(second, within=40)
    eventually(lambda: homeline.state_of(second) in ("sent", "delivered"), 60, lambda: f"sent instead of {homeline.message(second)}")
    assert [sent["text"] for sent in modem.sent()] == [text, second]


def test_what_came_while_homeline_was_away_is_read_once(peer, modem, daemon):
    peer.start()
    homeline = daemon(peer.line)
    homeline.kill()
    modem.text("+15551234567", "while you were away")
    inbox = peer.line.get("inbox") or peer.place / "incoming"
    eventually(lambda: [file for file in inbox.iterdir() if file.is_file()], 40, "a file")
    homeline.start()
    homeline.wait_recorded(["while you were away"], within=20)
    homeline.kill()
    homeline.start()
    assert homeline.texts() == ["while you were away"]
    modem.text("+15551234567", "while you were away")
    eventually(lambda: homeline.texts() == ["while you were away"] * 2, 40, "the same words once more")
