"""One daemon for all tests of the door that leave it as it was; tests that need another start their own."""

import resource

import pytest

from door import Door
from virtual_modem import VirtualModem


def pytest_configure(config):
    # Thousands of peers are thousands of descriptors, here and in the daemon.
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 20_000), hard))


@pytest.fixture(scope="session")
def door(tmp_path_factory):
    door = Door(tmp_path_factory.mktemp("door")).start()
    door.tokens = {scope: door.token(scope, scope) for scope in ("read", "send", "admin")}
    yield door
    door.stop()


@pytest.fixture(scope="session")
def twin(tmp_path_factory):
    """The port of a daemon that nobody does anything to: it tells what an answer takes on this machine meanwhile."""
    door = Door(tmp_path_factory.mktemp("twin")).start()
    yield door.port
    door.stop()


@pytest.fixture
def start_door(tmp_path):
    """Starts daemons of a test's own."""
    started = []

    def start(**rest):
        started.append(Door(tmp_path / f"door{len(started)}", **rest))
        return started[-1].start()

    yield start
    for door in started:
        door.stop()


@pytest.fixture
def start_modem(tmp_path):
    """Starts a virtual modem with the outside world behind it."""
    started = []

    def start():
        directory = tmp_path / f"modem{len(started)}"
        directory.mkdir()
        started.append(VirtualModem(directory))
        return started[-1]

    yield start
    for modem in started:
        modem.stop()


@pytest.fixture(autouse=True)
def stays_alive(request):
    """Whatever was sent, the daemon that it was sent to still runs: a trap would end it."""
    yield
    if "door" in request.fixturenames:
        door = request.getfixturevalue("door")
        assert door.is_alive(), door.log()[-3000:]
