"""Messages gone wrong, sent to the running daemon: it goes on, and a right request behind each batch is answered at once."""

import random
import time
from pathlib import Path

import pytest

from homeline_daemon import DOMAIN
from house import uri
from raw_sip import RawSIP
from sip_phone import Delays, unique

VECTORS = Path(__file__).resolve().parents[2] / "Vectors" / "sip"
ORIGINALS = [path.read_bytes() for path in sorted(VECTORS.glob("*/*.sip"))]
# What the grammar has somewhere (RFC 3261 §25), and what it has nowhere.
PIECES = [
    b"\r\n", b"\r\n\r\n", b"\n", b"\0", b" ", b"\t", b":", b";", b",", b"=", b"@", b"<", b">", b'"', b"\\", b"%", b"%00", b"[", b"]", b"[::1]", b"sip:", b"sips:",
    b"tel:", b"SIP/2.0", b"SIP/9999999999.0", b"z9hG4bK", b"tag=", b"rport", b"received=", b"q=1.5", b"*", b"4294967296", b"18446744073709551616", b"-1",
    b"\xff\xfe", b"\xe2\x80\xae", b"Content-Length: 0\r\n", b"Content-Length: 99999\r\n", b"l: -1\r\n", b"v: SIP/2.0/UDP h\r\n", b"Contact: *\r\n",
    b"Route: <sip:a;lr>,<sip:b>\r\n", b" fold\r\n", b"Require: x\r\n", b"Authorization: Digest \r\n", b"REGISTER", b"ACK", b"INVITE", b"CANCEL",
    b"SIP/2.0 200 OK\r\n", b"Content-Encoding: gzip\r\n", b"Content-Type: message/cpim\r\n", b"x" * 3_000]


def mutated(chance):
    octets = bytearray(chance.choice(ORIGINALS))
    for _ in range(chance.randint(1, 4)):
        start = chance.randint(0, len(octets))
        end = min(len(octets), start + chance.randint(1, 24))
        change = chance.randrange(6)
        if change == 0:
            octets[start:start] = chance.choice(PIECES)
        elif change == 1:
            octets[start:end] = chance.choice(PIECES)
        elif change == 2:
            del octets[start:end]
        elif change == 3:
            octets[start:start] = octets[start:end] * chance.randint(1, 50)
        elif change == 4:
            del octets[start:]
        else:
            lines = bytes(octets).split(b"\n")
            chance.shuffle(lines)
            octets = bytearray(b"\n".join(lines))
    return bytes(octets[:60_000])


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_thousands_of_mutations(house, phone, memory, long, transport):
    """S02 4,000 (long: 40,000) messages with one to four changes: none ends the daemon, holds it up for a second or swells its memory."""
    chance = random.Random(3261)
    count, batch = 20_000 if long else 2_000, 25
    delays, quiet = Delays("a right request behind each batch"), Delays("before any of them")

    def ask(source, times):
        with RawSIP(house.accounts["alice"], transport, source) as client:
            start = time.monotonic()
            assert client.exchange(client.request("OPTIONS", f"sip:{DOMAIN}")).status == 200
            times.add(time.monotonic() - start)

    for number in range(100):
        ask(f"127.{23 if transport == 'udp' else 24}.0.{number + 1}", quiet)
    for number in range(0, count, batch):
        # An address each, so that none is deaf to a batch because of those before it.
        source = f"127.{20 if transport == 'udp' else 21}.{number // batch // 250}.{number // batch % 250 + 1}"
        if transport == "udp":
            with RawSIP(house.accounts["alice"], "udp", source) as client:
                for _ in range(batch):
                    client.send(mutated(chance))
        else:
            for _ in range(batch):
                with RawSIP(house.accounts["alice"], "tcp", source) as client:
                    try:
                        client.send(mutated(chance))
                    except ConnectionError:
                        pass
        ask(f"127.22.{number // batch // 250}.{number // batch % 250 + 1}", delays)
        memory.note()
    print(f"\n{count} over {transport}; {delays}; {quiet}; {memory}")
    # Every one of them, but on a machine that is as slow in peace.
    assert delays.is_within(1_000, quiet, share=1)
    assert memory.peak < 2 * memory.before
    assert phone.write(uri("bob"), unique("still there")) < 5
