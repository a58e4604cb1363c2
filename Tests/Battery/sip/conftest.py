"""Houses, floods and figures for the tests of the SIP door."""

import json
import resource
import subprocess
from pathlib import Path

import pytest

from house import House
from sip_phone import Memory, Phone


def pytest_configure(config):
    # Thousands of peers are thousands of descriptors, here and in the daemon.
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 20_000), hard))


@pytest.fixture
def start_house(tmp_path):
    built = []

    def start(people=None, **rest):
        place = tmp_path / f"house{len(built)}"
        place.mkdir()
        built.append(House(place, people or {"alice": ["home"], "bob": ["home"]}, **rest))
        return built[-1]

    yield start
    for house in built:
        house.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """One for all tests of a file that leave it as it was."""
    house = House(tmp_path_factory.mktemp("house"), {"alice": ["home"], "bob": ["home"]})
    yield house
    house.close()


@pytest.fixture(autouse=True)
def stays_alive(request):
    """Whatever was sent, the daemon that it was sent to still runs: a trap would end it."""
    yield
    if "house" in request.fixturenames:
        program = request.getfixturevalue("house").daemon.program
        assert program.process.poll() is None, f"homeline ended:\n{program.output()[-3000:]}"


@pytest.fixture(scope="session")
def flooder(tmp_path_factory):
    """Starts the flood program; what it prints at its end is its result."""
    program = tmp_path_factory.mktemp("flood") / "flood"
    source = Path(__file__).resolve().parent / "flood.c"
    subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, source], check=True)

    class Flood:
        def __init__(self, house, kind, sources, rate, seconds, first):
            command = [program, house.daemon.ports["udp"], kind, first, sources, rate, seconds]
            self.process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True)

        def is_running(self):
            return self.process.poll() is None

        def result(self):
            output, _ = self.process.communicate(timeout=600)
            assert self.process.returncode == 0
            return json.loads(output)

    return Flood


@pytest.fixture
def phone(house):
    """Alice's, registered."""
    with Phone(house.accounts["alice"]) as phone:
        yield phone.register()


@pytest.fixture
def memory(house):
    return Memory(house)
