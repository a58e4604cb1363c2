import random
import re
import sqlite3
import time

import pytest

from faulty_daemon import Callers, assert_all_there
from homeline_daemon import DOMAIN
from programs import eventually
from raw_sip import RawSIP
from shifted_clock import ShiftedClock

HOUR, YEAR = 3600, 31_557_600


@pytest.fixture
def clock(tmp_path, faulty_clock):
    return ShiftedClock(tmp_path, faulty_clock)


@pytest.fixture
def daemon(make_daemon, clock):
    return make_daemon(env=clock.env)


def attempts(daemon):
    """Tries on record, by delivery."""
    connection = sqlite3.connect(daemon.state / "ledger.sqlite")
    try:
        return dict(connection.execute("SELECT delivery, count(*) FROM attempt GROUP BY delivery"))
    finally:
        connection.close()


@pytest.mark.parametrize("jump", [HOUR, -HOUR, 10 * YEAR], ids=["an hour on", "an hour back", "ten years on"])
def test_a_clock_that_jumps_under_load_harms_nobody(daemon, clock, jump):
    """R12 The clock jumps an hour on, an hour back, ten years on, and back again: texts go on being taken and sent, none twice; nothing is
    tried in a storm; the list of messages stays in the order in which they came."""
    token = daemon.token("send", "read")
    account = daemon.add_person("alice", ["home"])
    daemon.start()
    with RawSIP(account) as phone, Callers(daemon, token, pause=0.02) as callers:
        callers.wait_accepted(20)
        for offset in (jump, 0):
            clock.set(offset)
            assert callers.progress(5) < 5
            # The clock may be taken over between a challenge and its answer, which is then challenged once more.
            written = [phone.message(f"sip:+15550100200@{DOMAIN}", f"by phone at {offset}").status]
            if written == [401]:
                written.append(phone.message(f"sip:+15550100200@{DOMAIN}", f"by phone at {offset}").status)
            assert written[-1] == 202, written
            time.sleep(0.5)
        callers.wait_accepted(len(callers.accepted) + 20)
    eventually(lambda: all_sent(daemon), 20, lambda: f"everything sent; {unsent(daemon)} wait: this")
    assert max(attempts(daemon).values()) == 1
    listed = [message["text"] for message in daemon.messages()]
    # Of one caller each text was answered before the next was written.
    for number in range(len(callers.threads)):
        mine = [int(text.rpartition(" ")[2]) for text in listed if text.startswith(f"caller {number} ")]
        assert mine == sorted(mine) and mine
    daemon.stop()
    assert_all_there(callers, daemon.state / "ledger.sqlite")


def unsent(daemon):
    return sum(message["state"] == "queued" for message in daemon.messages())


def all_sent(daemon):
    return unsent(daemon) == 0


def test_a_clock_that_goes_mad_under_load_harms_nobody(daemon, clock, long):
    """R12 The clock is set at random, up to ten years either way, five times a second for 20 s (5 s without --long): nothing is lost,
    doubled or stuck, nothing is tried in a storm, and no processor spins."""
    token = daemon.token("send", "read")
    daemon.start()
    generator = random.Random(12)
    with Callers(daemon, token, pause=0.01) as callers:
        callers.wait_accepted(10)
        deadline = time.monotonic() + (20 if long else 5)
        while time.monotonic() < deadline:
            clock.set(generator.choice((0, HOUR, -HOUR, generator.randrange(-10 * YEAR, 10 * YEAR))))
            time.sleep(0.2)
        clock.set(0)
        assert callers.progress(5) < 5
    # What was deferred or leased by a clock far ahead is found all the same.
    eventually(lambda: all_sent(daemon), 20, lambda: f"everything sent; {unsent(daemon)} wait: this")
    tries = attempts(daemon)
    assert max(tries.values()) <= 2, f"a delivery was tried {max(tries.values())} times"
    daemon.stop()
    assert_all_there(callers, daemon.state / "ledger.sqlite")
    print(f"R12: {len(callers.accepted)} accepted while the clock was mad, at most {max(tries.values())} tries of one delivery")


def set_and_taken_over(daemon, clock, offset):
    """The daemon goes on by the old time until all that waits was told."""
    mark = daemon.program.mark()
    clock.set(offset)
    if clock.offset != offset:
        daemon.program.wait_for("the clock was set", 10, since=mark)
    clock.offset = offset


def test_a_clock_that_jumps_makes_no_credential_valid(daemon, clock):
    """R12 A token that has ended is refused, and a nonce of another hour, day or decade is not taken; a right password is taken at any time
    after one more challenge, and a registration made by a clock ten years ahead does not last for ten years when the clock is right."""
    account = daemon.add_person("alice", ["home"])
    ended = daemon.command(
        "token", "create", "short", "--scope", "read", "--days", "1", "--config", daemon.config).strip()
    daemon.start()
    assert daemon.call("GET", "/api/v1/lines", token=ended)[0] == 200
    clock.set(2 * 24 * HOUR)
    assert daemon.call("GET", "/api/v1/lines", token=ended)[0] == 401

    daemon.program.wait_for("the clock was set", 10)
    clock.offset = 2 * 24 * HOUR
    with RawSIP(account) as phone:
        uri = f"sip:{DOMAIN}"
        contact = f"Contact: <sip:alice@{phone.address}>;expires=60"
        for offset in (HOUR, -HOUR, 10 * YEAR):
            set_and_taken_over(daemon, clock, 0)
            challenge = phone.exchange(phone.request("REGISTER", uri, To=f"<{account.uri}>")).all("www-authenticate")[0]
            proof = phone.authorization(challenge, "REGISTER", uri, account.user, account.password)
            set_and_taken_over(daemon, clock, offset)
            answer = phone.exchange(phone.request("REGISTER", uri, proof, To=f"<{account.uri}>"))
            assert answer.status == 401, f"{offset}: {answer.first}"
            assert phone.register(contact).status == 200
        # Registered ten years from now; back in the present that must not hold for ten years.
        set_and_taken_over(daemon, clock, 0)
        assert phone.register(contact).status == 200
        answer = phone.register(contact)
        lives = [int(life) for life in re.findall(r"expires=(\d+)", " ".join(answer.all("contact")))]
        assert lives and max(lives) <= 3600, answer.all("contact")
