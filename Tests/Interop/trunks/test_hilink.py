"""HiLink: the simulated router, judged by huawei-lte-api (PyPI), a client that many houses run; and a whole daemon with that router."""

import json
import subprocess
from pathlib import Path

import pytest

from homeline_daemon import HomelineDaemon
from programs import eventually
from simulated_router import SimulatedRouter

ROOT = Path(__file__).resolve().parents[3]
PYTHON = ROOT / "var" / "venv" / "bin" / "python"
CLIENT = ROOT / "Tests" / "Interop" / "lib" / "hilink_client.py"
FRIEND = "+15551234567"
WORDS = "Grüße & <3 😀"


class RouterDaemon(HomelineDaemon):
    def line(self, router):
        secret = self.directory / "router.password"
        secret.write_text(router.password + "\n")
        return {"trunk": "hilink", "url": router.url, "password-file": secret, "poll-seconds": 1}


@pytest.fixture
def start_router(tmp_path):
    started = []

    def start(**options):
        place = tmp_path / f"router{len(started)}"
        place.mkdir()
        started.append(SimulatedRouter(place, **options))
        return started[-1]

    yield start
    for router in started:
        router.stop()


# It knows no challenge; that login is judged by published values in the unit tests. After a login it wants two tokens.
@pytest.mark.parametrize("options", [
    {"opening": "startPage", "login": "hashed", "tokens": "two"}, {"opening": "startPage", "login": "plain", "tokens": "two"},
    {"opening": "information", "login": "hashed", "tokens": "two"},
    {"opening": "startPage", "login": "none"}])
def test_a_public_client_takes_it_for_a_router(start_router, options):
    router = start_router(**options)
    for words in ("first", WORDS):
        router.text(FRIEND, words)
    user, password = ("", "") if options["login"] == "none" else ("admin", router.password)
    done = subprocess.run(
        [PYTHON, CLIENT, router.url, user, password, FRIEND, f"back: {WORDS}"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert sorted(told["messages"]) == sorted([[FRIEND, "first"], [FRIEND, WORDS]])
    assert (told["inbox"], told["left"], told["sent"], told["device"], told["signal"]) == ("2", "0", "OK", "E3372", "-95dBm")
    assert router.sent() == [(FRIEND, f"back: {WORDS}")]


def test_a_wrong_password_is_told_to_the_public_client(start_router):
    router = start_router(opening="startPage", login="hashed")
    done = subprocess.run([PYTHON, CLIENT, router.url, "admin", "wrong", FRIEND, "x"], capture_output=True, text=True, timeout=30)
    assert done.returncode != 0 and "108006" in done.stderr, done.stderr


@pytest.mark.parametrize("login", ["none", "hashed", "challenge"])
def test_a_house_with_a_router(start_router, tmp_path, login):
    router = start_router(login=login)
    daemon = RouterDaemon(tmp_path / "homeline", {"home": router})
    try:
        daemon.start()
        router.text(FRIEND, WORDS)
        daemon.wait_recorded([WORDS])
        eventually(lambda: router.inbox() == 0, what="the text deleted in the router")
        status, _ = daemon.api("POST", "/api/v1/messages", {"line": "home", "to": [FRIEND], "text": f"back: {WORDS}"})
        assert status == 202
        router.wait_sent(FRIEND, f"back: {WORDS}")
        # Pulled and put back: nothing comes twice.
        daemon.kill()
        router.text(FRIEND, "meanwhile")
        daemon.start()
        daemon.wait_recorded([WORDS, "meanwhile"])
        assert sorted(daemon.texts()).count(WORDS) == 1
        assert router.sent() == [(FRIEND, f"back: {WORDS}")]
    finally:
        daemon.kill()
