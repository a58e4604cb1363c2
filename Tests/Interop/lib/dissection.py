"""What tshark makes of octets that we wrote."""

import json
import struct
import subprocess

from programs import need

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
