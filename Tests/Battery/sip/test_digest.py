"""Proofs that are not: every way to answer a challenge wrongly, or to use an answer that is not one's own."""

import hashlib

import pytest

from homeline_daemon import DOMAIN
from house import uri
from raw_sip import RawSIP
from sip_phone import field, proof

TARGET = f"sip:{DOMAIN}"


def challenged(client, algorithm="SHA-256"):
    """A first question; the challenge of that algorithm."""
    answer = client.exchange(client.request("REGISTER", TARGET))
    assert answer.status == 401
    return next(value for value in answer.all("www-authenticate") if f"algorithm={algorithm}" in value)


def register(client, *words):
    """A registration of the client's account that asks for its bindings."""
    return client.exchange(client.request("REGISTER", TARGET, *words, To=f"<{client.account.uri}>"))


def quoted(text):
    return f'"{text}"'


# What is changed in a right answer to a fresh challenge: a parameter's value, or nothing where it is left out.
CHANGED = {
    "wrong response": {"response": quoted("0" * 64)},
    "empty response": {"response": '""'},
    "response of MD5's length": {"response": quoted("0" * 32)},
    "response with a NUL": {"response": quoted("\0" * 64)},
    "no response": {"response": None},
    "wrong URI": {"uri": quoted("sip:other.example")},
    "empty URI": {"uri": '""'},
    "no URI": {"uri": None},
    "URI with a NUL": {"uri": quoted(f"sip:{DOMAIN}\0")},
    "URI of an account": {"uri": quoted(f"sip:bob@{DOMAIN}")},
    "another user": {"username": quoted("bob")},
    "unknown user": {"username": quoted("nobody")},
    "empty user": {"username": '""'},
    "no user": {"username": None},
    "user with a NUL": {"username": quoted("alice\0")},
    "user in capitals": {"username": quoted("ALICE")},
    "user with a colon": {"username": quoted("alice:home.test")},
    "other realm": {"realm": quoted("elsewhere.example")},
    "empty realm": {"realm": '""'},
    "no realm": {"realm": None},
    "made-up nonce": {"nonce": quoted("AGkhzQAAESIzRFVmd4iZqrvM3e4AESIz")},
    "nonce of an older form": {"nonce": quoted("5f.00112233445566778899aabbccddeeff.00112233445566778899aabb")},
    "empty nonce": {"nonce": '""'},
    "nonce of 1 MB's beginning": {"nonce": quoted("a" * 6000)},
    "no nonce": {"nonce": None},
    "qop without nc": {"nc": None},
    "qop without cnonce": {"cnonce": None},
    "qop auth-int": {"qop": "auth-int"},
    "qop unknown": {"qop": "bogus"},
    "qop missing, nc still hashed": {"qop": None},
    "nc of zero digits": {"nc": ""},
    "nc of nine digits": {"nc": "000000001"},
    "nc that is negative": {"nc": "-0000001"},
    "nc that is no number": {"nc": "zzzzzzzz"},
    "cnonce with a NUL": {"cnonce": quoted("\0")},
    "downgrade to MD5 by name": {"algorithm": "MD5"},
    "algorithm SHA-512-256": {"algorithm": "SHA-512-256"},
    "algorithm of no meaning": {"algorithm": "NONE"},
    "algorithm SHA-256-sess": {"algorithm": "SHA-256-sess"},
}


@pytest.mark.parametrize("changes", CHANGED.values(), ids=CHANGED.keys())
def test_a_wrong_proof_is_no_proof(house, changes):
    """S06 Each is answered by another challenge or refused, and never by a registration."""
    source = f"127.7.0.{list(CHANGED.values()).index(changes) + 1}"
    with RawSIP(house.accounts["alice"], "udp", source) as client:
        challenge = challenged(client)
        right = proof("alice", client.account.password, challenge, "REGISTER", TARGET)
        wrong = proof("alice", client.account.password, challenge, "REGISTER", TARGET, **changes)
        assert register(client, wrong).status in (400, 401)
        # The same peer, the same nonce and nothing changed: so it was the change that was refused.
        assert register(client, right).status == 200


def test_the_stronger_algorithm_comes_first(house):
    """S06 SHA-256 is offered before MD5, with one nonce."""
    with RawSIP(house.accounts["alice"], "udp", "127.7.1.1") as client:
        answer = client.exchange(client.request("REGISTER", TARGET))
        offers = answer.all("www-authenticate")
        assert [field(offer, "algorithm") for offer in offers] == ["SHA-256", "MD5"]
        assert len({field(offer, "nonce") for offer in offers}) == 1


def test_a_proof_serves_once(house):
    """S06 The same nonce with a count that was used is refused; a new count is not."""
    with RawSIP(house.accounts["alice"], "udp", "127.7.1.2") as client:
        challenge = challenged(client)
        words = lambda count: proof("alice", client.account.password, challenge, "REGISTER", TARGET, count)
        ask = lambda count: register(client, words(count)).status
        assert [ask(1), ask(1), ask(2), ask(5), ask(3), ask(3), ask(5), ask(100), ask(5), ask(101)] == [
            200, 401, 200, 200, 200, 401, 401, 200, 401, 200]


def test_a_proof_of_the_old_kind_serves_once(house):
    """S06 A client of RFC 2069 counts nothing and hashes no count: one that somebody else writes to its proof makes it no new one."""
    with RawSIP(house.accounts["alice"], "udp", "127.7.1.10") as client:
        challenge = challenged(client)
        digest = lambda *parts: hashlib.sha256(":".join(parts).encode()).hexdigest()
        secret = digest("alice", field(challenge, "realm"), client.account.password)
        response = digest(secret, field(challenge, "nonce"), digest("REGISTER", TARGET))
        words = proof(
            "alice", client.account.password, challenge, "REGISTER", TARGET, qop=None, nc=None, cnonce=None, response=quoted(response))
        ask = lambda more: register(client, words + more).status
        assert [ask(""), ask(""), ask(", nc=00000002"), ask(", nc=00000003")] == [200, 401, 401, 401]


def test_a_nonce_is_bound_to_its_source(house):
    """S06 What one address was given is worth nothing from another; who repeats it there is not blamed, but asked anew."""
    with RawSIP(house.accounts["alice"], "udp", "127.7.1.3") as here, RawSIP(house.accounts["alice"], "udp", "127.7.1.4") as there:
        words = proof("alice", here.account.password, challenged(here), "REGISTER", TARGET)
        answer = register(there, words)
        assert answer.status == 401 and "stale=true" in answer.get("www-authenticate").replace(" ", "").lower()
        assert register(here, words).status == 200


def test_a_nonce_does_not_outlive_the_daemon(start_house):
    """S06 After a restart nonces are sealed anew."""
    house = start_house()
    with RawSIP(house.accounts["alice"], "udp", "127.7.1.5") as client:
        words = proof("alice", client.account.password, challenged(client), "REGISTER", TARGET)
        house.daemon.restart()
        assert register(client, words).status == 401


def test_a_proof_is_for_one_method_and_one_uri(house):
    """S06 A registration's proof sends no text, and a text's proof none to somebody else."""
    with RawSIP(house.accounts["alice"], "udp", "127.7.1.6") as client:
        content = "Content-Type: text/plain"
        register = proof("alice", client.account.password, challenged(client), "REGISTER", TARGET)
        assert client.exchange(client.request("MESSAGE", TARGET, content, register, body="x")).status == 401
        message = proof("alice", client.account.password, challenged(client), "MESSAGE", uri("bob"))
        assert client.exchange(client.request("MESSAGE", uri("carol"), content, message, body="stolen")).status == 401
        assert "stolen" not in house.daemon.texts()


@pytest.mark.parametrize("size", [9_000, 60_000, 1_000_000])
def test_a_huge_proof_is_refused(house, size):
    """S06 Credentials of up to a megabyte over a connection: refused or cut off, and the next peer is served at once."""
    with RawSIP(house.accounts["alice"], "tcp", "127.7.1.7") as client:
        words = "Authorization: Digest " + ", ".join(f'x{number}="{"y" * 90}"' for number in range(size // 100))
        try:
            assert register(client, words).status in (400, 401)
        except (EOFError, ConnectionError):
            pass
    with RawSIP(house.accounts["alice"], "tcp", "127.7.1.8") as client:
        assert client.exchange(client.request("REGISTER", TARGET)).status == 401


def test_many_proofs_in_one_request_are_one_try(house):
    """S06 A hundred Authorization fields are no hundred guesses."""
    with RawSIP(house.accounts["alice"], "udp", "127.7.1.9") as client:
        challenge = challenged(client)
        wrong = [proof("alice", f"guess {number}", challenge, "REGISTER", TARGET) for number in range(20)]
        right = proof("alice", client.account.password, challenge, "REGISTER", TARGET)
        assert register(client, *wrong, right).status == 401
