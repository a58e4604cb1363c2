"""Programs that we did not write open our backups, and we open theirs."""

import json
import os
import signal
import sqlite3
import subprocess
import time
import xml.etree.ElementTree as ElementTree

import pytest

from age import age
from programs import homeline

PASSPHRASE = "correct horse battery"
PHONE = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="2">
  <sms address="0791234567" date="1600000000000" type="1" body="Salut &#55357;&#56832; &amp; &lt;b&gt;&#10;zwei" />
  <mms date="1600000001000" msg_box="2" address="+41791234567~+41791234568" sub="null"><parts>
    <part seq="0" ct="image/png" cl="p.png" text="null" data="iVBORw0KGgo=" /><part seq="1" ct="text/plain" text="look" />
  </parts><addrs><addr address="insert-address-token" type="137" /></addrs></mms>
</smses>
"""


def run(*arguments, **rest):
    """Runs homeline; it must end well."""
    subprocess.run([homeline(), *map(str, arguments)], check=True, timeout=120, **rest)


@pytest.fixture
def house(tmp_path):
    """A state directory with a phone's past in it, and its configuration."""
    configuration = tmp_path / "homeline.yaml"
    configuration.write_text(f"state: {tmp_path}/state\ncountry: CH\nlines:\n  home:\n    trunk: loopback\n")
    (tmp_path / "passphrase").write_text(PASSPHRASE + "\n")
    (tmp_path / "phone.xml").write_text(PHONE)
    run("import", "android-xml", tmp_path / "phone.xml", "--line", "home", "--config", configuration)
    return tmp_path


def backup(house):
    file = house / "b.tar.age"
    run("backup", file, "--passphrase-file", house / "passphrase", "--config", house / "homeline.yaml")
    return file


def test_age_and_tar_open_a_backup(house):
    code, said = age(["--decrypt", "-o", str(house / "b.tar"), str(backup(house))], PASSPHRASE)
    assert code == 0, said
    out = house / "out"
    out.mkdir()
    subprocess.run(["tar", "xf", house / "b.tar", "-C", out], check=True)
    assert json.loads((out / "about.json").read_text())["messages"] == 2
    with sqlite3.connect(f"file:{out}/state/ledger.sqlite?mode=ro", uri=True) as ledger:
        assert ledger.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert ledger.execute("SELECT count(*) FROM message").fetchone() == (2,)
    assert (out / "configuration" / str(house / "homeline.yaml").lstrip("/")).read_text() == (house / "homeline.yaml").read_text()


def test_an_archive_of_tar_and_age_is_restored(house):
    age(["--decrypt", "-o", str(house / "b.tar"), str(backup(house))], PASSPHRASE)
    out = house / "out"
    out.mkdir()
    subprocess.run(["tar", "xf", house / "b.tar", "-C", out], check=True)
    subprocess.run(["tar", "cf", house / "again.tar", "-C", out, "about.json", "configuration", "state", "end.json"], check=True)
    code, said = age(["--passphrase", "-o", str(house / "again.tar.age"), str(house / "again.tar")], PASSPHRASE, times=2)
    assert code == 0, said
    run("restore", house / "again.tar.age", "--state", house / "restored", "--passphrase-file", house / "passphrase")
    with sqlite3.connect(f"file:{house}/restored/ledger.sqlite?mode=ro", uri=True) as ledger:
        assert ledger.execute("SELECT count(*) FROM message").fetchone() == (2,)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_dry_restore_that_is_ended_leaves_nothing(house, end):
    """Texts lie in the clear while it looks."""
    scratch = house / "scratch"
    scratch.mkdir()
    looking = subprocess.Popen(
        [homeline(), "restore", "--dry-run", backup(house), "--passphrase-file", house / "passphrase"], env={**os.environ, "TMPDIR": str(scratch)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # The passphrase takes it a while, and it has its place by then.
    while looking.poll() is None and not any(os.scandir(scratch)):
        time.sleep(0.002)
    looking.send_signal(end)
    assert looking.wait(20) == 128 + end
    assert os.listdir(scratch) == []


def test_a_backup_tells_what_it_leaves_out(house):
    with open(house / "homeline.yaml", "a") as configuration:
        configuration.write(f"backup:\n  folder: {house}\n  passphrase-file: {house}/passphrase\n")
    (house / "passphrase").write_text(PASSPHRASE + "\n" + " " * (1 << 20))
    made = subprocess.run([homeline(), "backup", house / "b.tar.age", "--config", house / "homeline.yaml"], capture_output=True, text=True, timeout=120)
    assert made.returncode == 0, made.stderr
    assert f"{house}/passphrase is not in it: it is larger than 1 MiB." in made.stdout


def test_a_backup_that_was_cut_or_changed_is_refused_and_changes_nothing(house):
    whole = backup(house).read_bytes()
    for name, octets in [("cut", whole[:-20]), ("changed", whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])]:
        (house / name).write_bytes(octets)
        command = [homeline(), "restore", house / name, "--state", house / "restored", "--passphrase-file", house / "passphrase"]
        assert subprocess.run(command, capture_output=True, timeout=60).returncode == 65
        assert os.listdir(house / "restored") == ["lock"]


def test_what_left_and_what_came_is_in_the_audit_log(house):
    run("export", house / "out.json", "--config", house / "homeline.yaml")
    file = backup(house)
    (house / "restored.yaml").write_text((house / "homeline.yaml").read_text().replace(f"{house}/state", f"{house}/restored"))
    run("restore", file, "--state", house / "restored", "--passphrase-file", house / "passphrase")

    def acts(configuration):
        told = subprocess.run([homeline(), "console", "audit", "--config", configuration], capture_output=True, text=True, timeout=60, check=True).stdout
        return [word for line in told.splitlines() for word in line.split() if word in ("imported", "exported", "backupTaken", "restored")]

    # The latest first; a backup has what was before it.
    assert acts(house / "homeline.yaml") == ["backupTaken", "exported", "imported"]
    assert acts(house / "restored.yaml") == ["restored", "exported", "imported"]


def test_the_xml_is_well_formed_and_says_what_it_should(house):
    run("export", "--format", "android-xml", house / "out.xml", "--config", house / "homeline.yaml")
    root = ElementTree.parse(house / "out.xml").getroot()
    assert root.tag == "smses" and root.attrib["count"] == "2" and len(root) == 2
    sms, mms = root
    assert sms.attrib["body"] == "Salut 😀 & <b>\nzwei"
    assert (sms.attrib["address"], sms.attrib["date"], sms.attrib["type"]) == ("+41791234567", "1600000000000", "1")
    assert mms.attrib["address"] == "+41791234567~+41791234568" and mms.attrib["msg_box"] == "2"
    assert [part.attrib.get("data") for part in mms.find("parts")] == ["iVBORw0KGgo=", None]
    assert {party.attrib["type"] for party in mms.find("addrs")} == {"137", "151"}


def test_the_json_is_one_document(house):
    run("export", house / "out.json", "--config", house / "homeline.yaml")
    document = json.loads((house / "out.json").read_text())
    assert document["format"] == "homeline-messages" and document["count"] == 2
    assert document["messages"][0]["text"] == "Salut 😀 & <b>\nzwei"
    assert document["messages"][1]["parts"][0]["data"] == "iVBORw0KGgo="


def test_vobject_reads_our_contacts_and_we_read_its(house):
    import vobject

    card = vobject.vCard()
    card.add("fn").value = "Zoë Müller, with; everything"
    card.add("n").value = vobject.vcard.Name(family="Müller", given="Zoë")
    card.add("tel").value = "079 123 45 67"
    card.tel.type_param = "CELL"
    card.add("note").value = "one\ntwo " + "long " * 40
    (house / "in.vcf").write_bytes(card.serialize().encode())
    config = ["--config", house / "homeline.yaml"]
    run("console", "password", "alice", *config, input="correct horse\n", text=True)
    run("contacts", "import", house / "in.vcf", "--person", "alice", *config)
    run("contacts", "export", house / "out.vcf", "--person", "alice", *config)
    read = vobject.readOne((house / "out.vcf").read_bytes().decode())
    assert read.fn.value == card.fn.value
    assert read.note.value == card.note.value
    assert read.tel.value == "079 123 45 67" and read.tel.type_param == "CELL"
