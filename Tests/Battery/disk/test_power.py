import os
import shutil
import subprocess
from pathlib import Path

from faulty_daemon import Callers, recorded
from power import failures
from programs import homeline


def test_what_was_accepted_survives_a_power_failure_at_any_moment(make_daemon, faulty_disk, tmp_path, long):
    """R05 The disk forgets what was not synced, tears what was being written into sectors, and keeps them in any order; 1,000 seeds with
    --long. From the first start on: all that was answered 202 before the failure is there, and the file is whole."""
    log = tmp_path / "changes"
    daemon = make_daemon()
    token = daemon.token("send")
    for path in daemon.state.iterdir():
        if path.is_file():
            path.unlink()
    daemon.env = {"LD_PRELOAD": str(faulty_disk), "DISK_UNDER": str(daemon.state), "DISK_LOG": str(log)}
    token = daemon_token(daemon)
    daemon.start()
    with Callers(daemon, token, count=8, mark=lambda: log.stat().st_size) as callers:
        callers.wait_accepted(3000 if long else 400, within=300)
        daemon.kill()
    octets = log.read_bytes()
    place = tmp_path / "after"
    place.mkdir()
    sums = {"seeds": 0, "empty": 0, "accepted": 0}
    for seed, moment, files in failures(octets, range(1000 if long else 30)):
        state = place / str(seed)
        state.mkdir()
        for path, content in files.items():
            if Path(path).name.startswith("ledger.sqlite"):
                (state / Path(path).name).write_bytes(content)
        due = {text for text, (_, mark, _) in callers.accepted.items() if mark <= moment}
        ledger = state / "ledger.sqlite"
        if ledger.exists() and (long or seed % 5 == 2):
            audit(daemon, state, tmp_path / "audited")
        there = recorded(ledger) if ledger.exists() and "part" in tables(ledger) else {}
        assert due <= there.keys(), f"seed {seed}: {len(due - there.keys())} of {len(due)} accepted are lost"
        assert all(count == 1 for count in there.values()), f"seed {seed}: some are doubled"
        sums["seeds"] += 1
        sums["empty"] += not there
        sums["accepted"] += len(due)
        subprocess.run(["rm", "-r", state], check=True)
    print(f"R05: {len(callers.accepted)} accepted over {len(octets)} octets of changes; {sums}")
    assert sums["accepted"] > 0 and sums["empty"] < sums["seeds"]


def daemon_token(daemon):
    """A token made over the faulty disk, as everything of this ledger."""
    made = subprocess.run(
        [homeline(), "token", "create", "power", "--scope", "send", "--config", daemon.config], capture_output=True, text=True, timeout=30,
        check=True, env={**os.environ, **daemon.env})
    return made.stdout.strip()


def tables(ledger):
    import sqlite3
    connection = sqlite3.connect(ledger)
    try:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    finally:
        connection.close()


def audit(daemon, state, place):
    """Homeline's own look at every row of a copy; it takes no cut log for a damaged one."""
    shutil.copytree(state, place)
    config = place / "homeline.yaml"
    config.write_text(daemon.config.read_text().replace(str(daemon.state), str(place)))
    done = subprocess.run([homeline(), "check", "--ledger", "--config", config], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not list(place.glob("*.damaged-*"))
    shutil.rmtree(place)
