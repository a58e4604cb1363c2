"""Texts between the cellular network and Linphone, over each transport."""

import pytest

from house import House, uri
from homeline_daemon import TRANSPORTS
from programs import together

LONG = "".join(f"Sentence {number} of a text that no single segment could ever hold. " for number in range(1, 31)).strip()
LONG_WITH_EMOJI = "".join(f"{number}: 😀 Grüße aus Zürich, привет, 👩‍👩‍👧 " for number in range(1, 31)).strip()


@pytest.fixture(scope="module")
def whole_house(tmp_path_factory):
    """A person and a line for every transport."""
    house = House(tmp_path_factory.mktemp("texts"), {name: [name] for name in TRANSPORTS}, lines=TRANSPORTS)
    together(lambda app: app.on(), [(house.linphone(name, name),) for name in TRANSPORTS])
    yield house
    house.close()


@pytest.fixture(params=TRANSPORTS)
def place(request, whole_house):
    """The app of one transport, and the outside world of its line."""
    return whole_house.apps[TRANSPORTS.index(request.param)], whole_house.modems[request.param]


@pytest.mark.parametrize("text", ["hello", "viele Grüße 😀 👩‍👩‍👧", LONG, LONG_WITH_EMOJI], ids=["short", "emoji", "long", "long-emoji"])
def test_texts_come_in(place, text):
    app, outside = place
    number = f"+1555010{1000 + len(text)}"
    outside.text(number, text)
    app.wait_texts(uri(number), [text])


@pytest.mark.parametrize(
    "text, segments", [("hello out there", 1), ("viele Grüße 😀 👩‍👩‍👧", 1), (LONG, 13), (LONG_WITH_EMOJI, 19)],
    ids=["short", "emoji", "long", "long-emoji"])
def test_texts_go_out_and_are_ticked(place, text, segments):
    app, outside = place
    number = f"+1555020{1000 + len(text)}"
    app.send(uri(number), text)
    sent = outside.wait_sent(text)
    assert (sent["to"], sent["segments"]) == (number, segments)
    app.wait_state(text, "deliveredToUser")


def test_one_contact_is_one_room(place):
    app, outside = place
    number = "+15550300000"
    outside.text(number, "first in")
    app.wait_texts(uri(number), ["first in"])
    app.send(uri(number), "first out")
    app.wait_state("first out", "deliveredToUser")
    outside.text(number, LONG)
    app.wait_texts(uri(number), ["first in", LONG])
    assert [own for peer, own in app.rooms() if number in peer] == [app.account.uri]
    # No stranger has a room of another identity either.
    assert {own for _, own in app.rooms()} == {app.account.uri}
    assert len({peer for peer, _ in app.rooms()}) == len(app.rooms())


@pytest.mark.parametrize("sender", ["MyBank", "22333", "AB-C.1"])
def test_names_and_short_codes_stay_as_they_are(place, sender):
    app, outside = place
    outside.text(sender, f"from {sender}")
    app.wait_texts(uri(sender), [f"from {sender}"])


def test_a_failure_report_turns_the_message_red(place):
    app, outside = place
    outside.order("reports", outcome="failed")
    app.send(uri("+15550400001"), "never arrives")
    app.wait_state("never arrives", "notDelivered")
    outside.order("reports", outcome="delivered")


def test_a_refusal_by_the_network_turns_the_message_red(place):
    app, outside = place
    # Unidentified subscriber: nothing that a second try could mend.
    outside.order("air", fault="refuse", code=28)
    app.send(uri("+15550400002"), "refused")
    app.wait_state("refused", "notDelivered")
    assert all(message["text"] != "refused" for message in outside.sent())
