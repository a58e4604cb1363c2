from faulty_daemon import Callers, assert_all_there
from power import Disk, records
from programs import eventually

DISK_FAILED = 74


def test_a_sync_that_fails_once_is_never_answered_as_success(faulty_daemon, tmp_path, long):
    """R06 fsync returns EIO once, under load: what shared that commit is refused, the daemon ends with a clear word and its own exit code,
    and started again has all that it ever accepted; nothing accepted rests on anything but a sync that worked."""
    log = tmp_path / "changes"
    faulty_daemon.env["DISK_LOG"] = str(log)
    for round in range(10 if long else 2):
        token = faulty_daemon.token("send")
        # The daemon's own view begins where the log does.
        log.unlink(missing_ok=True)
        before = {path.name: path.read_bytes() for path in faulty_daemon.state.iterdir() if path.is_file()}
        faulty_daemon.start()
        mark = faulty_daemon.program.mark()
        with Callers(faulty_daemon, token) as callers:
            callers.wait_accepted(30)
            (faulty_daemon.orders / "fail-sync").touch()
            assert faulty_daemon.ended() == DISK_FAILED
        said = faulty_daemon.program.output(mark)
        assert "The ledger failed: " in said, said[-2000:]
        # Either the answer or the connection tells them.
        assert callers.refused or callers.unanswered
        assert all(status == 503 and wait for status, wait, _ in callers.refused), callers.refused
        durable = synced(before, log.read_bytes(), faulty_daemon.state)
        for name, content in durable.items():
            (tmp_path / f"synced{round}").mkdir(exist_ok=True)
            (tmp_path / f"synced{round}" / name).write_bytes(content)
        assert_all_there(callers, tmp_path / f"synced{round}" / "ledger.sqlite")

        faulty_daemon.start()
        eventually(lambda: faulty_daemon.ledger_part()["state"] == "working", 5, "a ledger that works")
        faulty_daemon.stop()
        print(f"R06: {len(callers.accepted)} accepted, {len(callers.refused)} refused, {len(callers.unanswered)} unanswered, 0 lost")
        assert_all_there(callers, faulty_daemon.state / "ledger.sqlite")


def synced(before, log, state):
    """The files as the last sync that worked left each of them."""
    disk = Disk({f"{state}/{name}": content for name, content in before.items()})
    for kind, path, offset, data, _ in records(log):
        disk.apply(kind, path, offset, data)
    return {path.rpartition("/")[2]: bytes(content) for path, content in disk.durable.items() if "/ledger.sqlite" in path}
