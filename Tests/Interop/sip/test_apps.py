"""Apps of other ways: baresip, Linphone's console, Linphone with CPIM, and two people of one house."""

import pytest

from house import uri
from programs import eventually

NUMBER = "+15550100123"


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_baresip_gets_and_writes_texts(house, transport):
    app = house.baresip("alice", uri(NUMBER), transport).on()
    house.modem.text(NUMBER, "Grüße an baresip 😀")
    app.wait_text(uri(NUMBER), "Grüße an baresip 😀")
    app.send("Grüße von baresip 😀")
    assert house.modem.wait_sent("Grüße von baresip 😀")["to"] == NUMBER
    # It refuses what it cannot show, such as ticks, and is not bothered with them again: the next text comes at once, and once.
    house.modem.text(NUMBER, "and one more")
    app.wait_text(uri(NUMBER), "and one more")
    assert app.output().count('"and one more"') == 1


def test_baresip_is_told_of_a_failure_in_words(house):
    app = house.baresip("alice", uri(NUMBER)).on()
    house.modem.order("air", fault="refuse", code=28)
    app.send("refused")
    app.process.wait_for("was not sent", 20)


def test_the_console_phone_talks_both_ways(house):
    phone = house.linphonec("alice", "tcp").on()
    house.modem.text(NUMBER, "to the console 😀")
    phone.process.wait_for(f"Message received from {uri(NUMBER)}: to the console 😀")
    phone.send(uri(NUMBER), "from the console 😀")
    assert house.modem.wait_sent("from the console 😀")["to"] == NUMBER
    phone.wait_state("from the console 😀", "deliveredToUser")


@pytest.mark.parametrize("transport", ["udp", "tls"])
def test_an_app_that_wraps_texts_in_cpim_is_understood(house, transport):
    phone = house.linphone("alice", transport, cpim=True).on()
    phone.send(uri(NUMBER), "wrapped 😀")
    assert house.modem.wait_sent("wrapped 😀")["to"] == NUMBER
    assert "Content-Type: message/cpim" in phone.trace()
    phone.wait_state("wrapped 😀", "deliveredToUser")
    house.modem.order("reports", outcome="failed")
    phone.send(uri(NUMBER), "wrapped in vain")
    phone.wait_state("wrapped in vain", "notDelivered")
    house.modem.text(NUMBER, "in return 😀")
    phone.wait_texts(uri(NUMBER), ["in return 😀"])
    assert phone.rooms() == [(uri(NUMBER), phone.account.uri)]


@pytest.mark.parametrize("cpim", [False, True], ids=["plain", "cpim"])
def test_an_apps_own_notice_of_delivery_is_taken(house, cpim):
    phone = house.linphone("alice", cpim=cpim).on()
    house.modem.text(NUMBER, "please confirm")
    phone.wait_texts(uri(NUMBER), ["please confirm"])
    eventually(lambda: 200 in phone.answers("Content-Encoding: deflate"), 10, "the answer to a compressed notice")


def test_two_people_of_one_house_write_to_each_other(house):
    alice, bob = house.linphone("alice", "udp").on(), house.linphone("bob", "tls").on()
    alice.send(bob.account.uri, "dinner? 😀")
    bob.wait_texts(alice.account.uri, ["dinner? 😀"])
    bob.send(alice.account.uri, "at eight")
    alice.wait_texts(bob.account.uri, ["at eight"])
    assert alice.rooms() == [(bob.account.uri, alice.account.uri)]
    assert bob.rooms() == [(alice.account.uri, bob.account.uri)]
    # Nothing of it went out of the house.
    assert house.modem.sent() == []


def test_what_a_person_of_the_house_got_is_ticked(house):
    alice, bob = house.linphone("alice").on(), house.linphone("bob").on()
    alice.send(bob.account.uri, "did you get this?")
    bob.wait_texts(alice.account.uri, ["did you get this?"])
    alice.wait_state("did you get this?", "deliveredToUser")


def test_a_person_of_the_house_who_is_away_gets_it_later(house):
    alice = house.linphone("alice").on()
    alice.send(house.accounts["bob"].uri, "are you there?")
    house.daemon.wait_recorded(["are you there?"])
    house.daemon.restart()
    bob = house.linphone("bob").on()
    bob.wait_texts(alice.account.uri, ["are you there?"])
