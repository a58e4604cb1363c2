"""A whole daemon whose line has picture messages: what becomes of a file that the carrier does not take, and of a picture that is looked at."""

import base64
import re
import subprocess
import urllib.request

import pytest

from homeline_daemon import HomelineDaemon
from house import House, uri
from programs import eventually, need
from raw_sip import RawSIP
from virtual_modem import VirtualModem

FRIEND = "+15550100123"
# M-Read-Rec.ind (OMA-TS-MMS_ENC 1.3 §7.3.30).
READ_REPORT = bytes.fromhex("8c87")
ARCHIVE = b"PK\x03\x04" + bytes(range(256)) * 4096


class PictureDaemon(HomelineDaemon):
    def line(self, modem):
        mms = f'{{bearer: host, proxy: none, mmsc: "{modem.mmsc()}", too-large: link}}'
        return {**super().line(modem), "number": '"+15550100100"', "tell-when-read": "yes", "mms": mms}


class PictureHouse(House):
    daemon_class = PictureDaemon

    def modem_of(self, place, personality):
        return VirtualModem(place, personality, mmsc=0)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    house = PictureHouse(tmp_path_factory.mktemp("pictures"), {"alice": ["home"]})
    yield house
    house.close()


@pytest.fixture(scope="module")
def photo(tmp_path_factory):
    path = tmp_path_factory.mktemp("photo") / "photo.jpg"
    source = ["-f", "lavfi", "-i", "testsrc=size=640x480", "-frames:v", "1"]
    subprocess.run([need("ffmpeg", "ffmpeg"), "-loglevel", "error", "-y", *source, str(path)], check=True)
    return path.read_bytes()


def submit(place, text, *files):
    parts = [{"contentType": kind, "name": name, "base64": base64.b64encode(octets).decode()} for name, kind, octets in files]
    status, document = place.daemon.api("POST", "/api/v1/messages", {"line": "home", "to": [FRIEND], "text": text, "parts": parts})
    assert status == 202, document
    return document["id"]


def test_a_file_that_the_carrier_does_not_take_goes_as_a_link_in_a_text(place):
    message = submit(place, "All of it", ("holiday.zip", "application/zip", ARCHIVE))
    sent = eventually(lambda: [text for text in place.modem.sent() if "holiday.zip" in text["text"]], 30, "a text outside")[0]
    words, link = sent["text"].split("\n")
    assert words == "All of it"
    found = re.fullmatch(r"holiday\.zip \(1 MB\): (http://\S+)", link)
    assert found, link
    with urllib.request.urlopen(found.group(1)) as answer:
        assert answer.read() == ARCHIVE
        assert answer.headers["Content-Disposition"].startswith("attachment")
    entries = place.daemon.api("GET", f"/api/v1/messages/{message}/timeline")[1]["entries"]
    assert [entry["detail"] for entry in entries if entry["kind"] == "fitted"][0].startswith("A file goes as a link.")


def test_with_a_picture_beside_it_both_go_as_one_picture_message(place, photo):
    submit(place, "Two things", ("photo.jpg", "image/jpeg", photo), ("holiday.zip", "application/zip", ARCHIVE))
    picture = eventually(
        lambda: [picture for picture in place.modem.order("pictures")["pictures"] if picture["parts"][0].get("text") == "Two things"], 30,
        "a picture message outside")[0]
    kinds = [part["type"] for part in picture["parts"]]
    assert kinds == ["text/plain", "image/jpeg", "text/plain"]
    assert picture["parts"][2]["text"].startswith("holiday.zip (1 MB): http://")


def test_who_asked_for_it_is_told_when_a_picture_is_looked_at(place, photo, tmp_path):
    path = tmp_path / "look.jpg"
    path.write_bytes(photo)
    app = place.linphone("alice", "tcp").on()
    try:
        place.modem.order("picture", **{"from": FRIEND, "text": "look", "files": [str(path)], "asking": "whenRead"})
        call = next(iter(eventually(lambda: app.offers(uri(FRIEND)), 30, "the picture for Linphone")))
        reads = lambda: [pdu for pdu in map(bytes.fromhex, place.modem.order("pictures")["told"]) if pdu[:2] == READ_REPORT]
        assert reads() == [], "nobody has looked at it"
        for _ in range(2):
            assert displayed(place, call) == 200
        report = eventually(reads, 20, "a read report at the carrier's message centre")
        assert b"sim-" in report[0] and FRIEND.encode() in report[0]
        # The second app to show it changes nothing.
        assert displayed(place, call) == 200
        eventually(lambda: place.daemon.api("GET", "/health")[1]["status"] == "working", 20, "an idle daemon")
        assert len(reads()) == 1
    finally:
        app.off()


def displayed(place, call):
    """What Linphone says when its user has opened the conversation (RFC 5438); the answer's status."""
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\r\n<imdn xmlns="urn:ietf:params:xml:ns:imdn">'
        f"<message-id>{call}</message-id><datetime>2026-03-30T14:24:20Z</datetime>"
        "<display-notification><status><displayed/></status></display-notification></imdn>")
    with RawSIP(place.accounts["alice"], "tcp") as client:
        return client.call("MESSAGE", uri(FRIEND), "Content-Type: message/imdn+xml", "Content-Disposition: notification", body=body).status
