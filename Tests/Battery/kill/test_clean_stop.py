"""SIGTERM under load: quick, nothing refused after it was accepted, nothing half done without a mark."""

import random
import time

from kill_account import account
from programs import eventually, homeline

# Seconds; what is being sent may take 3.5 of them.
PROMISE = 10 if "/debug/" in homeline() else 5


def test_a_stop_under_load_is_quick_and_leaves_nothing_in_doubt(start_house, long, seed, show):
    """R04 SIGTERM under load, a phone that does not answer among those served: 6 stops, 200 long, each under 5 s (10 s for a debug program)."""
    stops = 200 if long else 6
    chance = random.Random(seed)
    house = start_house(answer_after=0.1, line_keys={"queue-limit": 100})
    house.start_load()
    dead = house.phones[1]
    took = []
    for number in range(stops):
        house.daemon.wait_up()
        # It is registered and gone: its texts are being tried when the stop comes.
        dead.is_answering = False
        dead.register()
        time.sleep(chance.uniform(0.3, 1.5))
        seconds, status = house.daemon.terminate()
        assert status == 0, f"it ended with {status}:\n{house.daemon.program.output()[-2000:]}"
        took.append(seconds)
        house.daemon.spawn()
        show(f"R04: {number + 1}/{stops} stops, the longest {max(took):.2f} s", progress=(number + 1) % 20)
    house.daemon.wait_up()
    dead.is_answering = True
    dead.register()
    house.stop_load()
    house.wait_drained()
    found = account(house)
    took.sort()
    show(f"R04: {stops} stops, median {took[len(took) // 2]:.2f} s, longest {took[-1]:.2f} s; {found}")
    found.check()
    assert not found.doubts, "the answer of a modem that answers is waited for"
    assert took[-1] < PROMISE


def test_a_stop_does_not_wait_for_a_modem_that_never_answers(start_house, show):
    """R04 SIGTERM while a text's answer is lost: under 5 s (10 s for a debug program), and the text is in doubt."""
    house = start_house(answer_after=120)
    house.start_load(callers=1, http_pause=0.05, sip_pause=None, outside_pause=None)
    eventually(lambda: house.modem.state()["mode"] == "waiting", 20, "a text handed over")
    seconds, status = house.daemon.terminate()
    show(f"R04: {seconds:.2f} s with a text whose answer is awaited")
    house.slow_network(0)
    house.modem.order("fault", fault="heal")
    house.daemon.spawn()
    house.daemon.wait_up()
    house.stop_load()
    house.wait_drained()
    found = account(house)
    show(f"R04: {found}")
    found.check()
    assert status == 0 and seconds < PROMISE
    assert len(found.doubts_sent) == 1 and not found.doubts_unsent
