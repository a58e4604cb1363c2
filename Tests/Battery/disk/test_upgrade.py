import shutil
import sqlite3
import subprocess
import os
from pathlib import Path

import pytest

from faulty_daemon import recorded
from power import failures, records
from programs import homeline

FIXTURES = sorted((Path(__file__).resolve().parents[2] / "Vectors" / "ledger").glob("schema-*.sql"))


@pytest.fixture(params=FIXTURES, ids=lambda path: path.stem)
def old_ledger(request, tmp_path):
    """A ledger of an earlier schema, and its version."""
    place = tmp_path / "old.sqlite"
    with sqlite3.connect(place) as database:
        database.executescript(request.param.read_text())
        database.execute("PRAGMA journal_mode = WAL")
    database.close()
    return place, int(request.param.stem.rpartition("-")[2])


def shape(ledger):
    """Version and schema."""
    database = sqlite3.connect(ledger)
    try:
        version = database.execute("PRAGMA user_version").fetchone()[0]
        return version, sorted(str(row) for row in database.execute("SELECT type, name, sql FROM sqlite_schema"))
    finally:
        database.close()


def steps(ledger):
    """How many steps are on record as done."""
    database = sqlite3.connect(ledger)
    try:
        return database.execute("SELECT count(*) FROM grdb_migrations").fetchone()[0]
    finally:
        database.close()


def upgrade(daemon, **env):
    """Opens the ledger as any command does, which brings it up to date: the exit code."""
    done = subprocess.run(
        [homeline(), "token", "list", "--config", daemon.config], capture_output=True, text=True, timeout=60, env={**os.environ, **env})
    return done.returncode, done.stdout + done.stderr


def test_an_upgrade_that_is_killed_leaves_the_old_or_the_new(make_daemon, faulty_disk, old_ledger, tmp_path, long):
    """R30 kill -9 before every single change that an upgrade makes to the disk, from every earlier schema: the file is wholly of the old
    version, of the new one or of a version between them, never between two, and the next start finishes. Then the same with power failures, 500 seeds with --long."""
    ledger, version = old_ledger
    daemon = make_daemon()
    env = {"LD_PRELOAD": str(faulty_disk), "DISK_UNDER": str(daemon.state)}
    texts = recorded(ledger)

    def place():
        shutil.rmtree(daemon.state, ignore_errors=True)
        daemon.state.mkdir(mode=0o700)
        shutil.copy(ledger, daemon.state / "ledger.sqlite")

    log = tmp_path / "changes"
    place()
    assert upgrade(daemon, **env, DISK_LOG=str(log))[0] == 0
    changes = len(list(records(log.read_bytes())))
    old, new = shape(ledger), shape(daemon.state / "ledger.sqlite")
    assert old[0] == version < new[0]
    found = {"old": 0, "step": 0, "new": 0}
    # The first schema goes through every step there is.
    step = 1 if long else max(1, changes // (25 if version == 1 else 10))
    points = sorted({*range(1, changes + 1, step), changes})
    code = -9
    for number in points:
        place()
        code, said = upgrade(daemon, **env, DISK_KILL_AT=str(number))
        assert code in (-9, 0), said
        check(daemon, old, new, texts, found, f"killed before change {number} of {changes}")
    # An upgrade makes a few changes more or less each time.
    while code == -9:
        number += 1
        assert number < changes + 100
        place()
        code, said = upgrade(daemon, **env, DISK_KILL_AT=str(number))
        check(daemon, old, new, texts, found, f"killed before change {number} of {changes}")
    print(f"R30: schema {version} to {new[0]}, killed before {len(points)} of {changes} changes: {found}")
    assert found["old"] and found["new"]

    found = {"old": 0, "step": 0, "new": 0}
    start = {str(daemon.state / "ledger.sqlite"): ledger.read_bytes()}
    for seed, _, files in failures(log.read_bytes(), range(500 if long else 25 if version == 1 else 10), start):
        place()
        for path, content in files.items():
            if Path(path).name.startswith("ledger.sqlite"):
                Path(path).write_bytes(content)
        check(daemon, old, new, texts, found, f"power failure {seed}", finish=long or seed % 5 == 0)
    print(f"R30: power failures: {found}")


def check(daemon, old, new, texts, found, where, finish=True):
    ledger = daemon.state / "ledger.sqlite"
    now = shape(ledger)
    # Each step is a schema of its own; nothing may be between two of them.
    assert now in (old, new) or (old[0] < now[0] < new[0] and steps(ledger) == now[0]), f"{where}: half of a step after {now[0]}"
    assert recorded(ledger) == texts, where
    found["old" if now == old else "new" if now == new else "step"] += 1
    if not finish:
        return
    code, said = upgrade(daemon)
    assert code == 0, f"{where}: {said}"
    assert shape(ledger) == new, where
    assert recorded(ledger) == texts, where
