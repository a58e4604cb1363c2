"""Who somebody says they are, and who they are: the account that proved itself is the sender, whatever the headers say."""

import uuid

import pytest

from homeline_daemon import DOMAIN
from house import uri
from programs import eventually
from raw_sip import RawSIP

NUMBER = "+15550100124"
TAG = ";tag=1"

# What stands in From after a right proof of alice's.
OTHERS = {
    "another person": f"<sip:bob@{DOMAIN}>{TAG}",
    "another person by a display name of hers": f'"alice" <sip:bob@{DOMAIN}>{TAG}',
    "nobody": f"<sip:nobody@{DOMAIN}>{TAG}",
    "a number": f"<sip:{NUMBER}@{DOMAIN}>{TAG}",
    "a tel URI": f"<tel:{NUMBER}>{TAG}",
    "no user": f"<sip:{DOMAIN}>{TAG}",
    "an empty user": f"<sip:@{DOMAIN}>{TAG}",
    "capitals": f"<sip:ALICE@{DOMAIN}>{TAG}",
    "a longer name": f"<sip:alice2@{DOMAIN}>{TAG}",
    "an escaped NUL": f"<sip:alice%00@{DOMAIN}>{TAG}",
    "an escaped at sign": f"<sip:bob%40x@{DOMAIN}>{TAG}",
    "a space": f"<sip:alice%20@{DOMAIN}>{TAG}",
    "anonymous": f"<sip:anonymous@anonymous.invalid>{TAG}",
    "a parameter of hers": f"<sip:bob@{DOMAIN};user=alice>{TAG}",
    "a header of hers": f"<sip:bob@{DOMAIN}?From=sip:alice@{DOMAIN}>{TAG}",
    "a second at sign": f"<sip:bob@{DOMAIN}@alice>{TAG}",
    "two addresses": f"<sip:alice@{DOMAIN}>, <sip:bob@{DOMAIN}>{TAG}",
    "a mail address": f"<mailto:alice@{DOMAIN}>{TAG}",
    "an open bracket": f"<sip:alice@{DOMAIN}{TAG}",
    "an open quotation mark": f'"alice <sip:alice@{DOMAIN}>{TAG}',
}


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_writes_in_anothers_name(house, name):
    """S12 A right proof and another's From: refused, and nothing is on record."""
    text = f"as {name}"
    with RawSIP(house.accounts["alice"], "udp", f"127.8.0.{list(OTHERS).index(name) + 1}") as client:
        assert 400 <= client.message(uri(NUMBER), text, From=OTHERS[name]).status < 500
    assert text not in house.daemon.texts()


@pytest.mark.parametrize("second", ["From", "f", "FROM"])
def test_two_senders_are_none(house, second):
    """S12 Two From fields, the proven one first or last."""
    with RawSIP(house.accounts["alice"], "udp", "127.8.1.1") as client:
        for first, other in [("alice", "bob"), ("bob", "alice")]:
            answer = client.call(
                "MESSAGE", uri(NUMBER), "Content-Type: text/plain", f"{second}: <sip:{other}@{DOMAIN}>;tag=2",
                From=f"<sip:{first}@{DOMAIN}>{TAG}", body="by two")
            assert answer.status == 400
    assert "by two" not in house.daemon.texts()


@pytest.mark.parametrize("field", [
    f"P-Asserted-Identity: <sip:bob@{DOMAIN}>", f"P-Preferred-Identity: <sip:bob@{DOMAIN}>", f"Remote-Party-ID: <sip:bob@{DOMAIN}>",
    f"Referred-By: <sip:bob@{DOMAIN}>", f"Reply-To: <sip:bob@{DOMAIN}>", f"Sender: <sip:bob@{DOMAIN}>", "Privacy: id", "X-Asterisk-User: bob",
])
def test_assertions_from_outside_are_worth_nothing(house, field):
    """S12 The text is alice's, and no word of the assertion reaches whom it is for."""
    text = f"asserted {uuid.uuid4().hex}"
    with RawSIP(house.accounts["bob"], "udp", "127.8.1.2") as bob, RawSIP(house.accounts["alice"], "udp", "127.8.1.3") as alice:
        assert bob.register(f"Contact: <sip:bob@{bob.address}>;expires=60").status == 200
        assert alice.call("MESSAGE", uri("bob"), "Content-Type: text/plain", field, body=text).status == 202
        while True:
            message = bob.receive(10)
            if message.startswith(b"MESSAGE") and text.encode() in message:
                break
        head = message.partition(b"\r\n\r\n")[0].decode()
        assert f"From: <sip:alice@{DOMAIN}>" in head
        assert field.split(":")[0].lower() not in head.lower()
        bob.register(f"Contact: <sip:bob@{bob.address}>;expires=0")


def test_an_assertion_is_no_login(house):
    """S12 Without a proof it opens nothing."""
    with RawSIP(house.accounts["alice"], "udp", "127.8.1.4") as client:
        for field in [f"P-Asserted-Identity: <sip:alice@{DOMAIN}>", 'Authorization: Basic YWxpY2U6eA==', "Authorization: Bearer x"]:
            answer = client.exchange(client.request("MESSAGE", uri(NUMBER), "Content-Type: text/plain", field, body="asserted"))
            assert answer.status == 401
    assert "asserted" not in house.daemon.texts()


def test_to_and_from_cannot_change_places(house):
    """S12 A registration of another's address by a right login, a text from the recipient to oneself, a reply with a tag of a dialog that is none."""
    with RawSIP(house.accounts["alice"], "udp", "127.8.1.5") as client:
        contact = f"Contact: <sip:alice@{client.address}>"
        assert client.register(contact, To=f"<sip:bob@{DOMAIN}>").status == 403
        assert client.register(contact, To=f"<sip:bob@{DOMAIN}>", From=f"<sip:bob@{DOMAIN}>{TAG}").status == 403
        assert client.message(uri("alice"), "to myself", From=f"<sip:bob@{DOMAIN}>{TAG}", To=f"<sip:alice@{DOMAIN}>").status == 403
        assert client.message(uri(NUMBER), "in no dialog", To=f"<{uri(NUMBER)}>;tag=none").status in (202, 481)
    assert "to myself" not in house.daemon.texts()
