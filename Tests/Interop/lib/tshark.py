"""tshark as a judge of octets."""

import subprocess

from programs import need

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
