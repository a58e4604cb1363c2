"""Two accounts of one line: a receiver that is down holds up what is for itself, and nobody else's."""

import urllib.parse
import urllib.request

import pytest

from conftest import OTHER, OWN, PASSWORD, USER, Hooks, Service
from programs import eventually


@pytest.fixture
def receivers(tmp_path):
    """The daemon, Alice's server and Bob's."""
    alice, bob = Hooks(), Hooks()
    daemon = Service(
        tmp_path, alice,
        more=f"""      bob:
        api-username: bob@home.test
        password-file: {tmp_path}/password
        callback: "{bob.url}/cb?message={{MESSAGE}}"
        private: yes
""")
    try:
        yield daemon.start(), alice, bob
    finally:
        daemon.stop()
        alice.close()
        bob.close()


def texts(hooks):
    return [one["message"] for one in hooks.callbacks()]


def send(daemon, text):
    """The line brings it back as one that came in."""
    query = {"api_username": USER, "api_password": PASSWORD, "method": "sendSMS", "did": OWN, "dst": OTHER, "message": text}
    with urllib.request.urlopen(f"{daemon.url}/api/v1/rest.php?{urllib.parse.urlencode(query)}", timeout=20) as answer:
        assert answer.status == 200


def test_who_is_down_holds_up_nobody_else(receivers):
    daemon, alice, bob = receivers
    alice.replies["GET"] = (500, b"out of order")
    for text in ["one", "two", "three"]:
        send(daemon, text)
        eventually(lambda: texts(bob)[-1:] == [text], 20, f"'{text}' at Bob's at once")
    eventually(lambda: "alice/callback" in daemon.parts()["voipms"]["summary"], 20, "word of who is down")
    # Her own later texts wait behind the first: the order is kept.
    assert set(texts(alice)) == {"one"}
    assert texts(bob) == ["one", "two", "three"]


def test_a_dead_callback_does_not_hold_up_the_same_account_s_webhook(receivers):
    daemon, alice, _ = receivers
    alice.replies["GET"] = (200, b"not ok")
    for text in ["four", "five"]:
        send(daemon, text)
        eventually(lambda: any(text.encode() in octets for _, octets in alice.posts()), 20, f"'{text}' at the webhook")
    assert set(texts(alice)) == {"four"}
