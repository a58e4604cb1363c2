"""A line whose SIM is in a phone with SMS Gate: texts both ways, pictures in, reports, and either of them away and back."""

import time

import pytest

from handset_daemon import FRIEND, HandsetDaemon, photo
from programs import eventually, free_port
from sms_gate_phone import SMSGatePhone

PASSWORD = "password-of-the-phone"
SIGNING_KEY = "signing-key-of-the-phone"


@pytest.fixture
def phone_house(tmp_path):
    """A daemon with one line, and the phone that has its SIM."""
    (tmp_path / "password").write_text(PASSWORD + "\n")
    (tmp_path / "signing-key").write_text(SIGNING_KEY + "\n")
    port = free_port()
    keys = {
        "trunk": "sms-gate", "url": f"http://127.0.0.1:{port}", "user": "sms", "password-file": tmp_path / "password",
        "signing-key-file": tmp_path / "signing-key", "sim": 1, "poll": "1s",
    }
    daemon = HandsetDaemon(tmp_path / "homeline", {"home": keys})
    phone = SMSGatePhone(port, "sms", PASSWORD, SIGNING_KEY)
    try:
        daemon.start()
        # From its first look on it asks for what it has missed.
        eventually(lambda: ("GET", "/inbox") in phone.asked, 20, "a look at the inbox")
        yield daemon, phone
    finally:
        daemon.kill()
        phone.go_away()


def test_texts_go_both_ways_and_are_reported(phone_house):
    daemon, phone = phone_house
    assert [status for status, _ in phone.receive(FRIEND, "Running late 😀")] == [200]
    daemon.wait_recorded(["Running late 😀"])
    daemon.submit("one", "No hurry, 你好")
    eventually(lambda: phone.sent == [(FRIEND, "No hurry, 你好")], what=lambda: f"the text at the phone, which has {phone.sent}")
    order = next(iter(phone.orders.values()))
    assert order["simNumber"] == 1 and order["withDeliveryReport"]
    daemon.wait_delivery("No hurry, 你好", "accepted")
    assert [status for status, _ in phone.delivers("No hurry, 你好")] == [200]
    daemon.wait_delivery("No hurry, 你好", "delivered")


def test_a_failure_is_told_in_the_phones_words(phone_house):
    daemon, phone = phone_house
    daemon.submit("one", "never")
    daemon.wait_delivery("never", "accepted")
    phone.fails("never", "RESULT_ERROR_NO_SERVICE")
    daemon.wait_delivery("never", "failed")
    assert any("RESULT_ERROR_NO_SERVICE" in line for line in daemon.told("never")), daemon.told("never")


def test_an_event_that_comes_again_is_one_message_and_words_meant_twice_are_two(phone_house):
    daemon, phone = phone_house
    hook = next(hook for hook in phone.hooks.values() if hook["event"] == "sms:received")
    phone.receive(FRIEND, "Yes")
    payload = {"messageId": "1a2b3c", "message": "Yes", "sender": FRIEND, "simNumber": 1, "receivedAt": "2026-05-04T12:00:00.000Z"}
    telling = {"deviceId": "phone", "event": "sms:received", "id": "telling-1", "webhookId": hook["id"], "payload": payload, "url": hook["url"]}
    assert [phone.tell_once(telling)[0] for _ in range(3)] == [200] * 3
    phone.receive(FRIEND, "last")
    daemon.wait_recorded(["last"])
    assert daemon.texts().count("Yes") == 2


def test_the_other_sim_is_another_line(phone_house):
    daemon, phone = phone_house
    assert [status for status, _ in phone.receive(FRIEND, "for the other", sim=2)] == [200]
    phone.receive(FRIEND, "for us")
    daemon.wait_recorded(["for us"])
    assert daemon.texts() == ["for us"]


def test_a_stranger_is_refused(phone_house):
    daemon, phone = phone_house
    assert [status for status, _ in phone.forge(FRIEND, "psst", "a guessed key")] == [401]
    # Looked for once more: what the phone itself has would be fetched.
    time.sleep(1.5)
    assert daemon.messages() == []


def test_a_password_that_the_phone_refuses_is_said(phone_house):
    daemon, phone = phone_house
    phone.password = "another password"
    daemon.wait_health("impaired", "refuses the user or the password of password-file")
    phone.password = PASSWORD
    daemon.wait_health("working")


def test_webhooks_that_are_gone_are_registered_again(phone_house):
    daemon, phone = phone_house
    wanted = dict(phone.hooks)
    assert {hook["event"] for hook in wanted.values()} >= {"sms:received", "mms:downloaded", "sms:delivered", "sms:failed"}
    phone.hooks.clear()
    eventually(lambda: phone.hooks == wanted, 20, lambda: f"the webhooks, of which there are {len(phone.hooks)}")


def test_photos_come_in_and_cannot_go_out(phone_house, tmp_path):
    daemon, phone = phone_house
    octets = photo(tmp_path, "in.jpg", "640x480")
    assert [status for status, _ in phone.receive_picture(FRIEND, "look", [octets])] == [200]
    daemon.wait_recorded(["look"])
    parts = daemon.message("look")["parts"]
    assert [part["contentType"].split(";")[0] for part in parts] == ["text/plain", "image/jpeg"]
    assert parts[1]["size"] == len(octets)
    status, answer = daemon.hand_in("photo", "and here", [octets])
    assert status == 422 and answer["error"]["message"] == "The line home sends texts only"
    assert phone.sent == []


def test_a_phone_that_is_away_loses_nothing_and_doubles_nothing(phone_house):
    daemon, phone = phone_house
    phone.go_away()
    daemon.wait_health("down", "does not answer")
    for number in range(3):
        daemon.submit(f"waiting-{number}", f"waiting {number}")
    daemon.restart_while_away()
    phone.come_back()
    eventually(lambda: len(phone.sent) == 3, 30, lambda: f"three texts at the phone, which has {phone.sent}")
    daemon.wait_health("working")
    assert [text for _, text in phone.sent] == ["waiting 0", "waiting 1", "waiting 2"]


def test_what_came_while_we_were_off_is_read_from_the_inbox_and_not_taken_twice(phone_house):
    daemon, phone = phone_house
    daemon.kill()
    assert [status for status, _ in phone.receive(FRIEND, "while you were off")] == [0]
    daemon.start()
    daemon.wait_recorded(["while you were off"])
    # Then the app tells it after all.
    assert [status for status, _ in phone.tell_again()] == [200]
    phone.receive(FRIEND, "now you are on")
    daemon.wait_recorded(["now you are on"])
    assert daemon.texts() == ["while you were off", "now you are on"]
