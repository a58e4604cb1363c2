"""What those get who do not know the password: nothing, and after a while not even that."""

import pytest

from house import House, uri
from homeline_daemon import DOMAIN, Account
from raw_sip import RawSIP

NUMBER = "+15550100123"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("strangers"), {"alice": ["home"]})
    yield house
    house.close()


def guess(house, source, user, password, transport="udp", method="REGISTER"):
    """One try: the challenge and the answer to it."""
    account = Account(user, password, house.daemon.ports)
    with RawSIP(account, transport, source) as client:
        target = f"sip:{DOMAIN}" if method == "REGISTER" else uri(NUMBER)
        first = client.exchange(client.request(method, target))
        proof = client.authorization(first.get("www-authenticate"), method, target, user, password)
        return first, client.exchange(client.request(method, target, proof))


@pytest.mark.parametrize("method", ["REGISTER", "MESSAGE", "INVITE"])
def test_a_stranger_learns_nothing_from_the_answers(house, method):
    source = f"127.0.1.{('REGISTER', 'MESSAGE', 'INVITE').index(method) + 1}"
    known = guess(house, source, "alice", "wrong", method=method)
    unknown = guess(house, source, "nobody-of-this-name", "wrong", method=method)
    assert [answer.status for answer in known + unknown] == [401] * 4
    assert [answer.shape() for answer in known] == [answer.shape() for answer in unknown]
    # A wrong answer to the challenge looks like none.
    assert known[0].shape() == known[1].shape()


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_guessing_is_blocked_and_others_are_not(house, transport):
    source, number = {"udp": ("127.0.2.1", "+15550102001"), "tcp": ("127.0.2.2", "+15550102002")}[transport]
    phone = house.linphone("alice", transport).on()
    heard = 0
    with pytest.raises((TimeoutError, EOFError, ConnectionError)):
        for _ in range(30):
            guess_once(house, source, transport)
            heard += 1
    assert 3 <= heard <= 20
    # The right password does not help from there any more, not for a question either.
    with pytest.raises((TimeoutError, EOFError, ConnectionError)), RawSIP(house.accounts["alice"], transport, source) as client:
        client.send(client.request("OPTIONS", f"sip:{DOMAIN}"))
        client.receive(1)
    # Whoever is elsewhere notices nothing.
    house.modem.text(number, "undisturbed")
    phone.wait_texts(uri(number), ["undisturbed"])
    phone.send(uri(number), f"all quiet over {transport}")
    house.modem.wait_sent(f"all quiet over {transport}")


def guess_once(house, source, transport):
    account = Account("alice", "wrong", house.daemon.ports)
    with RawSIP(account, transport, source) as client:
        first = client.exchange(client.request("REGISTER", f"sip:{DOMAIN}"), within=5)
        proof = client.authorization(first.get("www-authenticate"), "REGISTER", f"sip:{DOMAIN}", "alice", "wrong")
        assert client.exchange(client.request("REGISTER", f"sip:{DOMAIN}", proof), within=5).status == 401


def test_a_phone_that_registered_survives_a_wrong_password_at_its_address(house):
    source = "127.0.3.1"
    with RawSIP(house.accounts["alice"], "udp", source) as owner:
        assert owner.register().status == 200
        for _ in range(15):
            guess_once(house, source, "udp")
        assert owner.register().status == 200


def test_an_old_answer_is_worth_nothing(house):
    with RawSIP(house.accounts["alice"], "udp", "127.0.4.1") as client:
        first = client.exchange(client.request("MESSAGE", uri(NUMBER)))
        proof = client.authorization(first.get("www-authenticate"), "MESSAGE", uri(NUMBER), "alice", client.account.password)
        content = "Content-Type: text/plain"
        assert client.exchange(client.request("MESSAGE", uri(NUMBER), content, proof, body="mine")).status == 202
        # The same proof under another name, as one who listened would send it.
        assert client.exchange(client.request("MESSAGE", uri(NUMBER), content, proof, body="stolen")).status == 401
        # And for another recipient.
        assert client.exchange(client.request("MESSAGE", uri("+15550666"), content, proof, body="stolen")).status == 401
    house.modem.wait_sent("mine")
    assert "stolen" not in house.daemon.texts()
