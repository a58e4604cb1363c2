"""A line whose SIM is in a phone with httpSMS: texts and photos both ways, reports, and its server or the daemon away and back."""

import time

import pytest

from handset_daemon import FRIEND, HandsetDaemon, photo
from httpsms_server import HTTPSMSServer
from programs import eventually, free_port

KEY = "key-of-the-account"
SIGNING_KEY = "signing-key-of-the-webhook"
NUMBER = "+12025550147"


@pytest.fixture
def phone_house(tmp_path):
    """A daemon with one line, and the server of the phone that has its SIM."""
    (tmp_path / "key").write_text(KEY + "\n")
    (tmp_path / "signing-key").write_text(SIGNING_KEY + "\n")
    port = free_port()
    keys = {
        "trunk": "httpsms", "url": f"http://127.0.0.1:{port}", "api-key-file": tmp_path / "key", "signing-key-file": tmp_path / "signing-key",
        "phone": f'"{NUMBER}"', "poll": "1s",
    }
    daemon = HandsetDaemon(tmp_path / "homeline", {"home": keys})
    server = HTTPSMSServer(port, NUMBER, KEY, f"http://127.0.0.1:{daemon.http}/webhook/httpsms/home", SIGNING_KEY)
    try:
        yield daemon.start(), server
    finally:
        daemon.kill()
        server.go_away()


def test_texts_go_both_ways_and_are_reported(phone_house):
    daemon, server = phone_house
    assert server.receive(FRIEND, "Running late 😀")[1][0] == 200
    daemon.wait_recorded(["Running late 😀"])
    daemon.submit("one", "No hurry, 你好")
    eventually(lambda: server.sent == [(FRIEND, "No hurry, 你好", [])], what=lambda: f"the text at the server, which has {server.sent}")
    daemon.wait_delivery("No hurry, 你好", "accepted")
    assert server.delivers("No hurry, 你好")[0] == 200
    daemon.wait_delivery("No hurry, 你好", "delivered")


def test_a_failure_is_told_in_the_phones_words(phone_house):
    daemon, server = phone_house
    daemon.submit("one", "never")
    daemon.wait_delivery("never", "accepted")
    server.fails("never", "RADIO_OFF")
    daemon.wait_delivery("never", "failed")
    assert any("RADIO_OFF" in line for line in daemon.told("never")), daemon.told("never")


def test_an_event_that_comes_again_is_one_message_and_words_meant_twice_are_two(phone_house):
    daemon, server = phone_house
    event, _ = server.receive(FRIEND, "Yes")
    for _ in range(2):
        assert server.tell(event)[0] == 200
    server.receive(FRIEND, "Yes")
    server.receive(FRIEND, "last")
    daemon.wait_recorded(["last"])
    assert daemon.texts().count("Yes") == 2


def test_a_stranger_is_refused(phone_house):
    daemon, server = phone_house
    assert server.forge(FRIEND, "psst", "a guessed signing key")[0] == 401
    # Looked for once more: what the server itself has would be fetched.
    time.sleep(1.5)
    assert daemon.messages() == []


def test_a_key_that_the_server_refuses_is_said(phone_house):
    daemon, server = phone_house
    server.key = "another key"
    daemon.wait_health("impaired", "refuses the key of api-key-file")
    server.key = KEY
    daemon.wait_health("working")


def test_photos_go_both_ways(phone_house, tmp_path):
    daemon, server = phone_house
    octets = photo(tmp_path, "in.jpg", "640x480")
    assert server.receive(FRIEND, "look", [octets])[1][0] == 200
    daemon.wait_recorded(["look"])
    parts = daemon.message("look")["parts"]
    assert [part["contentType"].split(";")[0] for part in parts] == ["text/plain", "image/jpeg"]
    assert parts[1]["size"] == len(octets)
    daemon.submit("photo", "and here", [photo(tmp_path, "out.jpg", "2400x1800")])
    eventually(lambda: server.sent, 60, "the photo at the server")
    number, text, addresses = server.sent[0]
    assert (number, text, len(addresses)) == (FRIEND, "and here", 1)
    fetched = server.fetch(addresses[0])
    assert addresses[0].endswith(".jpg") and fetched.startswith(b"\xff\xd8\xff") and len(fetched) <= 300 * 1024


def test_a_server_that_is_away_loses_nothing_and_doubles_nothing(phone_house):
    daemon, server = phone_house
    server.go_away()
    daemon.wait_health("down", "does not answer")
    for number in range(3):
        daemon.submit(f"waiting-{number}", f"waiting {number}")
    daemon.restart_while_away()
    server.come_back()
    eventually(lambda: len(server.sent) == 3, 30, lambda: f"three texts at the server, which has {server.sent}")
    daemon.wait_health("working")
    assert [text for _, text, _ in server.sent] == ["waiting 0", "waiting 1", "waiting 2"]


def test_an_answer_that_was_lost_is_looked_up(phone_house):
    daemon, server = phone_house
    server.loses_answers = True
    daemon.submit("one", "did you get it?")
    daemon.wait_delivery("did you get it?", "accepted")
    assert len(server.sent) == 1


def test_what_came_while_we_were_off_is_read_from_the_list_and_not_taken_twice(phone_house):
    daemon, server = phone_house
    daemon.kill()
    event, (status, _) = server.receive(FRIEND, "while you were off")
    assert status == 0
    daemon.start()
    daemon.wait_recorded(["while you were off"])
    assert server.tell(event)[0] == 200
    server.receive(FRIEND, "now you are on")
    daemon.wait_recorded(["now you are on"])
    assert daemon.texts() == ["while you were off", "now you are on"]
