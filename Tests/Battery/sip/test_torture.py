"""Every message of RFC 4475 and RFC 5118 sent to the running daemon, over each transport; Tests/Vectors/sip/torture.txt says what it is to answer."""

import re
import socket
from pathlib import Path

import pytest

from homeline_daemon import DOMAIN, HOST
from raw_sip import RawSIP, Response

VECTORS = Path(__file__).resolve().parents[2] / "Vectors" / "sip"
ROWS = [
    [column.strip() for column in line.split(" | ")]
    for line in (VECTORS / "torture.txt").read_text().splitlines() if line and not line.startswith("#")]
NAMES = [row[0] for row in ROWS]


def octets(name):
    return (VECTORS / "torture" / f"{name}.sip").read_bytes()


def source(name, net):
    """An address for each message, so that none is heard less for what another did."""
    return f"127.{net}.0.{NAMES.index(name) + 1}"


def statuses(datagrams, marker):
    """What came before the answer to the marker; whether that came."""
    seen = []
    for datagram in datagrams:
        answer = Response(datagram)
        if answer.get("call-id") == marker:
            return seen, True
        seen.append(str(answer.status))
    return seen, False


@pytest.mark.parametrize("name, expected", [(row[0], row[2]) for row in ROWS], ids=NAMES)
def test_torture_over_udp(house, name, expected):
    """S01 Each message in one datagram gets the answer of the table, or none, and the next request its own."""
    account, own = house.accounts["alice"], source(name, 80)
    # Without rport an answer goes to the port in the Via.
    via = re.search(rb"(?ims)^v(?:ia)?\s*:.*?SIP\s*/\s*2\.0\s*/\s*\w+\s+[^;,\r\n]*?(?<!:):(\d{4,5})\s*(?:;|,|$)", octets(name))
    with RawSIP(account, "udp", own) as client, socket.socket(type=socket.SOCK_DGRAM) as listener:
        listener.bind((own, int(via.group(1)) if via else 5060))
        listener.connect((HOST, account.ports["udp"]))
        listener.send(octets(name))
        client.exchange(client.request("OPTIONS", f"sip:{DOMAIN}"))
        listener.setblocking(False)
        try:
            outcome = str(Response(listener.recv(65_536)).status)
        except BlockingIOError:
            outcome = "none"
    assert outcome == expected


@pytest.mark.parametrize("transport", ["tcp", "tls"])
@pytest.mark.parametrize("name, expected", [(row[0], row[3]) for row in ROWS], ids=NAMES)
def test_torture_over_a_connection(house, name, expected, transport):
    """S01 Each message on a connection gets the answer of the table; a stream that cannot be followed is closed after it. TLS changes nothing."""
    with RawSIP(house.accounts["alice"], transport, source(name, 81 if transport == "tcp" else 82)) as client:
        client.send(octets(name))
        marker = client.request("OPTIONS", f"sip:{DOMAIN}", Call_ID="marker")
        outcome = []
        try:
            client.send(marker)
            while True:
                answer = Response(client.receive(1 if "waits" in expected else 10))
                if answer.get("call-id") == "marker":
                    break
                outcome.append(str(answer.status))
        except TimeoutError:
            outcome.append("waits")
        except (EOFError, OSError):
            outcome.append("closed")
    assert " ".join(outcome or ["none"]) == expected
