"""The daemon is killed at the states of the AT conversation that matter, on lines of each policy for sends in doubt."""

import time

import pytest

from kill_account import account
from programs import eventually

# The state of the modem at which the kill is aimed. While it waits the network has the text and the daemon has no answer.
STATES = ["text", "waiting", "command"]
PEOPLE = [f"+1555020{number:04d}" for number in range(4000)]


def aim(house, state):
    """Waits until the modem is in this state of a send, as closely as asking over its control interface allows."""
    if state == "text":
        # The prompt comes late, so that the kill falls before the PDU.
        house.modem.order("fault", fault="latePrompt", seconds=0.3)
        eventually(lambda: house.modem.state()["mode"] == "text", 20, "a send begun")
    else:
        eventually(lambda: house.modem.state()["mode"] == "waiting", 20, "a text handed over")
        if state == "command":
            eventually(lambda: house.modem.state()["mode"] == "command", 20, "the answer given")


@pytest.mark.parametrize("policy", ["hold", "retry-once", "settle-by-report"])
def test_each_policy_keeps_its_word_when_the_daemon_dies_in_the_middle_of_a_send(start_house, long, show, policy):
    """R02 kill -9 at AT states: 6 kills for each policy, 333 long."""
    kills = 333 if long else 6
    house = start_house(line_keys={"in-doubt": policy, "queue-limit": 20}, answer_after=0.4)
    house.start_load(callers=1, http_pause=0.02, sip_pause=None, outside_pause=None, recipients=PEOPLE)
    aimed = 0
    for number in range(kills):
        state = STATES[number % len(STATES)]
        house.daemon.wait_up()
        aim(house, state)
        house.daemon.kill()
        # The answer may have been quicker than the kill.
        aimed += state == "waiting" and house.modem.state()["mode"] == "waiting"
        house.daemon.spawn()
        show(f"R02: {policy}, {number + 1}/{kills} kills", progress=(number + 1) % 50)
    house.daemon.wait_up()
    house.stop_load()
    house.slow_network(0)
    house.wait_drained()
    found = account(house)
    show(f"R02: {policy}, {kills} kills, {aimed} of them at a text without its answer; {found}")
    found.check()
    assert aimed, "no kill fell between a text and its answer"
    if policy == "hold":
        assert len(found.doubts) >= aimed and not found.repeated
    elif policy == "retry-once":
        # What was sent again may be cut off again, and is held then.
        assert len(found.repeated) + len(found.doubts) >= aimed and found.repeated
        assert set(found.doubts) <= set(found.repeated)
    else:
        assert not found.doubts_sent, "the network's report settles what the network has"
        assert not found.repeated
    assert len(set(found.doubts + found.repeated)) <= kills


def test_what_a_person_takes_as_failed_is_told_to_the_app_that_wrote_it(start_house, show):
    """R02 settled by hand: the app hears first that the text may not have left, then that it failed."""
    house = start_house(answer_after=30)
    phone = house.phones[0]
    assert phone.write(house.RECIPIENTS[0], "doubtful", "call-of-the-doubtful")
    eventually(lambda: house.modem.state()["mode"] == "waiting", 20, "the text handed over")
    house.daemon.kill()
    house.modem.order("fault", fault="heal")
    house.daemon.start()
    record = eventually(lambda: next((m for m in house.daemon.messages() if m["state"] == "inDoubt"), None), 20, "the doubt")
    eventually(lambda: any("may not have left" in text for text in phone.texts()), 20, "word of the doubt at the app")
    delivery = house.daemon.message("doubtful")["deliveries"][0]["id"]
    house.daemon.command("settle", delivery, "failed", "--state", house.daemon.state)
    eventually(lambda: phone.failures() == ["call-of-the-doubtful"], 20, lambda: f"the failure at the app, which has {phone.shown}: this")
    assert "settled" in house.daemon.kinds(record["id"])
