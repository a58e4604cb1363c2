"""A line whose SIM is in a phone with Fossify Messages: texts and photos both ways, and the phone away and back."""

import base64
import time
import urllib.request

import pytest

from fossify_phone import FossifyPhone
from handset_daemon import FRIEND, HandsetDaemon, photo
from programs import eventually, free_port

TOKEN = "token-of-the-phone"
WEBHOOK_TOKEN = "token-of-the-webhook-0123456789"


@pytest.fixture
def phone_house(tmp_path):
    """A daemon with one line, and the phone that has its SIM."""
    (tmp_path / "token").write_text(TOKEN + "\n")
    (tmp_path / "webhook-token").write_text(WEBHOOK_TOKEN + "\n")
    port = free_port()
    keys = {
        "trunk": "fossify", "url": f"http://127.0.0.1:{port}", "token-file": tmp_path / "token", "webhook-token-file": tmp_path / "webhook-token",
        "poll": "1s", "too-large": "link",
    }
    daemon = HandsetDaemon(tmp_path / "homeline", {"home": keys})
    phone = FossifyPhone(port, TOKEN, f"http://127.0.0.1:{daemon.http}/webhook/fossify", WEBHOOK_TOKEN)
    try:
        yield daemon.start(), phone
    finally:
        daemon.kill()
        phone.go_away()


def test_texts_go_both_ways(phone_house):
    daemon, phone = phone_house
    assert phone.receive(FRIEND, "Running late 😀") == (200, {"status": "delivered"})
    daemon.wait_recorded(["Running late 😀"])
    daemon.submit("one", "No hurry, 你好")
    eventually(lambda: phone.sent == [(FRIEND, "No hurry, 你好", [])], what=lambda: f"the text at the phone, which has {phone.sent}")


def test_a_post_that_comes_again_is_one_message_and_words_meant_twice_are_two(phone_house):
    daemon, phone = phone_house
    for at in (1790000000123, 1790000000123, 1790000000999):
        assert phone.receive(FRIEND, "Yes", at=at)[0] == 200
    eventually(lambda: len(daemon.messages()) >= 2)
    time.sleep(0.5)
    assert daemon.texts() == ["Yes", "Yes"]


def test_a_stranger_is_refused(phone_house):
    daemon, phone = phone_house
    assert phone.receive(FRIEND, "psst", token="guess") == (401, {"error": "Unauthorized"})
    assert daemon.messages() == []


def test_a_token_that_the_phone_refuses_is_said(phone_house):
    daemon, phone = phone_house
    phone.token = "another token"
    daemon.wait_health("impaired", "refuses the token of token-file")
    phone.token = TOKEN
    daemon.wait_health("working")


def test_photos_go_both_ways(phone_house, tmp_path):
    daemon, phone = phone_house
    octets = photo(tmp_path, "in.jpg", "640x480")
    assert phone.receive(FRIEND, "look", [octets]) == (200, {"status": "delivered"})
    daemon.wait_recorded(["look"])
    parts = daemon.message("look")["parts"]
    assert [part["contentType"].split(";")[0] for part in parts] == ["text/plain", "image/jpeg"]
    daemon.submit("photo", "and here", [photo(tmp_path, "out.jpg", "2400x1800")])
    eventually(lambda: phone.sent, 60, "the photo at the phone")
    number, text, files = phone.sent[0]
    assert (number, text, len(files)) == (FRIEND, "and here", 1)
    assert files[0].startswith(b"\xff\xd8\xff") and len(files[0]) <= 300 * 1024


def test_what_the_carrier_does_not_take_goes_as_a_link_in_a_text(phone_house):
    daemon, phone = phone_house
    archive = b"PK\x03\x04" + bytes(range(256)) * 2048
    part = {"contentType": "application/zip", "name": "holiday.zip", "base64": base64.b64encode(archive).decode()}
    status, answer = daemon.api("POST", "/api/v1/messages", {"line": "home", "to": [FRIEND], "text": "All of it", "parts": [part]})
    assert status == 202, answer
    eventually(lambda: phone.sent, 30, "a text at the phone")
    number, text, files = phone.sent[0]
    words, link = text.split("\n")
    assert (number, words, files) == (FRIEND, "All of it", []) and link.startswith("holiday.zip (512 kB): http")
    with urllib.request.urlopen(link.split(": ")[1], timeout=20) as served:
        assert served.read() == archive


def test_a_phone_that_is_away_loses_nothing(phone_house):
    daemon, phone = phone_house
    phone.go_away()
    daemon.wait_health("down", "does not answer")
    for number in range(3):
        daemon.submit(f"waiting-{number}", f"waiting {number}")
    daemon.restart_while_away()
    phone.come_back()
    eventually(lambda: len(phone.sent) == 3, 30, lambda: f"three texts at the phone, which has {phone.sent}")
    daemon.wait_health("working")
    assert [text for _, text, _ in phone.sent] == ["waiting 0", "waiting 1", "waiting 2"]
