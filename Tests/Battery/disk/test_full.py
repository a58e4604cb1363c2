import ctypes
import os
import subprocess

import pytest

from faulty_daemon import Callers, assert_all_there
from homeline_daemon import DOMAIN
from programs import eventually
from raw_sip import RawSIP

CANNOT_CREATE = 73
CLONE_NEWNS = 0x00020000


class SmallDisk:
    """A tmpfs of 12 MB in a mount namespace of the tests' own."""

    def __init__(self, place):
        self.place = place
        self.fillers = []

    def fill(self):
        path = self.place / f"filler{len(self.fillers)}"
        self.fillers.append(path)
        with path.open("wb", buffering=0) as file:
            for size in (65536, 4096, 1):
                try:
                    while file.write(bytes(size)) == size:
                        pass
                except OSError:
                    pass

    def take_new_files(self):
        """Takes every inode."""
        try:
            for number in range(10_000):
                path = self.place / f"inode{number}"
                path.touch()
                self.fillers.append(path)
        except OSError:
            return
        pytest.fail("there are more inodes than there should be")

    def free(self):
        for path in self.fillers:
            path.unlink(missing_ok=True)
        self.fillers = []


class OrderedDisk:
    """One that the library says is full; it needs no right to mount."""

    def __init__(self, daemon):
        self.order = daemon.orders / "full"

    def fill(self):
        self.order.touch()

    # It tells no difference.
    take_new_files = fill

    def free(self):
        self.order.unlink(missing_ok=True)


def mount(place):
    """Whether a small disk could be mounted there, seen by this process and what it starts."""
    place.mkdir(parents=True, mode=0o700)
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNS):
        return False
    private = subprocess.run(["mount", "--make-rprivate", "/"], capture_output=True).returncode == 0
    return private and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m,nr_inodes=60,mode=700", "tmpfs", place], capture_output=True).returncode == 0


@pytest.fixture(params=["mounted", "ordered"])
def full_disk(request, faulty_daemon):
    """The daemon and its disk: a real one that is small, and one that is said to be full."""
    if request.param == "mounted":
        if not mount(faulty_daemon.state):
            pytest.skip("no right to mount")
        faulty_daemon.env = {}
        yield faulty_daemon, SmallDisk(faulty_daemon.state)
        faulty_daemon.kill()
        os.chdir("/")
        subprocess.run(["umount", faulty_daemon.state], check=True)
    else:
        yield faulty_daemon, OrderedDisk(faulty_daemon)


def test_a_full_disk_refuses_and_goes_on_when_there_is_room(full_disk):
    """R08 Disk full under load: 503 with Retry-After over HTTP and SIP and never a success that is not on the disk; the health page says
    so; with room again texts are taken within 5 s by the same process, and nothing accepted is missing."""
    daemon, disk = full_disk
    account = daemon.add_person("alice", ["home"])
    token = daemon.token("send")
    daemon.start()
    with RawSIP(account) as phone, Callers(daemon, token, pause=0.01) as callers:
        callers.wait_accepted(20)
        assert phone.message(f"sip:+15550100200@{DOMAIN}", "with room").status == 202
        for round in range(2):
            disk.fill()
            refused = len(callers.refused)
            eventually(lambda: len(callers.refused) > refused + 5, 30, "callers that are refused")
            eventually(lambda: daemon.ledger_part()["state"] == "down", 5, lambda: f"{daemon.ledger_part()} with no room: this")
            answer = phone.message(f"sip:+15550100200@{DOMAIN}", f"without room {round}" + "x" * 3000)
            assert (answer.status, answer.get("retry-after") is not None) == (503, True), answer.first
            disk.free()
            took = callers.progress(5)
            eventually(lambda: daemon.ledger_part()["state"] == "working", 5, lambda: f"{daemon.ledger_part()} with room: this")
            print(f"R08: {len(callers.refused)} refused, {len(callers.accepted)} accepted, resumed after {took:.2f} s")
        assert phone.message(f"sip:+15550100200@{DOMAIN}", "with room again").status == 202
    assert daemon.program.process.poll() is None
    assert all(status in (503, 507) and wait for status, wait, _ in callers.refused), callers.refused[:3]
    daemon.stop()
    assert_all_there(callers, daemon.state / "ledger.sqlite")


def test_a_disk_that_takes_no_new_file_loses_nothing(full_disk):
    """R08 No inode is left, or no room as the library says: what runs goes on or refuses; a start works or says in a line why it cannot, and
    with the disk as before all is there."""
    daemon, disk = full_disk
    token = daemon.token("send")
    daemon.start()
    with Callers(daemon, token, pause=0.01) as callers:
        callers.wait_accepted(20)
        disk.take_new_files()
        before = len(callers.accepted) + len(callers.refused)
        eventually(lambda: len(callers.accepted) + len(callers.refused) > before + 20, 20, "answers")
    assert callers.unanswered == []
    daemon.stop()
    disk.take_new_files()
    mark = daemon.program.mark()
    daemon.launch()
    eventually(lambda: daemon.program.process.poll() is not None or daemon.answers(), 20, "an end or an answer")
    if daemon.program.process.poll() is not None:
        assert daemon.program.process.returncode == CANNOT_CREATE, daemon.program.output(mark)
        assert "homeline: " in daemon.program.output(mark).splitlines()[-1]
        disk.free()
        daemon.start()
    disk.free()
    eventually(lambda: daemon.ledger_part()["state"] == "working", 5, lambda: f"{daemon.ledger_part()}: this")
    assert daemon.call("POST", "/api/v1/messages", {"line": "home", "to": ["+15550100200"], "text": "after"}, token=token)[0] == 202
    daemon.stop()
    assert_all_there(callers, daemon.state / "ledger.sqlite")
