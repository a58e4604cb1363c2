"""The end of the daemon, whatever the door is doing: quick, clean and silent."""

import threading

import pytest

from programs import homeline
from raw_http import Closed, Peer, request

# Seconds.
PROMISE = 10 if "/debug/" in homeline() else 5


def idle(door, token):
    peer = Peer(door.port)
    peer.write(request("GET", "/health"))
    peer.answer()
    return [peer]


def half_a_head(door, token):
    peer = Peer(door.port)
    peer.write(b"GET /hea")
    return [peer]


def half_a_body(door, token):
    peer = Peer(door.port)
    peer.write(request("POST", "/api/v1/messages", "Content-Length: 100", token=token) + b"{")
    return [peer]


def reading_the_stream(door, token):
    peer = Peer(door.port)
    peer.write(request("GET", "/api/v1/events", token=token))
    peer.take_until(b"retry")
    return [peer]


def reading_the_stream_with_half_a_body(door, token):
    peer = Peer(door.port)
    peer.write(request("GET", "/api/v1/events", "Content-Length: 100", token=token) + b"x")
    peer.take_until(b"retry")
    return [peer]


def crowd(door, token):
    return [Peer(door.port) for _ in range(200)]


def nobody(door, token):
    return []


@pytest.mark.parametrize("busy", [nobody, idle, half_a_head, half_a_body, reading_the_stream, reading_the_stream_with_half_a_body, crowd])
def test_a_stop_is_clean_and_silent(start_door, busy):
    """R04 for HTTP: SIGTERM with connections in every state: exit 0 in under 5 s, and the log says `ready` and `stopped`, no more."""
    door = start_door()
    peers = busy(door, door.token("caller", "read", "send"))
    door.program.process.terminate()
    assert door.program.process.wait(PROMISE) == 0
    for peer in peers:
        peer.close()
    said = [line.split("]", 1)[1].strip() for line in door.log().splitlines()]
    # Where nobody can sign in yet, one line says how.
    assert [line for line in said if "homeline console link" not in line] == ["ready", "stopped"], door.log()


def test_a_stop_under_load_refuses_nothing_that_it_took(start_door):
    """R04 for HTTP: eight callers submit while it stops: what was answered 202 is there after the next start."""
    door = start_door()
    token = door.token("caller", "read", "send")
    taken = []

    def submit(number):
        count = 0
        while True:
            try:
                answer = door.submit(token, f"{number}/{count}", key=f"{number}/{count}")
            except (OSError, Closed):
                return
            if answer.status == 202:
                taken.append(answer.document["id"])
            count += 1

    callers = [threading.Thread(target=submit, args=(number,)) for number in range(8)]
    for caller in callers:
        caller.start()
    threading.Event().wait(1)
    door.program.process.terminate()
    assert door.program.process.wait(PROMISE) == 0
    for caller in callers:
        caller.join()
    assert " error " not in door.log() and " warning " not in door.log(), door.log()[-1000:]
    door.start()
    with Peer(door.port) as peer:
        for message in taken:
            peer.write(request("GET", f"/api/v1/messages/{message}", token=token))
            assert peer.answer().status == 200
    print(f"{len(taken)} messages were taken before the end, and all are there")
    assert len(taken) > 20
