"""The daemon begins anew in place: another configuration in the same process, and the old one where the new cannot be begun with."""

import socket
import subprocess

import pytest
from homeline_daemon import HomelineDaemon
from programs import eventually, free_port, homeline


@pytest.fixture
def daemon(tmp_path):
    daemon = HomelineDaemon(tmp_path, {}, mirrors=["home"]).start()
    yield daemon
    daemon.stop()


def change(daemon, old, new):
    text = daemon.config.read_text()
    assert old in text
    daemon.config.write_text(text.replace(old, new))


def restart(daemon):
    return subprocess.run([homeline(), "restart", "--config", daemon.config], capture_output=True, text=True, timeout=30)


def lines(daemon):
    try:
        return [part["name"] for part in daemon.api("GET", "/health")[1]["parts"] if part["kind"] == "trunk"]
    except (OSError, ValueError):
        return None


def test_a_line_is_added_and_messages_are_kept(daemon):
    process = daemon.program.process.pid
    daemon.api("POST", "/api/v1/messages", {"line": "home", "to": ["+15550100123"], "text": "before"})
    daemon.wait_recorded({"before"})
    change(daemon, "endpoints:\n", "  work:\n    trunk: loopback\n    echo: yes\nendpoints:\n")
    for _ in range(3):
        mark = daemon.program.mark()
        done = restart(daemon)
        assert done.returncode == 0, done.stderr
        daemon.program.wait_for("[Daemon] ready", 20, mark)
        eventually(lambda: lines(daemon) == ["home", "work"] and daemon.health() == "working", 20, lambda: f"two lines\n{daemon.program.output()[-3000:]}\n: this")
    daemon.api("POST", "/api/v1/messages", {"line": "work", "to": ["+15550100123"], "text": "after"})
    daemon.wait_recorded({"before", "after"})
    assert daemon.program.process.poll() is None and daemon.program.process.pid == process
    daemon.stop()
    assert daemon.program.process.returncode == 0


def test_a_command_waits_for_a_daemon_that_begins_anew(daemon):
    asked = lambda: subprocess.run([homeline(), "line", "list", "--config", daemon.config], capture_output=True, text=True, timeout=30)  # noqa: E731
    for _ in range(3):
        mark = daemon.program.mark()
        assert restart(daemon).returncode == 0
        while "[Daemon] ready" not in daemon.program.output(since=mark):
            done = asked()
            assert done.returncode == 0, done.stderr
    daemon.stop()
    done = asked()
    assert done.returncode == 69 and "is it running?" in done.stderr


def test_a_configuration_that_does_not_hold_is_refused(daemon):
    change(daemon, "trunk: loopback", "trunk: pigeon")
    done = restart(daemon)
    assert done.returncode == 1
    assert "pigeon" in done.stderr
    assert lines(daemon) == ["home"] and daemon.health() == "working"


def test_what_cannot_be_begun_with_is_taken_back(daemon):
    before = daemon.config.read_text()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        change(daemon, f"listen: 127.0.0.1:{daemon.http}", f"listen: 127.0.0.1:{taken.getsockname()[1]}")
        assert restart(daemon).returncode == 0
        eventually(lambda: "taken back" in daemon.program.output(), 20, "the new configuration taken back")
        eventually(lambda: daemon.health() == "working", 20, lambda: f"the old one at work\n{daemon.program.output()[-3000:]}\n: this")
    assert daemon.config.read_text() == before


def test_another_port_is_listened_on(daemon):
    port = free_port()
    change(daemon, f"listen: 127.0.0.1:{daemon.http}", f"listen: 127.0.0.1:{port}")
    assert restart(daemon).returncode == 0

    def listens():
        with socket.socket() as connection:
            return connection.connect_ex(("127.0.0.1", port)) == 0

    eventually(listens, 20, "the new port")
    with socket.socket() as connection:
        assert connection.connect_ex(("127.0.0.1", daemon.http)) != 0
