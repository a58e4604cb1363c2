"""Programs made for gammu-smsd and smstools find Homeline in their place, with a modem of its own."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from programs import eventually, homeline as program
from spools import GammuFolders, SMSToolsFolders

SENDSMS = Path("/usr/share/doc/smstools/examples/scripts/sendsms")
LONG = "viele Grüße 😀 " * 10


def line(modem):
    return {"trunk": "modem", "device": modem.pty, "segments-per-minute": 600}


@pytest.fixture
def gammu(tmp_path):
    return GammuFolders(tmp_path / "gammu")


@pytest.fixture
def smstools(tmp_path):
    return SMSToolsFolders(tmp_path / "sms")


@pytest.fixture
def in_place_of_gammu(gammu, modem, daemon, tmp_path):
    told = tmp_path / "told"
    script = tmp_path / "on-text"
    script.write_text(f'#!/bin/sh\n{{ echo "args $@"; env | grep -E "^(SMS_|DECODED_|PHONE_)" | sort; }} >> {told}.new && mv {told}.new {told}\n')
    script.chmod(0o755)

    def start(inbox_format):
        return daemon(line(modem), f"""  gammu-spool:
{gammu.section()}    inbox-format: {inbox_format}
    run-on-receive: {script}
    phone-id: SIM0
""")

    start.told = told
    return start


@pytest.mark.parametrize("command", ["gammu-smsd-inject", "homeline"])
def test_what_is_injected_leaves(gammu, modem, in_place_of_gammu, command):
    in_place_of_gammu("detail")
    texts = ["from the outbox [x] €", "from the outbox: Привет 😀 " * 6]
    for text in texts:
        words = ["TEXT", "+491701234567", "-report", "-unicode", "-len", "400", "-text", text]
        if command == "homeline":
            subprocess.run([program(), "spool", "inject", "-c", gammu.settings, *words], check=True, capture_output=True, timeout=20)
        else:
            gammu.inject(*words)
    for text in texts:
        assert modem.wait_sent(text)["to"] == "+491701234567"
    eventually(lambda: len(gammu.files("sent")) == 2, 10, "the files among those sent")
    assert not gammu.files("outbox") and not gammu.files("error")


def test_files_named_by_hand_leave_and_bad_ones_are_errors(gammu, modem, in_place_of_gammu):
    in_place_of_gammu("unicode")
    outbox = gammu.place / "outbox"
    (outbox / "OUT+491701234567.txtd").write_text("by hand, ünd")
    (outbox / "OUTA20261121_120000_00_+491701234567_note_more.txt").write_bytes("\ufeffsixteen bits 😀".encode("utf-16-be"))
    (outbox / "OUTB_123.txt").write_text("no number")
    (outbox / "readme.txt").write_text("not for gammu")
    modem.wait_sent("by hand, ünd")
    modem.wait_sent("sixteen bits 😀")
    eventually(lambda: len(gammu.files("sent")) == 2 and len(gammu.files("error")) == 1, 10, "all in their places")
    assert [file.name for file in gammu.files("outbox")] == ["readme.txt"]
    # The same words under the same name are another text.
    (outbox / "OUT+491701234567.txtd").write_text("by hand, ünd")
    eventually(lambda: [sent["text"] for sent in modem.sent()].count("by hand, ünd") == 2, 20, "the second one")


@pytest.mark.parametrize("inbox_format", ["detail", "unicode", "standard"])
def test_what_comes_is_a_file_and_the_program_is_told(gammu, modem, in_place_of_gammu, inbox_format):
    in_place_of_gammu(inbox_format)
    modem.text("+15551234567", LONG)
    count = 1 if inbox_format == "detail" else 3
    files = eventually(lambda: len(gammu.files("inbox")) == count and gammu.files("inbox"), 20, "the files")
    assert all(re.fullmatch(r"IN\d{8}_\d{6}_00_\+15551234567_\d\d\.txt", file.name) for file in files)
    if inbox_format == "detail":
        # As matrix-sms-bridge reads it: the sender between the last underscores but one, the text in the comments.
        assert files[0].name.split("_")[-2] == "+15551234567"
        comments = files[0].read_text().split("[SMSBackup000]\n", 1)[1].splitlines()
        assert "".join(line[2:] for line in comments if line.startswith("; ")) == LONG
    else:
        coding = "utf-16" if inbox_format == "unicode" else "utf-8"
        assert "".join(file.read_bytes().decode(coding) for file in files) == LONG
    told = in_place_of_gammu.told
    eventually(told.exists, 20, "the program's word")
    words = told.read_text()
    assert f"args {' '.join(file.name for file in files)}\n" in words
    for expected in ["SMS_MESSAGES=3", "SMS_1_NUMBER=+15551234567", "DECODED_PARTS=1", f"DECODED_1_TEXT={LONG}", "PHONE_ID=SIM0", "SMS_1_CLASS=-1"]:
        assert expected in words


def test_a_text_is_never_a_command(gammu, modem, in_place_of_gammu, tmp_path):
    in_place_of_gammu("standard")
    text = f"$(touch {tmp_path}/owned) `touch {tmp_path}/owned`; touch {tmp_path}/owned"
    modem.text("+15551234567", text)
    eventually(in_place_of_gammu.told.exists, 20, "the program's word")
    assert f"DECODED_1_TEXT={text}" in in_place_of_gammu.told.read_text()
    assert not (tmp_path / "owned").exists()


def settle_doubts(homeline, modem):
    """What a kill cut off between the text and its answer waits for its owner, who looks whether it left."""
    outside = [sent["text"] for sent in modem.sent()]
    for text in [message["text"] for message in homeline.messages() if message["state"] == "inDoubt"]:
        decision = "sent" if text in outside else "send-again"
        for delivery in homeline.message(text)["deliveries"]:
            if delivery["state"] == "inDoubt":
                homeline.command("settle", "--config", homeline.config, delivery["id"], decision)


def test_a_kill_neither_loses_nor_doubles(gammu, modem, in_place_of_gammu):
    homeline = in_place_of_gammu("detail")
    texts = [f"number {number}" for number in range(8)]
    for number, text in enumerate(texts):
        gammu.inject("TEXT", "+491701234567", "-text", text)
        modem.text("+15551234567", f"incoming {number}")
        if number % 3 == 1:
            homeline.kill()
            homeline.start()

    def all_are_outside():
        settle_doubts(homeline, modem)
        return {sent["text"] for sent in modem.sent()} == set(texts) and len(gammu.files("sent")) == len(texts)

    eventually(all_are_outside, 60, lambda: f"all outside and among those sent, not {modem.sent()}, {gammu.files('sent')}")
    assert len(modem.sent()) == len(texts)
    came = lambda: [re.search(r"^; (incoming \d)$", file.read_text(), re.M).group(1) for file in gammu.files("inbox")]
    eventually(lambda: len(came()) >= 8, 40, lambda: f"all in the inbox, not {came()}")
    assert sorted(came()) == [f"incoming {number}" for number in range(8)]


@pytest.fixture
def in_place_of_smsd(smstools, modem, daemon):
    return daemon(line(modem), f"  smstools-spool:\n    spool: {smstools.place}\n")


def test_debians_sendsms_is_obeyed(smstools, modem, in_place_of_smsd, tmp_path):
    # The script has its folder written into it.
    script = tmp_path / "sendsms"
    script.write_text(SENDSMS.read_text().replace("/var/spool/sms/outgoing", str(smstools.place / "outgoing")))
    texts = ["a plain text", "für Grüße und 5 €", "Привет, мир"]
    for text in texts:
        subprocess.run(["bash", script, "491701234567", text], check=True, capture_output=True, timeout=20, env={**os.environ, "LC_ALL": "C.UTF-8"})
    for text in texts:
        assert modem.wait_sent(text)["to"] == "+491701234567"
    files = eventually(lambda: len(smstools.files("sent")) == 3 and smstools.files("sent"), 10, "the files among those sent")
    assert all(b"Message_id: " in file.read_bytes() for file in files)


def test_smstools_files_of_what_came_and_of_reports(smstools, modem, in_place_of_smsd):
    modem.text("+15551234567", LONG)
    file = eventually(lambda: smstools.files("incoming"), 20, "a file")[0]
    head, body = file.read_text().split("\n\n", 1)
    assert body == LONG and "From: 15551234567" in head and "From_TOA: 91 international" in head and file.name.startswith("GSM1.")
    (smstools.place / "outgoing" / "one").write_text("To: 491701234567\nReport: yes\n\ntell me when it is there")
    modem.wait_sent("tell me when it is there")
    report = eventually(lambda: smstools.files("report"), 30, "a report")[0].read_text()
    sent = eventually(lambda: smstools.files("sent"), 10, "the file among those sent")[0].read_text()
    number = re.search(r"Message_id: (\d+)", sent).group(1)
    assert "SMS STATUS REPORT" in report and f"Message_id: {number}\n" in report and "Status: 0," in report


def test_what_smstools_would_refuse_has_a_reason(smstools, in_place_of_smsd):
    (smstools.place / "outgoing" / "nobody").write_text("Hello: 1\n\ntext")
    (smstools.place / "outgoing" / "include").write_text("To: 4917\nInclude: /etc/passwd\n\n")
    files = eventually(lambda: len(smstools.files("failed")) == 2 and smstools.files("failed"), 20, "both among what failed")
    assert all("Fail_reason: " in file.read_text() for file in files)
