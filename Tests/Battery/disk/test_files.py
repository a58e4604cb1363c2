import hashlib
import os
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from faulty_daemon import is_root, recorded, run_once
from programs import eventually, homeline
from shifted_clock import ShiftedClock

LEDGER_UNUSABLE = 65
CANNOT_CREATE = 73
NOBODY = 65534
# Tables of what people set up.
SET_UP = (
    "person", "token", "account", "app_password", "contact", "contact_address", "block", "held", "held_part", "shelf", "read_mark", "device", "audit")
FIXTURES = sorted((Path(__file__).resolve().parents[2] / "Vectors" / "ledger").glob("schema-*.sql"))


def digest(state):
    """Every file of a state directory by its octets; those that SQLite makes to read are left out."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(state.glob("ledger.sqlite*"))
        if not path.name.endswith("-shm") and path.stat().st_size}


@pytest.fixture
def used(make_daemon):
    """A daemon that was run and stopped, with a text on record."""
    daemon = make_daemon()
    token = daemon.token("send")
    daemon.start()
    assert daemon.call("POST", "/api/v1/messages", {"line": "home", "to": ["+15550100200"], "text": "kept"}, token=token)[0] == 202
    daemon.stop()
    return daemon


def as_nobody(daemon):
    """Root may write anything, so the daemon is started as somebody else, who may read what this test made."""
    if not is_root():
        return {}
    for path in (daemon.directory, *daemon.directory.parents):
        if path == Path("/tmp") or path == Path("/"):
            break
        path.chmod(0o755)
    for path in (daemon.state, *daemon.state.rglob("*"), *daemon.directory.glob("homeline.*")):
        os.chown(path, NOBODY, NOBODY)
    return {"user": NOBODY, "group": NOBODY}


@pytest.mark.parametrize("what", ["file", "directory", "missing directory"])
def test_a_place_that_cannot_be_written_is_named(used, what):
    """R11 A read-only file, a read-only directory, a directory that cannot be made: one line says so, the exit code is 73, nothing changed."""
    who = as_nobody(used)
    if what == "file":
        (used.state / "ledger.sqlite").chmod(0o400)
        (used.state / "ledger.sqlite-wal").unlink(missing_ok=True)
        if is_root():
            os.chown(used.state / "ledger.sqlite", 0, 0)
            (used.state / "ledger.sqlite").chmod(0o444)
    elif what == "directory":
        if is_root():
            os.chown(used.state, 0, 0)
        used.state.chmod(0o555)
    else:
        closed = used.directory / "closed"
        closed.mkdir(mode=0o555)
        used.config.write_text(used.config.read_text().replace(f"state: {used.state}", f"state: {closed}/state"))
    before = digest(used.state)
    code, said = run_once(used, **who)
    used.state.chmod(0o755)
    assert code == CANNOT_CREATE, (code, said)
    assert said.count("\n") == 1 and said.startswith("homeline: "), said
    assert digest(used.state) == before


def test_a_newer_schema_is_refused_and_left_alone(used):
    """R11 A ledger of a newer version: one line names both versions, the exit code is 65, no octet changed; so with another program's."""
    with sqlite3.connect(used.state / "ledger.sqlite") as database:
        version = database.execute("PRAGMA user_version").fetchone()[0]
        database.execute("PRAGMA journal_mode = DELETE")
        database.execute("PRAGMA user_version = 99")
    before = digest(used.state)
    for command in (["run"], ["person", "list"]):
        done = subprocess.run([homeline(), *command, "--config", used.config], capture_output=True, text=True, timeout=20)
        said = done.stdout + done.stderr
        assert f"newer version (schema 99; this one knows {version})" in said, said
        if command == ["run"]:
            assert done.returncode == LEDGER_UNUSABLE, done.returncode
            assert said.count("\n") == 1 and said.startswith("homeline: "), said
        assert digest(used.state) == before
    with sqlite3.connect(used.state / "ledger.sqlite") as database:
        database.execute("PRAGMA application_id = 1")
    before = digest(used.state)
    code, said = run_once(used)
    assert (code, "another program" in said) == (LEDGER_UNUSABLE, True), said
    assert said.count("\n") == 1 and said.startswith("homeline: "), said
    assert digest(used.state) == before


def set_up(ledger, like=None):
    """What people set up: of each table its columns, or those that it had before, and its rows."""
    database = sqlite3.connect(ledger)
    try:
        there = {row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        columns = {table: [row[1] for row in database.execute(f"PRAGMA table_info({table})")] for table in SET_UP if table in there}
        columns |= {table: names for table, (names, _) in (like or {}).items()}
        return {table: (names, set(database.execute(f"SELECT {', '.join(names)} FROM {table}"))) for table, names in columns.items()}
    finally:
        database.close()


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_an_older_schema_is_brought_up_to_date_with_all_that_is_in_it(make_daemon, faulty_clock, tmp_path, fixture):
    """R11 A ledger of each earlier schema: after one start every text is there, what waited leaves, what is in doubt stays so, and every row
    is whole."""
    daemon = make_daemon()
    daemon.state.mkdir(mode=0o700)
    ledger = daemon.state / "ledger.sqlite"
    with sqlite3.connect(ledger) as database:
        database.executescript(fixture.read_text())
        written = database.execute("SELECT max(recorded_at) FROM message").fetchone()[0] // 1000
        doubts = [row[0] for row in database.execute("SELECT m.ulid FROM delivery d JOIN message m ON m.id = d.message WHERE d.state = 'inDoubt'")]
    texts, kept = recorded(ledger), set_up(ledger)
    # What waits expires after a day; the daemon goes on a minute after the fixture was written.
    daemon.env = ShiftedClock(tmp_path, faulty_clock, written + 60 - int(time.time())).env
    daemon.start()
    assert set(daemon.texts()) == set(texts)
    assert daemon.ledger_part()["state"] == "working"
    now = set_up(ledger, kept)
    lost = {table: rows - now[table][1] for table, (_, rows) in kept.items() if rows - now[table][1]}
    assert not lost, lost
    assert "alice" in daemon.command("person", "list", "--config", daemon.config)
    eventually(lambda: daemon.message("waits")["state"] in ("sent", "delivered"), 20, lambda: f"{daemon.message('waits')}: what waited")
    assert [daemon.api("GET", f"/api/v1/messages/{name}")[1]["state"] for name in doubts] == ["inDoubt"] * len(doubts)
    daemon.stop()
    said = daemon.command("check", "--ledger", "--config", daemon.config)
    assert f"Every row is what was written; {sum(texts.values())} messages" in said, said
