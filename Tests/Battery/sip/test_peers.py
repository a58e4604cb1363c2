"""Peers on connections that are slow, silent, half there or lying, by the thousand."""

import itertools
import socket
import time

import pytest

from homeline_daemon import DOMAIN, HOST
from house import uri
from programs import eventually
from raw_sip import RawSIP, Response
from sip_phone import Delays, Memory, Phone, unique

HEAD = (
    b"MESSAGE sip:home.test SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bK1\r\nFrom: <sip:x@home.test>;tag=1\r\n"
    b"To: <sip:home.test>\r\nCall-ID: peer\r\nCSeq: 1 MESSAGE\r\n")

STRANGERS = (f"127.11.{number // 250}.{number % 250 + 1}" for number in itertools.count())


def connect(house, transport, number):
    """A connection from an address that it shares with seven others."""
    peer = socket.socket()
    peer.bind((f"127.10.{number // 8 // 250}.{number // 8 % 250 + 1}", 0))
    peer.setblocking(False)
    peer.connect_ex((HOST, house.daemon.ports[transport]))
    return peer


def probe(house, phone, delays):
    """A text of the phone's, and one over a new connection of another stranger each time that is challenged: one alone would soon ask too much."""
    delays[0].add(phone.write(uri("bob"), unique("probe")))
    start = time.monotonic()
    with RawSIP(house.accounts["alice"], "tcp", next(STRANGERS)) as client:
        assert client.exchange(client.request("REGISTER", f"sip:{DOMAIN}"), within=10).status == 401
    delays[1].add(time.monotonic() - start)


KINDS = {
    "silent": ("tcp", b""), "half a request": ("tcp", HEAD), "a long line": ("tcp", HEAD + b"Subject: " + b"x" * 4_000),
    "no TLS handshake": ("tls", b""), "half a TLS handshake": ("tls", b"\x16\x03\x01\x02\x00\x01"),
}


def test_slow_peers_by_the_thousand(start_house, long):
    """S07 5,000 (short: 500) connections that say half of something and then one octet a second: a phone's text takes less than 250 ms, a new
    connection is served, each peer costs less than 30 KiB, and all are gone after the deadline."""
    house = start_house()
    count = 5_000 if long else 500
    with Phone(house.accounts["alice"]) as phone:
        phone.register()
        quiet = [Delays("a phone's text"), Delays("a stranger's first answer")]
        for _ in range(20):
            probe(house, phone, quiet)
        memory = Memory(house)
        delays = [Delays("a phone's text"), Delays("a stranger's first answer")]
        peers = []
        for number in range(count):
            transport, words = list(KINDS.values())[number % len(KINDS)]
            peers.append((connect(house, transport, number), words))
            if number % 50 == 49:
                probe(house, phone, delays)
        for second in range(6):
            for peer, words in peers:
                try:
                    peer.send(words if second == 0 and words else b"\r")
                except OSError:
                    pass
            probe(house, phone, delays)
            memory.note()
            time.sleep(1)
        peak = (memory.peak - memory.before) / min(count, 1_024)
        print(f"\n{count} slow peers: {delays[0]}; {delays[1]}; quiet: {quiet[0]}; {memory}, {peak:.1f} KiB a peer")
        assert delays[0].is_within(250, quiet[0]) and delays[0].is_within(500, quiet[0], 0.95)
        assert delays[1].is_within(1_000, quiet[1])
        assert peak < 30
        # The deadline is ten seconds; a refused peer has one more to read why.
        left = [peer for peer, _ in peers]
        eventually(lambda: are_gone(left), 30, lambda: f"the end of all slow peers, of which {len(left)} are left: this")
        probe(house, phone, delays)


def are_gone(peers):
    """Reads what they were told; whether every one of them was closed by the daemon."""
    for peer in list(peers):
        try:
            while peer.recv(65_536):
                pass
        except BlockingIOError:
            continue
        except OSError:
            pass
        peer.close()
        peers.remove(peer)
    return not peers


LIES = {
    "1 GB": (b"Content-Length: 1073741824\r\n\r\nx", "413"),
    "beyond 64 bits": (b"Content-Length: 99999999999999999999999\r\n\r\nx", "400 413"),
    "2 to the 63rd": (b"Content-Length: 9223372036854775808\r\n\r\nx", "400 413"),
    "more than a stranger may": (b"Content-Length: 100000\r\n\r\nx", "413"),
    "negative": (b"Content-Length: -1\r\n\r\nx", "400"),
    "minus zero": (b"Content-Length: -0\r\n\r\n", "400"),
    "with a plus": (b"Content-Length: +1\r\n\r\nx", "400"),
    "hexadecimal": (b"Content-Length: 0x10\r\n\r\nx", "400"),
    "with a fraction": (b"Content-Length: 1.5\r\n\r\nx", "400"),
    "an exponent": (b"Content-Length: 1e9\r\n\r\nx", "400"),
    "words": (b"Content-Length: many\r\n\r\nx", "400"),
    "empty": (b"Content-Length:\r\n\r\nx", "400"),
    "two that differ": (b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nx", "400"),
    "two that agree": (b"Content-Length: 1\r\nContent-Length: 1\r\n\r\nx", "400"),
    "two in both forms": (b"Content-Length: 1\r\nl: 1\r\n\r\nx", "400"),
    "a list": (b"Content-Length: 1, 1\r\n\r\nx", "400"),
    "folded": (b"Content-Length: 1\r\n 2\r\n\r\nx", "400"),
    "with a NUL": (b"Content-Length: 1\0\r\n\r\nx", "400"),
    "in other digits": ("Content-Length: \u0663\r\n\r\nx".encode(), "400"),
    "missing": (b"\r\n", "400"),
    "a name with a space": (b"Content-Length : 1\r\nContent Length: 2\r\n\r\nx", "400 401"),
    "a line of 64 KB": (b"Subject: " + b"x" * 65_536 + b"\r\nContent-Length: 0\r\n\r\n", "400"),
    "a line of 64 KB in folds": (b"Subject: x" + b"\r\n yyyyyyy" * 8_000 + b"\r\nContent-Length: 0\r\n\r\n", "400"),
    "a name of 64 KB": (b"x" * 65_536 + b": y\r\nContent-Length: 0\r\n\r\n", "400"),
    "10,000 headers": (b"X: y\r\n" * 10_000 + b"Content-Length: 0\r\n\r\n", "400"),
    "10,000 Vias": (b"Via: SIP/2.0/TCP h;branch=z9hG4bK2\r\n" * 10_000 + b"Content-Length: 0\r\n\r\n", "400"),
    "10,000 values": (b"Via: " + b", ".join([b"SIP/2.0/TCP h"] * 10_000) + b"\r\nContent-Length: 0\r\n\r\n", "400"),
    "lines that are no fields": (b"no field\r\n" * 100 + b"Content-Length: 0\r\n\r\n", "400"),
    "a lone CR": (b"Subject: a\rb\r\nContent-Length: 0\r\n\r\n", "400 401"),
    "lone LFs": (b"Content-Length: 0\n\n", "401"),
    "NULs": (b"Subject: " + b"\0" * 100 + b"\r\nContent-Length: 0\r\n\r\n", "400 401"),
    "octets that are no UTF-8": (b"Subject: \xff\xfe\r\nContent-Length: 0\r\n\r\n", "401"),
    "1 MB without an end": (b"Subject: " + b"x" * 1_048_576, "400"),
    "1 MB of spaces": (b"Subject:" + b" " * 1_048_576, "400"),
}
# Wrong, but where they end is certain.
WHOLE = {"a name with a space", "lines that are no fields"}


@pytest.mark.parametrize("name", LIES)
def test_a_lie_about_the_length_ends_the_connection(house, memory, name):
    """S08 Headers that lie about a body's length, or have none: the peer is told, if it can be, and the stream is not followed any further."""
    rest, expected = LIES[name]
    with RawSIP(house.accounts["alice"], "tcp", f"127.12.0.{list(LIES).index(name) + 1}") as client:
        answer = None
        try:
            client.send(HEAD + rest)
        except ConnectionError:
            pass
        try:
            answer = Response(client.receive(5))
            assert str(answer.status) in expected.split()
            if answer.status != 401 and name not in WHOLE:
                # What is smuggled behind it is no request.
                with pytest.raises((EOFError, ConnectionError)):
                    client.send(client.request("OPTIONS", f"sip:{DOMAIN}"))
                    client.receive(5)
        except (EOFError, ConnectionError):
            # The answer may be lost where the peer was still sending a megabyte.
            assert len(rest) > 60_000
    memory.note()
    assert memory.peak < memory.before + 8_192


@pytest.mark.parametrize("ends", [b"\r\n\r\n", b"\r\n", b"\n\n", b"\r\r"], ids=["pings", "line ends", "LFs", "CRs"])
def test_a_storm_of_line_ends(house, phone, memory, ends):
    """S08 Keep-alives, and what looks like them, by 50,000 octets from twenty addresses: answered to the source's rate and cut off, while a phone
    writes."""
    quiet, delays, sent = Delays("quiet"), Delays("a phone's text"), 0
    for _ in range(10):
        quiet.add(phone.write(uri("bob"), unique("quiet")))
    for number in range(20):
        with RawSIP(house.accounts["alice"], "tcp", f"127.12.1.{number + 1}") as client:
            client.socket.setblocking(False)
            for _ in range(20):
                try:
                    sent += client.socket.send(ends * (50_000 // len(ends)))
                except OSError:
                    pass
            delays.add(phone.write(uri("bob"), unique("storm")))
            memory.note()
    print(f"\n{sent} octets; {delays}; {quiet}; {memory}")
    assert delays.is_within(250, quiet) and delays.is_within(250, quiet, 0.95)
    assert memory.peak < memory.before + 8_192


def test_connections_of_one_address_are_limited(house, phone):
    """S07 One address holds 32 connections; others come in beside it."""
    peers = []
    for _ in range(100):
        peer = socket.socket()
        peer.bind(("127.12.2.1", 0))
        peer.connect((HOST, house.daemon.ports["tcp"]))
        peers.append(peer)
    eventually(lambda: sum(is_closed(peer) for peer in peers) == 68, 10, "the end of all but 32")
    phone.write(uri("bob"), unique("beside"))
    for peer in peers:
        peer.close()


def is_closed(peer):
    try:
        return peer.recv(1, socket.MSG_DONTWAIT | socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
