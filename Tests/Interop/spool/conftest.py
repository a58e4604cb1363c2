import pytest

from spools import SpoolDaemon


@pytest.fixture
def daemon(tmp_path):
    """Builds daemons whose one line is a section of the test's own."""
    built = []

    def start(line, endpoints=""):
        built.append(SpoolDaemon(tmp_path / f"homeline{len(built)}", line, endpoints))
        return built[-1].start()

    yield start
    for one in built:
        one.kill()


@pytest.fixture
def modem(start_modem):
    return start_modem("e3531")
