import sqlite3
import time

from faulty_daemon import Callers, assert_all_there
from programs import eventually


def test_a_lock_from_outside_is_waited_for_or_told_and_loses_nothing(make_daemon, long):
    """R10 Another program holds the database exclusively for 30 s (8 s without --long): callers wait for no longer than the busy budget of 5 s (a
    busy machine gets ten) and get a 503 with Retry-After, reading goes on, and afterwards all is as before: 0 lost, 0 doubled, although each caller repeats its key."""
    held = 30 if long else 8
    daemon = make_daemon()
    token = daemon.token("send", "read")
    daemon.start()
    with Callers(daemon, token) as callers:
        callers.wait_accepted(30)
        other = sqlite3.connect(daemon.state / "ledger.sqlite", isolation_level=None, timeout=10)
        other.execute("BEGIN EXCLUSIVE")
        start = time.monotonic()
        accepted = len(callers.accepted)
        waited = refusal(daemon, token)
        while time.monotonic() < start + held:
            assert daemon.call("GET", "/api/v1/messages?limit=1", token=token)[0] == 200
            time.sleep(0.5)
        # What was under way when the lock was taken may still have been answered.
        during = len(callers.accepted) - accepted
        assert during <= len(callers.threads), f"{during} were accepted beside the lock"
        assert callers.refused and all(status == 503 and wait for status, wait, _ in callers.refused), callers.refused[:3]
        other.execute("ROLLBACK")
        other.close()
        took = callers.progress(5)
        eventually(lambda: daemon.ledger_part()["state"] == "working", 5, "a ledger that works")
        callers.wait_accepted(accepted + 50)
    # A caller that was refused asks again under the same key.
    for _, _, text in callers.refused:
        body = {"line": "home", "to": ["+15550100300"], "text": text, "idempotencyKey": text}
        assert daemon.call("POST", "/api/v1/messages", body, token=token)[0] == 202
    daemon.stop()
    assert_all_there(callers, daemon.state / "ledger.sqlite")
    print(f"R10: {len(callers.refused)} refused in {held} s, one of them after {waited:.2f} s; {len(callers.accepted)} accepted, resumed after {took:.2f} s")


def refusal(daemon, token):
    """The seconds until a text is refused."""
    start = time.monotonic()
    status, headers, _ = daemon.call(
        "POST", "/api/v1/messages", {"line": "home", "to": ["+15550100301"], "text": "while it is locked"}, token=token, timeout=30)
    waited = time.monotonic() - start
    assert status == 503 and "retry-after" in map(str.lower, headers) and waited < 10, f"{status} {headers} after {waited:.1f} s"
    return waited
