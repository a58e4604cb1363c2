import random
import subprocess

from faulty_daemon import Callers, recorded
from programs import eventually, homeline


def in_use(log):
    """Octets of the log that are of its present generation: behind them may lie what was written before it was last begun anew."""
    size = 24 + int.from_bytes(log[8:12], "big")
    end = 32
    while log[end + 8:end + 16] == log[16:24]:
        end += size
    return end


def killed_with_a_log(daemon, token):
    """Kills the daemon under load, and once more should its log have been begun anew a moment before: its texts by mark, and the log's octets."""
    accepted = {}
    while True:
        with Callers(daemon, token) as callers:
            callers.wait_accepted(len(accepted) + 40)
            daemon.kill()
        accepted |= callers.accepted
        octets = bytearray((daemon.state / "ledger.sqlite-wal").read_bytes())
        if in_use(octets) > 50_000:
            return accepted, octets
        daemon.start()


def test_a_bit_flipped_in_the_log_of_a_killed_daemon_is_told(make_daemon, long):
    """R07 The daemon is killed, and one bit of its write-ahead log flips: the next start serves what stands before, keeps the log as it was, and
    says so in health, in the log, to the owner and in `homeline check`; once, though it is started again."""
    for seed in range(5 if long else 1):
        daemon = make_daemon(f"home{seed}", extra="  loopback:\n")
        token = daemon.token("send")
        daemon.start()
        accepted, octets = killed_with_a_log(daemon, token)
        ledger = daemon.state / "ledger.sqlite"
        log = daemon.state / "ledger.sqlite-wal"
        # The first half holds what later writes prove to have been whole.
        place = random.Random(seed).randrange(32, in_use(octets) // 2)
        octets[place] ^= 1 << seed
        log.write_bytes(octets)

        daemon.start()
        summary = daemon.ledger_part()["summary"]
        assert daemon.ledger_part()["state"] == "impaired" and "log was damaged" in summary, summary
        kept = list(daemon.state.glob("ledger.sqlite-wal.damaged-*"))
        assert [copy.read_bytes() for copy in kept] == [bytes(octets)] and kept[0].stat().st_mode & 0o777 == 0o600
        assert kept[0].name in summary and kept[0].name in daemon.program.output()
        told = lambda: [text for text in daemon.texts() if kept[0].name in text]
        eventually(told, 10, "the owner's notice")
        assert daemon.call("POST", "/api/v1/messages", {"line": "home", "to": ["+15550100200"], "text": "goes on"}, token=token)[0] == 202
        daemon.restart()
        assert len(told()) == 1 and list(daemon.state.glob("*.damaged-*")) == kept
        daemon.stop()
        there = recorded(ledger)
        assert "goes on" in there and all(count == 1 for count in there.values())
        lost = accepted.keys() - there.keys()
        print(f"R07: seed {seed}, octet {place} of {len(octets)}: {len(lost)} of {len(accepted)} accepted texts were in the damaged end")
        done = subprocess.run([homeline(), "check", "--ledger", "--config", daemon.config], capture_output=True, text=True, timeout=60)
        assert kept[0].name in done.stdout + done.stderr
