"""A TLS 1.2 client's first words, for suites that today's OpenSSL does not know any more (RFC 5246 §7.4.1.2)."""

import os
import socket
import struct

from homeline_daemon import HOST

STRONG = [0xC02B, 0xC02F]  # ECDHE with AES-128-GCM, of ECDSA and of RSA
# Each with the key exchanges of our certificate's kind and of RSA's, and without any proof.
WEAK = {
    "RC4": [0x0004, 0x0005, 0x0018, 0xC007, 0xC011, 0xC016],
    "3DES": [0x000A, 0x0016, 0x001B, 0xC008, 0xC012, 0xC017],
    "EXPORT": [0x0003, 0x0006, 0x0008, 0x0014, 0x0017, 0x0019, 0x0062, 0x0064],
}
# A record's type.
ALERT, HANDSHAKE = 21, 22


def answer_to(port, suites):
    """The type of what the server says to a client that knows these suites alone."""
    with socket.create_connection((HOST, port), 10) as peer:
        peer.sendall(hello(suites))
        return (peer.recv(1) or b"\0")[0]


def hello(suites):
    extensions = b"".join([
        extension(10, counted(struct.pack("!3H", 23, 24, 29))),  # P-256, P-384, X25519
        extension(11, b"\x01\x00"),  # points in full
        extension(13, counted(struct.pack("!5H", 0x0403, 0x0804, 0x0401, 0x0203, 0x0201))),  # ECDSA and RSA, SHA-256 and SHA-1
    ])
    body = b"\x03\x03" + os.urandom(32) + b"\0" + counted(struct.pack(f"!{len(suites)}H", *suites)) + b"\x01\x00" + counted(extensions)
    message = b"\x01" + struct.pack("!I", len(body))[1:] + body
    return bytes([HANDSHAKE, 3, 1]) + counted(message)


def extension(number, data):
    return struct.pack("!H", number) + counted(data)


def counted(data):
    return struct.pack("!H", len(data)) + data
