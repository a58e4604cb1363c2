"""Paths that climb out of where they belong."""

import pytest

from raw_http import Closed, Peer, request

# What would be found: a file of every system, and the daemon's own secrets beside and above whatever is served.
TREASURES = ("etc/passwd", "files.key", "homeline.yaml")
FOUND = (b"root:", b"SQLite format 3", b"country: US")
UP = [
    "../", "..%2f", "..%2F", "%2e%2e/", "%2e%2e%2f", "%2E%2E%2F", ".%2e/", "%2e./", "..%252f", "%252e%252e/", "%252e%252e%252f", "..\\", "..%5c", "..%5C",
    "%2e%2e%5c", "..%255c", "..%c0%af", "%c0%ae%c0%ae/", "%c0%ae%c0%ae%c0%af", "..%e0%80%af", "%e0%80%ae%e0%80%ae/", "..%ef%bc%8f", "..%u2215", "%uff0e%uff0e/",
    "....//", "..;/", "..%00/", "..%0d%0a/", "..//", ".././", "/../", "//../", "..%09/", "..%20/",
]
BASES = ["/", "/files/", "/files/m.1.1.1.1.1/", "/assets/", "/api/v1/messages/", "/api/v1/conversations/", "/login/"]
WHOLE = [
    "//etc/passwd", "///etc/passwd", "/%2fetc%2fpasswd", "/files//etc/passwd", "/files/%2fetc%2fpasswd/x", "/files/x/%2fetc%2fpasswd", "file:///etc/passwd",
    "http://localhost/../etc/passwd", "http://[::1]/files/../../etc/passwd", "/files/x/" + "../" * 500 + "etc/passwd", "/files/" + "a" * 5000 + "/../../x",
]


def asked(base, up):
    return [base + up * depth + treasure for depth in (1, 8) for treasure in TREASURES]


@pytest.mark.parametrize("paths", [[path for base in BASES for path in asked(base, up)] for up in UP] + [WHOLE], ids=[*UP, "whole"])
def test_no_path_climbs_out(door, paths):
    """S17: 34 ways to write `..`, from 7 places, one and eight levels up, and absolute ones; as a stranger and with a token of every right."""
    answers = set()
    for path in paths:
        for token in (None, door.tokens["admin"]):
            try:
                with Peer(door.port) as peer:
                    peer.write(request("GET", path, token=token))
                    answer = peer.answer()
            except Closed:
                continue
            # Who is not signed in is led to where that is done.
            assert answer.status in (303, 400, 401, 404, 405, 410, 414, 431), (path, answer.status)
            assert not any(found in answer.body for found in FOUND), path
            answers.add(answer.status)
    print(f"{2 * len(paths)} requests: {sorted(answers)}")
