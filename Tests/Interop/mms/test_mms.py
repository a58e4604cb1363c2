"""Two programs that we did not write judge our MMS: tshark (Debian) and python-messaging (PyPI)."""

import json
import pathlib
import random
import subprocess

import pytest

from programs import homeline
from tshark import as_http, dissect

ROOT = pathlib.Path(__file__).resolve().parents[3]
VECTORS = ROOT / "Tests" / "Vectors" / "mms"
HTTP = ["-T", "80,40000"]
PUSH = ["-u", "9200,2948"]


def vectors(name):
    return [json.loads(line) for line in (VECTORS / name).read_text().splitlines()]


def written(vector):
    """What we write of a vector, as the unit tests hold us to."""
    return bytes.fromhex(vector.get("encoded", vector["hex"]))


def python_messaging(*arguments):
    python = ROOT / "var" / "venv" / "bin" / "python"
    if not python.exists():
        pytest.fail("python-messaging is missing: Scripts/install-missing interop", pytrace=False)
    program = ROOT / "Tests" / "Interop" / "lib" / "python_messaging.py"
    done = subprocess.run([python, program, *arguments], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    return done.stdout


def decoded(path):
    done = subprocess.run([homeline(), "decode", "mms", path], capture_output=True, text=True, timeout=20)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def photo(tmp_path):
    """Octets that a codec has no way to guess; JPEG's marker first."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0" + random.Random(4).randbytes(200_000))
    return path


@pytest.fixture
def composed(tmp_path, photo):
    """A picture message as a person would send it."""
    path = tmp_path / "composed.mms"
    command = ["compose", "mms", "--to", "+15550123", "--cc", "joe@example.org", "--subject", "Grüße", "--text", "Look 👋", "--file", photo,
               "--report", "--transaction", "H1", "--output", path]
    subprocess.run([homeline(), *command], check=True, timeout=20)
    return path


def test_tshark_reads_every_pdu_that_we_write(tmp_path):
    # A content that is no multipart though it says so is passed on as it came, and is not ours.
    lines = [vector for vector in vectors("pdus.jsonl") if "malformed" not in vector["provenance"]]
    fields = ["mmse.message_type", "mmse.transaction_id", "mmse.content_location"]
    rows = dissect(tmp_path, [as_http(written(vector)) for vector in lines], HTTP, fields)
    assert len(rows) == len(lines) > 60
    for vector, (malformed, kind, transaction, location) in zip(lines, rows):
        assert not malformed, f"{vector['name']}: {malformed}"
        assert int(kind[0], 16) == written(vector)[1], vector["name"]
        assert transaction[:1] == ([vector["fields"]["transactionID"]] if vector["fields"].get("transactionID") else []), vector["name"]
        if "contentLocation" in vector["fields"]:
            assert location == [vector["fields"]["contentLocation"]], vector["name"]


def test_tshark_reads_every_push_that_we_write(tmp_path):
    lines = vectors("pushes.jsonl")
    rows = dissect(tmp_path, [written(vector) for vector in lines], PUSH, ["wsp.header.content_type", "mmse.message_type"])
    assert len(rows) == len(lines) > 10
    for vector, (malformed, content_type, kind) in zip(lines, rows):
        assert not malformed, f"{vector['name']}: {malformed}"
        assert content_type == [vector["contentType"].split(";")[0]], vector["name"]
        assert bool(kind) == (vector["kind"] == "multimediaMessage"), vector["name"]


def test_tshark_reads_a_composed_picture_message(tmp_path, composed, photo):
    fields = ["mmse.message_type", "mmse.to", "mmse.cc", "mmse.delivery_report", "wsp.multipart"]
    rows = dissect(tmp_path, [as_http(composed.read_bytes())], HTTP, fields)
    assert not any(row[0] for row in rows), rows
    [row] = [row for row in rows if row[1]]
    assert row[1:5] == [["0x80"], ["+15550123/TYPE=PLMN"], ["joe@example.org"], ["0x80"]]
    assert row[5] == ["1", "2", "3"]


def test_python_messaging_reads_a_composed_picture_message(composed, photo):
    told = json.loads(python_messaging("read", composed))
    assert told["headers"]["Message-Type"] == "m-send-req"
    assert told["headers"]["Transaction-Id"] == "H1"
    assert told["headers"]["To"] == "+15550123/TYPE=PLMN"
    assert told["headers"]["Cc"] == "joe@example.org"
    assert told["headers"]["Subject"] == "Grüße"
    assert told["headers"]["Delivery-Report"] == "True"
    kinds = [kind for kind, _, _ in told["parts"]]
    assert kinds == ["application/smil", "image/jpeg", "text/plain"]
    assert bytes.fromhex(told["parts"][1][1]) == photo.read_bytes()
    assert bytes.fromhex(told["parts"][2][1]).decode() == "Look 👋"


def test_what_python_messaging_writes_decodes_here(tmp_path, photo):
    path = tmp_path / "theirs.mms"
    python_messaging("write", path, "+15550123/TYPE=PLMN", "Holiday", "Look at this", photo)
    shown = decoded(path)
    for line in ["m-send-req", "  transactionID: PM1", "  to: +15550123/TYPE=PLMN", "  subject: Holiday"]:
        assert line in shown.splitlines(), shown
    assert f"image/jpeg, {photo.stat().st_size} octets" in shown
    assert photo.read_bytes()[:32].hex().upper() in shown
    assert "Look at this" in shown


def test_a_composed_message_is_shown_by_name(composed):
    shown = decoded(composed)
    for line in ["  transactionID: H1", "  cc: joe@example.org", "  subject: Grüße", "  deliveryReport: true", "      Look 👋"]:
        assert line in shown.splitlines(), shown


def test_a_push_in_digits_is_shown_by_name(tmp_path):
    path = tmp_path / "push.hex"
    path.write_text(vectors("pushes.jsonl")[0]["hex"] + "\n")
    shown = decoded(path)
    assert shown.splitlines()[0] == "push: multimediaMessage"
    assert "      expiry: in 172800 s" in shown.splitlines()
    assert "      contentLocation: http://mms.example.net/servlets/mms?message-id=48F1A2" in shown.splitlines()


def test_what_is_neither_is_refused_with_its_place(tmp_path):
    path = tmp_path / "noise"
    path.write_bytes(b"\x00\x01\x02")
    done = subprocess.run([homeline(), "decode", "mms", path], capture_output=True, text=True, timeout=20)
    assert done.returncode == 1
    assert "octet" in done.stderr and not done.stdout
