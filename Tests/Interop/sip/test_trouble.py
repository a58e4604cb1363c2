"""When the modem or the network does not do what it should: what a person sees, and that nothing is lost or leaves twice."""

import pytest

from house import uri
from programs import eventually, together

NUMBER = "+15550100123"
NOTICES = uri("Homeline")


@pytest.fixture
def phone(house):
    return house.linphone("alice", "tcp").on()


def left(house, text):
    return sum(message["text"] == text for message in house.modem.sent())


def test_a_modem_that_was_unplugged_sends_what_waited_exactly_once(house, phone):
    house.modem.order("fault", fault="vanish")
    eventually(lambda: house.daemon.parts()["home"]["state"] != "working", 20, "the news that the modem is gone")
    phone.send(uri(NUMBER), "written meanwhile")
    phone.wait_state("written meanwhile", "delivered")
    # It waits; it is neither given up nor taken for sent.
    house.modem.text(NUMBER, "come meanwhile")
    told = lambda: [text for text in phone.texts(NOTICES) if "modem" in text]
    notice = eventually(told, 40, lambda: f"a notice to the owner, who has {phone.messages()}: this")
    assert "Texts wait" in notice[0]
    house.modem.order("fault", fault="plug")
    house.modem.wait_sent("written meanwhile", 60)
    phone.wait_texts(uri(NUMBER), ["come meanwhile"], 60)
    phone.wait_state("written meanwhile", "deliveredToUser")
    assert left(house, "written meanwhile") == 1
    assert {own for _, own in phone.rooms()} == {phone.account.uri}


def test_a_modem_that_is_replugged_at_once_makes_no_noise(house, phone):
    house.modem.order("fault", fault="vanish", seconds=0.5)
    phone.send(uri(NUMBER), "right through")
    house.modem.wait_sent("right through", 40)
    phone.wait_state("right through", "deliveredToUser", 40)
    house.modem.text(NUMBER, "and back")
    phone.wait_texts(uri(NUMBER), ["and back"], 40)
    assert phone.texts(NOTICES) == []
    assert left(house, "right through") == 1


def test_a_passing_refusal_is_tried_again(house, phone):
    # 38: network out of order.
    house.modem.order("fault", fault="cms", code=38)
    phone.send(uri(NUMBER), "second time lucky")
    house.modem.wait_sent("second time lucky", 30)
    phone.wait_state("second time lucky", "deliveredToUser")
    assert left(house, "second time lucky") == 1


def test_a_refusal_by_the_modem_for_good_turns_the_message_red(house, phone):
    # 21: short message transfer rejected.
    house.modem.order("fault", fault="cms", code=21, times=5)
    phone.send(uri(NUMBER), "never")
    phone.wait_state("never", "notDelivered")
    house.modem.order("fault", fault="heal")
    # One that fails does not hold up the next.
    phone.send(uri(NUMBER), "next")
    phone.wait_state("next", "deliveredToUser")
    assert left(house, "never") == 0


@pytest.mark.parametrize("accident", ["unplugged", "killed"])
def test_a_send_in_doubt_is_shown_and_never_repeated(house, phone, accident):
    house.modem.order("reports", outcome="none")
    house.modem.order("fault", fault="loseAnswer")
    phone.send(uri(NUMBER), "did it leave?")
    house.modem.wait_sent("did it leave?")
    if accident == "unplugged":
        house.modem.order("fault", fault="vanish", seconds=0.5)
    else:
        house.daemon.kill()
        house.daemon.start()
    told = lambda: [text for text in phone.texts(NOTICES) if "may not have left" in text]
    notice = eventually(told, 30, lambda: f"word of the doubt to {phone.messages()}: this")
    assert NUMBER in notice[0]
    assert phone.state_of("did it leave?") == "delivered"
    # What comes after it is not held up, and proves that it is not sent again.
    house.modem.order("reports", outcome="delivered")
    phone.send(uri(NUMBER), "the next one")
    phone.wait_state("the next one", "deliveredToUser", 40)
    assert left(house, "did it leave?") == 1
    assert house.daemon.message("did it leave?")["state"] == "inDoubt"


@pytest.mark.parametrize("decision, state, copies", [("sent", "sent", 1), ("failed", "failed", 1), ("send-again", "delivered", 2)])
def test_a_doubt_is_settled_by_a_person(house, phone, decision, state, copies):
    house.modem.order("fault", fault="loseAnswer")
    phone.send(uri(NUMBER), "did it leave?")
    house.modem.wait_sent("did it leave?")
    house.daemon.kill()
    house.daemon.start()
    doubtful = lambda: [each for each in house.daemon.message("did it leave?")["deliveries"] if each["state"] == "inDoubt"]
    delivery = eventually(doubtful, 20, "the doubt on record")[0]
    house.daemon.command("settle", "--config", house.daemon.config, delivery["id"], decision)
    eventually(lambda: house.daemon.message("did it leave?")["state"] == state, 20, lambda: f"{state}: {house.daemon.message('did it leave?')}: this")
    assert left(house, "did it leave?") == copies


def test_a_reboot_of_the_modem_loses_nothing(start_house):
    def reboot(personality):
        house = start_house({"alice": ["home"]}, personality=personality)
        phone = house.linphone("alice").on()
        house.modem.text(NUMBER, "before")
        phone.wait_texts(uri(NUMBER), ["before"])
        house.modem.order("fault", fault="reboot", seconds=1)
        house.modem.text(NUMBER, "during")
        phone.wait_texts(uri(NUMBER), ["before", "during"], 70)
        # It is set up again, or the next one would wait for the next look at the storage.
        house.modem.text(NUMBER, "after")
        phone.wait_texts(uri(NUMBER), ["before", "during", "after"], 10)
        phone.send(uri(NUMBER), "and back")
        phone.wait_state("and back", "deliveredToUser", 40)
        assert left(house, "and back") == 1

    # One that says so when it starts, one that keeps its texts in another memory until told, two that say nothing.
    together(reboot, [("ec25",), ("sim800",), ("generic",), ("e3372s",)])


def test_texts_go_through_every_kind_of_modem(start_house):
    def talk(personality):
        house = start_house({"alice": ["home"]}, personality=personality)
        phone = house.linphone("alice").on()
        text = ("viele Grüße 😀 " * 20).strip()
        house.modem.text(NUMBER, text)
        phone.wait_texts(uri(NUMBER), [text])
        phone.send(uri(NUMBER), f"zurück: {text}")
        house.modem.wait_sent(f"zurück: {text}")
        phone.wait_state(f"zurück: {text}", "deliveredToUser")

    together(talk, [(personality,) for personality in ("e1750", "e3372s", "mf823", "ec25", "sim7600", "sim800", "mc7455", "a7670e")])
