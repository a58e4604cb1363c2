"""kill -9 before every single change that the daemon makes to its disk while a text goes out and one comes in."""

import time

from power import records
from programs import eventually

NUMBER = "+15550100201"


def test_a_kill_before_any_change_to_the_disk_loses_and_doubles_nothing(start_house, faulty_disk, long, show, tmp_path):
    """R03 Points are numbered from the start of the process: opening the ledger, a text over HTTP to the network and its report, a text from the
    network to webhook and phones. After each death the next start finishes. Every point with `--long`, a few of them in short."""
    house = start_house(answer_after=0)
    log = tmp_path / "changes"
    disk = {"LD_PRELOAD": str(faulty_disk), "DISK_UNDER": str(house.daemon.state)}
    pass_through(house, "unharmed", {**disk, "DISK_LOG": str(log)})
    points = len(list(records(log.read_bytes())))
    deaths = doubts = 0
    tried = range(1, points + 1, 1 if long else max(1, points // 6))
    for point in tried:
        died, state = pass_through(house, f"point {point}", {**disk, "DISK_KILL_AT": str(point)})
        deaths += died
        doubts += state == "inDoubt"
    show(f"R03: {points} points, {len(tried)} of them tried, {deaths} deaths: lost 0, doubled 0, in doubt {doubts}")
    # A run makes a few changes more or less than the one that was counted, and does not come to the last points.
    assert deaths > len(tried) // 2


def pass_through(house, name, env):
    """Starts the daemon over a faulty disk and sends a text each way; whether it died, and how the outgoing text ended."""
    out, into = f"out, {name}", f"in, {name}"
    daemon = house.daemon
    daemon.kill()
    daemon.env = env
    daemon.spawn()
    house.modem.text("+15550100100", into)
    caller = house.caller(out, NUMBER)
    caller.start()
    died = ended(house, out, into)
    if died:
        daemon.env = {}
        daemon.spawn()
        daemon.wait_up()
        assert not ended(house, out, into)
    caller.join(10)
    messages = [message for message in daemon.messages() if message["text"] in (out, into)]
    assert sorted(message["text"] for message in messages) == [into, out]
    state = next(message["state"] for message in messages if message["text"] == out)
    times = sum(message["text"] == out for message in house.modem.sent())
    assert times == 1 or state == "inDoubt" and times == 0, f"{name}: sent {times} times, {state}"
    for place, texts in [("webhook", house.hook.received()), *((phone.name, phone.texts()) for phone in house.phones)]:
        assert len(texts.get(into, [])) == 1, f"{name}: {place} has {texts.get(into)}"
    return died, state


def ended(house, out, into):
    """Waits until both texts are where they go, or the daemon died, which is told."""
    daemon = house.daemon

    def is_over():
        if daemon.program.process.poll() is not None:
            return True
        try:
            states = {message["text"]: message["state"] for message in daemon.messages()}
            return states.get(out) in ("delivered", "inDoubt") and into in states and not daemon.backlog()
        except (OSError, ValueError, KeyError):
            return False
    eventually(is_over, 60, lambda: f"both texts at their ends; {daemon.program.output()[-1500:]}: this")
    time.sleep(0.05)
    return daemon.program.process.poll() is not None
