"""A long life with a fault each minute: memory, descriptors and threads stay flat, and every id is accounted for."""

import os
import time
from datetime import datetime

import pytest

from kill_account import account

# The life of a process that is not killed, in minutes; a kill ends each.
LIFE = 15
# When it has settled, and for how many minutes it is looked at then, to compare its end with that.
SETTLE, LOOK = 3, 3
AWAY = 8
# What was written shortly before the modem went, or while it was away and being set up again, may have its report lost: a modem without its
# settings tells the network that it has a report and hands it to nobody (TS 27.005 §3.4.1, ds 0).
BEFORE, AFTER = 10, 40


def unplug_modem(house):
    house.unplugged.append(time.time())
    house.modem.order("fault", fault="vanish", seconds=AWAY)


def silence_phone(house):
    house.phones[1].is_answering = False


def fail_hook(house):
    house.hook.behaviour = house.hook.fail


def lose_answers(house):
    house.hook.behaviour = house.hook.lose_answer


def heal(house):
    house.hook.behaviour = house.hook.take
    for phone in house.phones:
        phone.is_answering = True
        phone.register()


FAULTS = [unplug_modem, silence_phone, fail_hook, lose_answers]


def minutes(long):
    return float(os.environ.get("HOMELINE_SOAK_MINUTES") or (60 if long else 0))


def test_memory_descriptors_and_threads_are_flat_through_a_fault_each_minute(start_house, long, show):
    """R28 soak: an hour with `--long`, or as many minutes as HOMELINE_SOAK_MINUTES says."""
    length = minutes(long)
    if not length:
        pytest.skip("a soak takes minutes: --long, or HOMELINE_SOAK_MINUTES")
    assert length > SETTLE + LOOK, f"{length} minutes tell nothing of growth: more than {SETTLE + LOOK} are needed"
    house = start_house(line_keys={"queue-limit": 5000})
    house.unplugged = []
    house.start_load(callers=1, http_pause=1.2, sip_pause=2.5, outside_pause=0.8)
    lives, life, minute = [], [], 0
    end = time.monotonic() + 60 * length
    while time.monotonic() < end:
        fault = FAULTS[minute % len(FAULTS)]
        fault(house)
        time.sleep(min(20, max(0, end - time.monotonic())))
        heal(house)
        time.sleep(min(40, max(0, end - time.monotonic())))
        minute += 1
        resident, descriptors, threads = house.daemon.usage()
        life.append((resident, descriptors, threads))
        show(
            f"R28: minute {minute}, {fault.__name__}: {resident:.1f} MB resident, {descriptors} descriptors, {threads} threads, backlog "
            f"{house.daemon.backlog()}, {len(house.written())} written, {len(house.outside.accepted)} from the network")
        if minute % LIFE == 0 and time.monotonic() < end:
            lives.append(life)
            life = []
            house.daemon.kill()
            house.daemon.start()
            heal(house)
    lives.append(life)
    house.stop_load()
    time.sleep(5)
    house.wait_drained(unsettled=frozenset({"queued"}))
    found = account(house)
    unreported, unexplained = without_report(house)
    show(f"R28: {minute} minutes; {found}; reports that the modem lost {unreported}")
    found.check()
    assert not unexplained, f"no report came for these, and no modem was unplugged: {unexplained}"
    told = [life for life in lives if len(life) > SETTLE + LOOK]
    show(f"R28: {len(told)} of {len(lives)} lives were long enough to tell of growth")
    assert told
    for life in told:
        expect_flat(life)


def without_report(house):
    """How many texts were sent and never reported on, and which of them no unplugged modem explains."""
    silent = [message for message in house.daemon.messages() if message["direction"] == "outgoing" and message["state"] == "sent"]
    times = {message["text"][:20]: datetime.fromisoformat(message["recordedAt"]).timestamp() for message in silent}
    unexplained = [text for text, at in times.items() if not any(-BEFORE < at - gone < AWAY + AFTER for gone in house.unplugged)]
    return len(silent), unexplained


def expect_flat(life):
    """From its settled state to its end a process grows by nothing but noise, however slowly."""
    settled, last = life[SETTLE:SETTLE + LOOK], life[-1]
    # Threads: one for each of SQLite's queues that ever had work at once; a burst leaves some behind, and they stay as long as there is traffic.
    for name, place, room in [("MB resident", 0, 6), ("descriptors", 1, 8), ("threads", 2, 9)]:
        most = max(sample[place] for sample in settled)
        assert last[place] <= most + room, f"{name} grew: {[sample[place] for sample in life]}"
