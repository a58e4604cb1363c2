import pytest

from virtual_modem import Background, VirtualModem


@pytest.fixture
def run(tmp_path):
    """Starts programs beside the test and stops them after it, last first."""
    started = []

    def start(name, *command, env=None):
        started.append(Background(tmp_path, name, *command, env=env))
        return started[-1]

    yield start
    for program in reversed(started):
        program.stop()


@pytest.fixture
def start_modem(tmp_path):
    """Starts the virtual modem of a personality."""
    started = []

    def start(personality="generic", tcp=None):
        directory = tmp_path / f"modem{len(started)}"
        directory.mkdir()
        started.append(VirtualModem(directory, personality, tcp))
        return started[-1]

    yield start
    for modem in started:
        modem.stop()


@pytest.fixture
def modem(start_modem):
    return start_modem()
