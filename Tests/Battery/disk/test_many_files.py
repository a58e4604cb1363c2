import os
import re
import sqlite3
import time

import pytest

from programs import eventually
from spools import GammuFolders, SpoolDaemon

SENDERS = [f"+1555123{index:04}" for index in range(50)]


@pytest.fixture
def start(tmp_path):
    """Starts daemons whose one line is a section of the test's own."""
    started = []

    def start(line, endpoints=""):
        daemon = SpoolDaemon(tmp_path / "home", line, endpoints)
        daemon.config.write_text(daemon.config.read_text().replace("level: debug", "level: info"))
        started.append(daemon)
        return daemon.start()

    yield start
    for daemon in started:
        daemon.kill()


def rows(daemon, query):
    database = sqlite3.connect(f"file:{daemon.state}/ledger.sqlite?mode=ro", uri=True)
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def resident(daemon):
    """Megabytes."""
    with open(f"/proc/{daemon.program.process.pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) / 1000


def wait_emptied(daemon, folder, within):
    """How long it took, and the most memory that was resident meanwhile."""
    start, most = time.monotonic(), 0
    while any(entry.is_file() and entry.name.endswith(".txt") for entry in os.scandir(folder)):
        most = max(most, resident(daemon))
        assert time.monotonic() - start < within, f"{len(os.listdir(folder))} files lie there after {within} s; {daemon.program.output()[-2000:]}"
        time.sleep(0.5)
    return time.monotonic() - start, most


def test_what_gammu_left_in_a_folder_of_many_files_is_read_once_and_whole(start, long, tmp_path):
    """R27 More files than are looked at in one round, among them as many that are no texts: every text is read once, its pieces as one,
    each conversation in its order; what is no text stays; a stop in the middle loses and doubles nothing."""
    count = 100_000 if long else 10_500
    gammu = GammuFolders(tmp_path / "gammu")
    inbox = gammu.place / "inbox"
    expected, files = {sender: [] for sender in SENDERS}, 0
    while files < count:
        text = f"text {len(expected[SENDERS[0]]):06}"
        for sender in SENDERS:
            stamp = len(expected[sender])
            name = f"IN20261121_{stamp // 3600 % 24:02}{stamp // 60 % 60:02}{stamp % 60:02}_{stamp // 86400:02}_{sender}"
            # No whole number of them lies within what one round looks at.
            pieces = [f"{text}, piece {index}" for index in range(9 if stamp % 2 else 4)]
            for index, piece in enumerate(pieces):
                (inbox / f"{name}_{index:02}.txt").write_text(piece)
                files += 1
            expected[sender].append("".join(pieces))
    aliens = [inbox / f"A{index:06}.tmp" for index in range(count)]
    for alien in aliens:
        alien.touch()
    daemon = start({"trunk": "gammu-spool", **{name: gammu.place / name for name in ("inbox", "outbox", "sent", "error")}})
    eventually(lambda: rows(daemon, "SELECT count(*) FROM receipt")[0][0] > 500, 60, "some of them read")
    begun = time.monotonic()
    daemon.stop()
    stopped = time.monotonic() - begun
    assert stopped < 10, f"a stop took {stopped:.1f} s"
    daemon.start()
    took, most = wait_emptied(daemon, inbox, 60 + count / 80)
    texts = sum(map(len, expected.values()))
    eventually(lambda: rows(daemon, "SELECT count(*) FROM message WHERE direction = 'incoming'")[0][0] >= texts, 60, "every text")
    brought = {sender: [] for sender in SENDERS}
    for sender, octets in rows(daemon, "SELECT m.sender, p.octets FROM message m JOIN part p ON p.message = m.id WHERE m.direction = 'incoming' ORDER BY m.id"):
        brought[sender.removeprefix("number:")].append(octets.decode())
    assert brought == expected
    assert all(alien.exists() for alien in aliens)
    print(f"{files} files with {texts} texts beside {count} others: stopped within {stopped:.2f} s, the rest read in {took:.0f} s, {most:.0f} MB resident")


def test_orders_in_a_folder_of_many_files_all_leave_once(start, long, tmp_path):
    """R27 More orders than may wait to leave, and in the long form than are looked at in one round: every one leaves once and lies among those sent."""
    count = 20_000 if long else 1_000
    gammu = GammuFolders(tmp_path / "gammu")
    for index in range(count):
        (gammu.place / "outbox" / f"OUTA20261121_120000_00_{SENDERS[index % 50]}_k{index:06}.txt").write_text(f"order {index:06}")
    daemon = start({"trunk": "loopback", "queue-limit": 200}, f"  gammu-spool:\n{gammu.section()}")
    took, most = wait_emptied(daemon, gammu.place / "outbox", 60 + count / 20)
    texts = [octets.decode() for octets, in rows(daemon, "SELECT p.octets FROM message m JOIN part p ON p.message = m.id WHERE m.direction = 'outgoing'")]
    assert sorted(texts) == [f"order {index:06}" for index in range(count)]
    assert len(gammu.files("sent")) == count and not gammu.files("error")
    print(f"{count} orders left in {took:.0f} s, {most:.0f} MB resident")
