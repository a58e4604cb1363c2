"""What commands say and end with when something is not as it should be."""

import json
import socket
import subprocess
import threading

import pytest

from programs import homeline

MESSAGE = "01JD0000000000000000000000"


def command(*arguments):
    done = subprocess.run([homeline(), *map(str, arguments)], capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("wrong", ["trunk: carrier-pigeon", "trunk: hilink\n    url: http://192.168.8.1\n    pasword-file: /nowhere", "trunk: modem\n    speed: fast"])
def test_a_line_that_its_kind_does_not_understand_ends_with_78(tmp_path, wrong):
    """Starting again changes nothing then, and the unit has systemd know that."""
    config = tmp_path / "homeline.yaml"
    config.write_text(f"state: {tmp_path}/state\ncountry: CH\nlines:\n  home:\n    {wrong}\nhttp:\n  listen: none\n")
    code, said = command("run", "--config", config)
    assert code == 78 and str(config) in said and "lines.home" in said, (code, said)


def test_a_device_that_is_not_there_is_not_said_to_be_forgotten(tmp_path):
    """Somebody ends the password of a lost phone by it, and must know whether it is ended."""
    config = tmp_path / "homeline.yaml"
    config.write_text(f"state: {tmp_path}/state\ncountry: CH\nlines:\n  home:\n    trunk: loopback\nendpoints:\n  softphone:\n    domain: 127.0.0.1\n    listen: [\"udp:127.0.0.1:5060\"]\n")
    assert command("person", "add", "alice", "--config", config)[0] == 0
    code, said = command("person", "forget", "alice", "mistyped", "--config", config)
    assert code == 1 and "no device mistyped" in said, (code, said)


def test_a_password_that_nobody_typed_is_none(tmp_path):
    """Else the account would have one that nobody knows."""
    config = tmp_path / "homeline.yaml"
    config.write_text(f"state: {tmp_path}/state\ncountry: CH\nlines:\n  home:\n    trunk: loopback\nendpoints:\n  softphone:\n    domain: 127.0.0.1\n    listen: [\"udp:127.0.0.1:5060\"]\n")
    code, said = command("person", "add", "alice", "--password-stdin", "--config", config)
    assert code == 1 and "no password" in said, (code, said)


@pytest.fixture
def plain(tmp_path):
    """The configuration of a house with a line."""
    config = tmp_path / "homeline.yaml"
    config.write_text(f"state: {tmp_path}/state\ncountry: CH\nlines:\n  home:\n    trunk: loopback\n    number: \"+41791234567\"\n")
    return config


def test_a_token_whose_name_is_known_stays_unless_it_is_to_be_replaced(plain):
    """A program has it, and would be shut out."""
    code, first = command("token", "create", "nas", "--config", plain)
    assert code == 0 and first.startswith("hl_"), (code, first)
    code, said = command("token", "create", "nas", "--scope", "admin", "--config", plain)
    assert code == 1 and "nas already" in said and "--replace" in said, (code, said)
    assert "read,send" in command("token", "list", "--config", plain)[1]
    code, second = command("token", "create", "nas", "--replace", "--scope", "admin", "--config", plain)
    assert code == 0 and second.startswith("hl_") and second != first, (code, second)
    assert "nas  admin" in command("token", "list", "--config", plain)[1]


@pytest.mark.parametrize("path", ["lines.home.nummer", "lines.work", "."])
def test_what_a_configuration_does_not_say_is_not_said_to_be_taken_out(plain, path):
    before = plain.read_text()
    code, said = command("config", "unset", "lines.home.number", path, "--config", plain)
    assert code == 1 and f"'{path}'" in said and plain.read_text() == before, (code, said)
    assert command("config", "unset", "lines.home.number", "--config", plain)[0] == 0
    assert "number" not in plain.read_text()


@pytest.mark.parametrize("words", [("factors", "alcie"), ("factors", "alcie", "--remove"), ("sign-out", "alcie")])
def test_somebody_who_is_not_there_is_not_said_to_have_no_codes(plain, words):
    code, said = command("console", *words, "--config", plain)
    assert code == 1 and "nobody named alcie" in said, (code, said)


class RefusingDaemon:
    """Listens where a daemon does, and answers that it is of no use now."""

    def __init__(self, state):
        state.mkdir(exist_ok=True)
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(state / "control.sock"))
        self.listener.listen()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            connection = self.listener.accept()[0]
            with connection, connection.makefile("rb") as stream:
                while stream.readline().strip():
                    pass
                try:
                    connection.sendall(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                except OSError:
                    pass


def test_a_daemon_that_refuses_the_log_is_told_of_once_and_said_to_run(plain, tmp_path):
    RefusingDaemon(tmp_path / "state")
    code, said = command("log", "--config", plain)
    assert code == 75 and said == "homeline: the daemon answered 503\n", (code, said)
    code, said = command("support", "--output", tmp_path / "support.txt", "--config", plain)
    assert code == 0 and said.count("homeline: ") == 1 and "is it running" not in said and "Written to" in said, (code, said)


class BreakingDaemon:
    """Listens where a daemon does. Every request is heard; the first few to send something are never answered. One that ends listens no more then."""

    def __init__(self, state, silent, ends=False):
        self.silent = silent
        self.ends = ends
        self.bodies = []
        state.mkdir()
        self.listener = socket.socket(socket.AF_UNIX)
        self.socket = state / "control.sock"
        self.listener.bind(str(self.socket))
        self.listener.listen()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            connection = self.listener.accept()[0]
            threading.Thread(target=self.answer, args=(connection,), daemon=True).start()

    def answer(self, connection):
        stream = connection.makefile("rb")
        while head := stream.readline():
            fields = {}
            while (line := stream.readline()).strip():
                name, _, value = line.decode().partition(":")
                fields[name.lower()] = value.strip()
            body = stream.read(int(fields.get("content-length", 0)))
            if head.startswith(b"POST"):
                self.bodies.append(json.loads(body))
                if len(self.bodies) <= self.silent:
                    if self.ends:
                        self.socket.unlink()
                    break
                said, status = {"id": MESSAGE}, "202 Accepted"
            else:
                said, status = {"lines": [{"line": "home"}]}, "200 OK"
            octets = json.dumps(said).encode()
            connection.sendall(f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(octets)}\r\n\r\n".encode() + octets)
        connection.shutdown(socket.SHUT_RDWR)
        connection.close()


def test_a_text_whose_answer_was_lost_is_asked_for_again_under_the_same_key(tmp_path):
    daemon = BreakingDaemon(tmp_path / "state", silent=1)
    code, said = command("send", "--state", tmp_path / "state", "+15550100123", "On my way")
    assert code == 0 and MESSAGE in said, (code, said)
    assert len(daemon.bodies) == 2 and daemon.bodies[0] == daemon.bodies[1] and daemon.bodies[0]["idempotencyKey"]


def test_a_daemon_that_breaks_off_is_not_said_not_to_run(tmp_path):
    daemon = BreakingDaemon(tmp_path / "state", silent=2)
    code, said = command("send", "--state", tmp_path / "state", "+15550100123", "On my way")
    assert code == 1 and "may have done it" in said, (code, said)
    assert len(daemon.bodies) == 2


def test_a_daemon_that_ended_over_a_text_is_not_said_to_have_done_nothing(tmp_path):
    daemon = BreakingDaemon(tmp_path / "state", silent=1, ends=True)
    code, said = command("send", "--state", tmp_path / "state", "+15550100123", "On my way")
    assert code == 1 and "may have done it" in said, (code, said)
    assert len(daemon.bodies) == 1
