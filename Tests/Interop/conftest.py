import itertools

import pytest

from house import House
from programs import Background
from virtual_modem import VirtualModem


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


@pytest.fixture
def start_house(tmp_path):
    """Builds houses that stand for one test; several at a time where a test wants them so."""
    built = []
    numbers = itertools.count()

    def start(people, **rest):
        place = tmp_path / f"house{next(numbers)}"
        place.mkdir()
        house = House(place, people, **rest)
        built.append(house)
        return house

    yield start
    for house in built:
        house.close()


@pytest.fixture
def house(start_house):
    """One line, and two people who share it."""
    return start_house({"alice": ["home"], "bob": ["home"]})
