"""smstools (its daemon is called smsd), both ways. It joins commands with semicolons.

It cuts a text at the first character outside the basic plane, so no emoji here: that is its fault, not the modem's.
"""

import pytest

from programs import eventually
from spools import SMSToolsFolders, start_smsd


@pytest.fixture
def modem(start_modem):
    # smstools looks for reports among the messages, where Huawei keeps them.
    return start_modem("e3531")


@pytest.fixture
def smsd(modem, run, tmp_path):
    """A running smsd; its spool directory."""
    start_smsd(run, SMSToolsFolders(tmp_path, modem))
    return tmp_path


def test_writes_what_came_to_a_file(smsd, modem):
    modem.text("+15551234567", "für das Verzeichnis")
    file = eventually(lambda: list((smsd / "incoming").glob("GSM1.*")), 20, "a file")[0]
    eventually(lambda: "für das Verzeichnis" in file.read_text(), 20, "the text in the file")
    assert "From: 15551234567" in file.read_text()


def test_knows_the_modem_and_writes_a_long_text_whole(smsd, modem):
    text = "длинное сообщение для каталога, zwei Alphabete. " * 4
    modem.text("+15551234567", text)
    whole = lambda: [file for file in (smsd / "incoming").glob("GSM1.*") if text.strip() in file.read_text(errors="replace")]
    eventually(whole, 20, "the whole text in one file")
    assert "IMSI: 262011234567890" in (smsd / "incoming").glob("GSM1.*").__next__().read_text()


def test_sends_a_long_text_and_keeps_the_report(smsd, modem):
    text = "a text long enough for more than one segment, with ümlauts " * 4
    (smsd / "outgoing" / "one").write_text(f"To: 491701234567\nReport: yes\nAlphabet: UTF-8\n\n{text}")
    sent = modem.wait_sent(text, within=30)
    assert sent["to"] == "+491701234567"
    assert sent["segments"] == 2
    eventually(lambda: list((smsd / "sent").iterdir()), 10, "the file among those sent")
    report = eventually(lambda: list((smsd / "report").iterdir()), 20, "a report")[0]
    eventually(lambda: "SMS STATUS REPORT" in report.read_text(), 20, "the status in the report")
