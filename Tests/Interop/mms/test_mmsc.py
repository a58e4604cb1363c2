"""The simulated MMSC, judged by curl for its HTTP and by tshark for its PDUs."""

import subprocess
import time

import pytest

from programs import Background, eventually, homeline, need
from dissection import dissect, dissect_mms, fields
from virtual_modem import OWN_NUMBER, VirtualModem

MEDIA_TYPE = "application/vnd.wap.mms-message"
FRIEND = "+15551234567"
PHOTO = bytes([0xFF, 0xD8]) + bytes(range(256)) * 200 + bytes([0xFF, 0xD9])


@pytest.fixture
def modem(tmp_path):
    modem = VirtualModem(tmp_path, mmsc=0)
    yield modem
    modem.stop()


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "photo.jpg"
    path.write_bytes(PHOTO)
    return path


def curl(*arguments, check=True):
    done = subprocess.run([need("curl", "curl"), "-sS", "--max-time", "20", *map(str, arguments)], capture_output=True)
    assert not check or done.returncode == 0, done.stderr
    return done


def announced(modem, tmp_path):
    """What the last push in the modem's memory says, by tshark, which joins the segments."""
    modem.type("AT+CMGF=0\r")
    lines = modem.type("AT+CMGL=4\r").split("\r\n")
    pdus = [bytes.fromhex(line) for line in lines if len(line) > 40 and all(digit in "0123456789ABCDEF" for digit in line)]
    tpdus = [pdu[1 + pdu[0]:] for pdu in pdus]
    return fields(dissect(tmp_path, "gsm_sms", *tpdus)[-1])


def test_what_a_friend_sends_is_announced_and_fetched_whole(modem, photo, tmp_path):
    modem.order("picture", **{"from": FRIEND, "files": [str(photo)], "text": "Grüße 🚀", "subject": "Süß"})
    eventually(lambda: modem.state()["stored"]["SM"] >= 2, 10, "the push")
    time.sleep(0.3)
    notification = announced(modem, tmp_path)
    assert FRIEND in str(notification["from"]) and notification["message_type"] == ["0x82"]
    address = notification["content_location"][0]
    fetched = curl("-i", address).stdout
    head, body = fetched.split(b"\r\n\r\n", 1)
    assert head.startswith(b"HTTP/1.1 200") and MEDIA_TYPE.encode() in head
    assert int(notification["message_size"][0]) == len(body)
    retrieval = dissect_mms(tmp_path, body)
    assert PHOTO.hex() in str(retrieval).replace(":", "").lower()
    known = fields(retrieval["mmse"])
    assert known["message_type"] == ["0x84"] and FRIEND in str(known["from"])


def test_what_a_line_posts_is_confirmed_and_arrives_outside(modem, tmp_path):
    request = tmp_path / "request.mms"
    head = b"\x8c\x80\x98T9\x00\x8d\x92\x89\x01\x81\x97" + FRIEND.encode() + b"/TYPE=PLMN\x00\x86\x80\x96Hello\x00"
    request.write_bytes(head + b"\x84\xa3\x01\x01\x02\x83hi")
    assert fields(dissect_mms(tmp_path, request.read_bytes()))["subject"] == ["Hello"]
    answer = curl("-H", f"Content-Type: {MEDIA_TYPE}", "--data-binary", f"@{request}", modem.mmsc()).stdout
    confirmation = fields(dissect_mms(tmp_path, answer)["mmse"])
    assert confirmation["message_type"] == ["0x81"] and confirmation["transaction_id"] == ["T9"]
    assert confirmation["response_status"] == ["0x80"] and confirmation["message_id"]
    (picture,) = modem.order("pictures")["pictures"]
    assert picture["to"] == [FRIEND] and picture["subject"] == "Hello" and [part["text"] for part in picture["parts"]] == ["hi"]
    # The delivery report comes back by push.
    eventually(lambda: modem.state()["stored"]["SM"] >= 1, 10, "the report")
    report = announced(modem, tmp_path)
    assert report["message_type"] == ["0x86"] and report["message_id"] == confirmation["message_id"] and FRIEND in str(report["to"])


@pytest.mark.parametrize(
    "fault, fields, code",
    [
        ("status", {"code": 404}, 22), ("status", {"code": 410}, 22), ("status", {"code": 503}, 22), ("cut", {"octets": 1000}, 18),
        ("slow", {"seconds": 9}, 28), ("redirect", {"address": "http://127.0.0.1:9/"}, 7),
    ])
def test_faults_are_what_curl_calls_them(modem, photo, tmp_path, fault, fields, code):
    modem.order("picture", **{"from": FRIEND, "files": [str(photo)]})
    address = modem.order("mmsc")["waiting"][0]
    modem.order("mmsc", fault=fault, **fields)
    done = curl("-f", "-L", "--max-time", "3", "-o", tmp_path / "out", address, check=False)
    assert done.returncode == code, done.stderr
    assert curl("-f", address).stdout[:1] == b"\x8c"


@pytest.mark.parametrize("fault", ["gzip", "chunked", "wrongType"])
def test_other_wrappings_hold_the_same_message(modem, photo, fault):
    modem.order("picture", **{"from": FRIEND, "files": [str(photo)]})
    address = modem.order("mmsc")["waiting"][0]
    plain = curl(address).stdout
    modem.order("mmsc", fault=fault)
    assert curl("--compressed", address).stdout == plain


def test_a_proxy_request_is_answered_too(modem, photo):
    modem.order("picture", **{"from": FRIEND, "files": [str(photo)]})
    address = modem.order("mmsc")["waiting"][0]
    assert curl("--proxy", address.rsplit("/", 2)[0], "--noproxy", "", address).stdout == curl(address).stdout
