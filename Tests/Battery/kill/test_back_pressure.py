"""More is submitted than can leave: a full queue says so, memory stays bounded, and what was accepted leaves."""

import threading
import time

from kill_account import account
from kill_house import texts

DEPTH = 60


def test_a_full_queue_refuses_and_keeps_what_it_took(start_house, long, show):
    """R32 back-pressure: submitted ten times faster than it drains, for 8 s, 10 minutes long."""
    duration = 600 if long else 8
    # Two texts a second leave.
    house = start_house(line_keys={"queue-limit": DEPTH}, answer_after=0.5)
    house.start_load(callers=4, http_pause=0.02, sip_pause=None, outside_pause=None, recipients=[f"+1555030{n:04d}" for n in range(1000)])
    phone = house.phones[0]
    refused_by_sip = []
    is_over = threading.Event()

    def write():
        for number, (recipient, text) in enumerate(texts("sip", house.RECIPIENTS)):
            if is_over.wait(0.1):
                return
            response = None
            # A busy machine may answer late; it is asked again under the same name, as an app does.
            while response is None and not is_over.is_set():
                try:
                    response = phone.message(f"sip:{recipient}@home.test", text, Call_ID=f"pressure-{number}")
                except TimeoutError:
                    continue
            if response is None:
                return
            if response.status == 503:
                refused_by_sip.append(response.get("retry-after"))
            else:
                assert response.status == 202, response.first
                house.writer.accepted[text] = f"pressure-{number}"

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    deepest, memory = 0, []
    end = time.monotonic() + duration
    while time.monotonic() < end:
        time.sleep(0.25)
        deepest = max(deepest, house.daemon.trunk_backlog())
        memory.append(house.daemon.usage()[0])
    is_over.set()
    writer.join(20)
    assert not writer.is_alive()
    for caller in house.callers:
        caller.stop()
    # Now it leaves quickly, so that callers who wait for room are served and the account can be made.
    house.slow_network(0)
    house.stop_load(within=120)
    house.wait_drained()
    found = account(house)
    refusals = sum(caller.refusals for caller in house.callers)
    show(
        f"R32: deepest {deepest} of {DEPTH}; refused {refusals} times over HTTP and {len(refused_by_sip)} over SIP; memory "
        f"{memory[0]:.1f} → {memory[-1]:.1f} MB; {found}")
    found.check()
    assert refusals > 20 and refused_by_sip, "the queue was never full"
    assert all(refused_by_sip), "503 without Retry-After"
    # The list is read page by page while texts leave and come.
    assert deepest <= DEPTH + 2
    settled = memory[len(memory) // 4]
    assert max(memory) < settled + 16, f"memory grew from {settled:.1f} to {max(memory):.1f} MB"
