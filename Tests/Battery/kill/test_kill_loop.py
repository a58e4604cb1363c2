"""The daemon is killed with -9 at random moments under load in both directions; every id is accounted for end to end."""

import random
import time

from kill_account import account


def test_nothing_is_lost_or_doubled_when_the_daemon_is_killed_again_and_again(start_house, long, seed, show):
    """R01 kill -9 under load: 20 kills, 200 long."""
    kills = 200 if long else 20
    chance = random.Random(seed)
    show(f"R01: {kills} kills, seed {seed}")
    house = start_house(line_keys={"queue-limit": 100})
    house.start_load()
    began = time.monotonic()
    starts = []
    for number in range(1, kills + 1):
        # One in five dies while it is starting.
        if chance.random() < 0.2:
            time.sleep(chance.uniform(0, 0.5))
        else:
            house.daemon.wait_up()
            if number > 1:
                starts.append(time.monotonic() - spawned)
            time.sleep(chance.uniform(0.2, 2.4))
        house.daemon.kill()
        spawned = time.monotonic()
        house.daemon.spawn()
        show(f"R01: {number}/{kills} kills, {len(house.written())} accepted, {len(house.outside.accepted)} from the network", progress=number % 20)
    house.daemon.wait_up()
    house.stop_load()
    house.wait_drained()
    found = account(house)
    median = sorted(starts)[len(starts) // 2]
    show(f"R01: {kills} kills in {time.monotonic() - began:.0f} s, up again in {median:.2f} s (median); {found}")
    found.check()
    assert found.written > 3 * kills and found.brought > 3 * kills, "too little load to mean anything"
    assert found.doubts, "no kill fell between a text's last octet and its answer: nothing was proved of doubts"
    assert len(found.doubts) <= kills
