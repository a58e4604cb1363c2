import os
import socket
import time

import pytest

from faulty_daemon import Callers, assert_all_there
from homeline_daemon import HOST
from processor import processor_seconds
from programs import eventually, need


def open_files(daemon):
    return len(os.listdir(f"/proc/{daemon.program.process.pid}/fd"))


def share_of_a_processor(daemon, seconds=3):
    used, start = processor_seconds(daemon.program.process.pid), time.monotonic()
    time.sleep(seconds)
    return (processor_seconds(daemon.program.process.pid) - used) / (time.monotonic() - start)


@pytest.mark.parametrize("limit", [64, 128])
def test_without_descriptors_nobody_new_is_let_in_and_nothing_breaks(make_daemon, limit):
    """R09 `ulimit -n` 64 and 128 and four times as many connections, over HTTP and SIP: whoever was in goes on being served, new ones wait
    or are turned away, the processor does not spin, and when the crowd goes new callers are served within 5 s by the same process."""
    daemon = make_daemon(prefix=[need("prlimit", "util-linux"), f"--nofile={limit}:{limit}"])
    token = daemon.token("send")
    daemon.start()
    idle = open_files(daemon)
    with Callers(daemon, token, count=2, pause=0.02) as callers:
        callers.wait_accepted(10)
        before = len(callers.accepted)
        alone, at_first = share_of_a_processor(daemon), len(callers.accepted) - before
        crowd = []
        for port in (daemon.http, daemon.ports["tcp"], daemon.ports["tls"]):
            for _ in range(limit * 4 // 3):
                peer = socket.socket()
                peer.setblocking(False)
                peer.connect_ex((HOST, port))
                crowd.append(peer)
        most = 0
        for _ in range(20):
            most = max(most, open_files(daemon))
            time.sleep(0.1)
        assert most < limit, f"{most} of {limit} descriptors were taken by a crowd"
        callers.progress(5)
        before = len(callers.accepted)
        share, now = share_of_a_processor(daemon), len(callers.accepted) - before
        callers.progress(5)
        assert callers.unanswered == []
        for peer in crowd:
            peer.close()
        start = time.monotonic()
        eventually(daemon.answers, 5, "an answer to a new caller")
        took = time.monotonic() - start
    assert daemon.program.process.poll() is None
    # Where the machine has become quicker, more is done for those who are served.
    usual = alone * max(1, now / max(1, at_first))
    assert share - usual < 0.25, f"{share:.2f} of a processor beside a crowd that waits, {usual:.2f} without it"
    eventually(lambda: open_files(daemon) <= idle + 12, 10, lambda: f"{open_files(daemon)} open files, {idle} at first: this")
    daemon.stop()
    assert_all_there(callers, daemon.state / "ledger.sqlite")
    print(f"R09: limit {limit}: {len(callers.accepted)} accepted, at most {most} open files, processor {alone:.2f} before and {share:.2f} during, new callers served after {took:.2f} s")
