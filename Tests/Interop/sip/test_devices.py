"""What a person's devices get when they are several, when they are away, and when the daemon dies in between."""

import time

import pytest

from house import uri
from pdu import deliver

NUMBER = "+15550100123"


def text_of(outside, text, seconds, quarters=0):
    """A text that the message centre took at this time."""
    outside.order("pdu", hex=deliver(NUMBER, text, seconds, quarters))


def recorded(house, *texts):
    """Waits until the daemon has these texts on disk."""
    house.daemon.wait_recorded(texts)


def test_the_time_shown_is_the_senders(house):
    phone = house.linphone("alice").on()
    yesterday = int(time.time()) - 86_400
    text_of(house.modem, "from the east", yesterday, 22)
    text_of(house.modem, "from the west", yesterday + 60, -14)
    phone.wait_texts(uri(NUMBER), ["from the east", "from the west"])
    assert [seconds for _, _, seconds in phone.messages()] == [yesterday, yesterday + 60]


def test_every_device_of_everyone_gets_every_text(house):
    devices = [house.linphone("alice", "udp"), house.linphone("alice", "tls"), house.linphonec("bob", "tcp")]
    for device in devices:
        device.on()
    for text in ("first", "second 😀"):
        house.modem.text(NUMBER, text)
    for device in devices:
        device.wait_texts(uri(NUMBER), ["first", "second 😀"])
        assert device.rooms() == [(uri(NUMBER), device.account.uri)]


@pytest.mark.parametrize("transport", ["udp", "tcp"])
@pytest.mark.parametrize("leave", ["off", "lose_power"])
def test_a_second_phone_catches_up_in_order_with_the_original_times(house, transport, leave):
    first, second = house.linphone("alice"), house.linphone("alice", transport)
    first.on()
    second.on()
    getattr(second, leave)()
    sent = int(time.time()) - 7200
    texts = [f"number {count}" for count in range(5)]
    for count, text in enumerate(texts):
        text_of(house.modem, text, sent + 60 * count)
    first.wait_texts(uri(NUMBER), texts)
    second.on()
    second.wait_texts(uri(NUMBER), texts)
    for phone in (first, second):
        assert [seconds for _, _, seconds in phone.messages()] == [sent + 60 * count for count in range(5)]


def test_a_phone_that_never_was_there_gets_what_came_before(house):
    house.modem.text(NUMBER, "before anyone had an app")
    recorded(house, "before anyone had an app")
    phone = house.linphone("bob").on()
    phone.wait_texts(uri(NUMBER), ["before anyone had an app"])


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_three_texts_outlive_the_daemon_while_the_phone_is_off(house, end):
    phone = house.linphone("alice").on()
    phone.off()
    sent = int(time.time()) - 3600
    text_of(house.modem, "one", sent)
    recorded(house, "one")
    getattr(house.daemon, end)()
    # The modem keeps what comes while nobody listens.
    text_of(house.modem, "two", sent + 60)
    house.daemon.start()
    text_of(house.modem, "three", sent + 120)
    recorded(house, "one", "two", "three")
    getattr(house.daemon, end)()
    house.daemon.start()
    phone.on()
    phone.wait_texts(uri(NUMBER), ["one", "two", "three"])
    assert [seconds for _, _, seconds in phone.messages()] == [sent, sent + 60, sent + 120]
    # A later text shows that nothing comes twice.
    house.modem.text(NUMBER, "four")
    phone.wait_texts(uri(NUMBER), ["one", "two", "three", "four"])


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_registration_outlives_the_daemon(house, end):
    phone = house.linphone("alice", "udp").on()
    getattr(house.daemon, end)()
    house.modem.text(NUMBER, "right after the start")
    asked = phone.trace().count("REGISTER sip:")
    house.daemon.start()
    phone.wait_texts(uri(NUMBER), ["right after the start"])
    assert phone.trace().count("REGISTER sip:") == asked


@pytest.mark.parametrize("transport", ["tcp", "tls"])
def test_a_phone_on_a_connection_comes_back_after_a_restart(house, transport):
    phone = house.linphone("alice", transport).on()
    house.daemon.kill()
    house.modem.text(NUMBER, "over a new connection")
    house.daemon.start()
    phone.wait_texts(uri(NUMBER), ["over a new connection"], within=60)


def test_what_is_written_while_the_daemon_is_down_leaves_once(house):
    # Over UDP Linphone repeats a message for half a minute.
    phone = house.linphone("alice", "udp").on()
    house.daemon.kill()
    phone.send(uri(NUMBER), "patience")
    house.daemon.start()
    house.modem.wait_sent("patience", 30)
    phone.wait_state("patience", "deliveredToUser")
    assert [message["text"] for message in house.modem.sent()] == ["patience"]


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_an_app_that_gives_its_device_no_name_gets_what_waited_wherever_it_comes_from(house, transport):
    """Without its module uuid.so baresip says no +sip.instance, and another Contact, port and Call-ID at each start: its password tells that it is the same."""
    label = f"desk phone over {transport}"
    phone = house.baresip("bob", uri(NUMBER), transport, house.daemon.add_app("bob", label), naming="").on()
    house.modem.text(NUMBER, f"here {transport}")
    phone.wait_text(uri(NUMBER), f"here {transport}")
    for count in range(3):
        phone.lose_power()
        house.modem.text(NUMBER, f"away {transport} {count}")
        recorded(house, f"away {transport} {count}")
        phone.on()
        phone.wait_text(uri(NUMBER), f"away {transport} {count}", 40)
    devices = house.daemon.command("person", "list", "--config", house.daemon.config)
    assert devices.count(label) == 1, devices
