"""Receivers and callers that lose answers, dawdle, hang, fail and flap: nothing is lost, and nothing doubled to who knows names."""

import json
import socket
import time

from homeline_daemon import HOST
from kill_account import account
from programs import eventually

# Each kind of trouble has a sender of its own: one conversation must not suffer from another's.
TROUBLES = {
    "+15550100301": "lose_answer", "+15550100302": "be_slow", "+15550100303": "hang", "+15550100304": "fail",
    "+15550100305": "flap", "+15550100306": "refuse_for_a_second", "+15550100307": "take",
}


def test_a_webhook_that_misbehaves_gets_everything_once(start_house, long, show):
    """R19 webhook receiver: lost answer, slow, hanging, failing, flapping, refusing."""
    count = 40 if long else 2
    house = start_house(hook_timeout="3s")
    house.start_load(callers=0, sip_pause=None, outside_pause=None)
    hook = house.hook
    hook.by_sender = dict(TROUBLES)
    hook.behaviour = hook.behave_by_sender
    for number in range(count):
        for sender, trouble in TROUBLES.items():
            house.modem.text(sender, f"{trouble} {number}")
            house.outside.accepted[f"{trouble} {number}"] = sender
    began = time.monotonic()
    untroubled = {f"take {number}" for number in range(count)}
    eventually(lambda: untroubled <= set(hook.received()), 10 + count, "texts of an untroubled conversation while others hang")
    show(f"R19: {count} texts of an untroubled conversation in {time.monotonic() - began:.1f} s while six kinds of trouble last")
    time.sleep(3.5)
    # Those that hang, fail and refuse come to their senses; losing answers, dawdling and flapping goes on.
    for sender in ("+15550100303", "+15550100304", "+15550100306"):
        hook.by_sender[sender] = "take"
    house.wait_drained(within=120 + 60 * count)
    found = account(house)
    show(f"R19: all of {len(house.outside.accepted)} after {time.monotonic() - began:.0f} s; {found}")
    found.check()
    assert found.hook_repetitions > 0, "no trouble was made"


def test_a_caller_that_does_not_hear_the_answer_asks_again_and_sends_once(start_house, show):
    """R19 HTTP caller: hangs up before the answer, dawdles, asks ten times at once; one text under one key."""
    house = start_house(answer_after=0)
    house.start_load(callers=1, http_pause=0, sip_pause=None, outside_pause=None, count=0)
    caller = house.callers[0]

    def request(text):
        body = json.dumps({"line": "home", "to": ["+15550100201"], "text": text, "idempotencyKey": text}).encode()
        return (
            f"POST /api/v1/messages HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {house.token}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n").encode() + body

    for number in range(30):
        text = f"deaf-{number}"
        octets = request(text)
        for _ in range(3):
            with socket.create_connection((HOST, house.daemon.http)) as connection:
                connection.sendall(octets)
                if number % 3 == 0:
                    time.sleep(0.002 * (number % 5))
        caller.submit("+15550100201", text)
    for number in range(5):
        text = f"slow-{number}"
        with socket.create_connection((HOST, house.daemon.http)) as connection:
            for place in range(0, len(request(text)), 40):
                connection.sendall(request(text)[place:place + 40])
                time.sleep(0.01)
        caller.submit("+15550100201", text)
    for number in range(5):
        text = f"eager-{number}"
        connections = [socket.create_connection((HOST, house.daemon.http)) for _ in range(10)]
        for connection in connections:
            connection.sendall(request(text))
        answers = {json.loads(connection.recv(4096).partition(b"\r\n\r\n")[2])["id"] for connection in connections}
        assert len(answers) == 1, f"one key has become {answers}"
        for connection in connections:
            connection.close()
        caller.submit("+15550100201", text)
    house.wait_drained()
    found = account(house)
    show(f"R19: callers; {found}")
    found.check()
    assert found.written == 40
