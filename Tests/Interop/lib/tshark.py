<<<<<<< HEAD
"""tshark as a judge of octets."""

=======
"""What tshark makes of octets that we wrote."""

import json
import struct
>>>>>>> refs/wt/mmsc
import subprocess

from programs import need

<<<<<<< HEAD
# One packet of the dummy capture holds no more than this.
RECORD = 1400


def dissect(directory, payloads, transport, fields):
    """One row of values a packet, each a list: `_ws.malformed` first, then the fields. `transport` is what text2pcap is to wrap the payloads in."""
    text2pcap, tshark = need("text2pcap", "wireshark-common"), need("tshark", "tshark")
    dump, capture = directory / "payloads.txt", directory / "payloads.pcap"
    dump.write_text("".join(hexdump(record) for payload in payloads for record in records(payload)))
    subprocess.run([text2pcap, "-q", *transport, dump, capture], check=True, timeout=30)
    wanted = [argument for field in ["_ws.malformed", *fields] for argument in ("-e", field)]
    shown = subprocess.run(
        [tshark, "-r", capture, "-T", "fields", *wanted, "-E", "separator=\t", "-E", "aggregator=|"], capture_output=True, text=True, timeout=60, check=True)
    return [[value.split("|") if value else [] for value in line.split("\t")] for line in shown.stdout.splitlines()]


def records(payload):
    return [payload[start:start + RECORD] for start in range(0, len(payload), RECORD)]


def hexdump(octets):
    """An offset that begins again at 0 begins another packet."""
    return "".join(f"{start:06x} {octets[start:start + 16].hex(' ')}\n" for start in range(0, len(octets), 16))


def as_http(pdu):
    """An HTTP response with a PDU of MMS, which is where tshark looks for one."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/vnd.wap.mms-message\r\nContent-Length: {len(pdu)}\r\n\r\n"
    return head.encode() + pdu
=======
LINK_TYPE = 147


def dissect_mms(directory, pdu):
    """An MMS PDU as the body of a WSP push, since tshark dissects none that stands alone."""
    return dissect(directory, "wsp-cl", b"\x01\x06\x01\xbe" + pdu)[0]


def dissect(directory, protocol, *packets):
    """The packets as tshark's JSON, each dissected as the protocol; fails when one is malformed."""
    capture = directory / f"{protocol}.pcap"
    records = b"".join(struct.pack("<IIII", second, 0, len(octets), len(octets)) + octets for second, octets in enumerate(packets))
    capture.write_bytes(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 1 << 20, LINK_TYPE) + records)
    table = f'uat:user_dlts:"User 0 (DLT={LINK_TYPE})","{protocol}","0","","0",""'
    command = [need("tshark", "tshark"), "-r", str(capture), "-o", table, "-T", "json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "_ws.malformed" not in done.stdout and "Malformed" not in done.stdout, done.stdout
    return [packet["_source"]["layers"] for packet in json.loads(done.stdout)]


def fields(layer):
    """Every leaf of a layer by its last name; of names that come more than once, all values."""
    found = {}

    def walk(node):
        for name, value in node.items():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    walk(one)
                else:
                    found.setdefault(name.rsplit(".", 1)[-1], []).append(one)

    walk(layer)
    return found
>>>>>>> refs/wt/mmsc
