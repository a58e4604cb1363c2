import itertools

import pytest

from house import House
from programs import Background
from virtual_modem import VirtualModem

# The longest first, those that wait between those that calculate, so that workers end together.
FIRST = [
    "spool/test_trunk", "console/test_accessibility", "console/test_setup", "certificates/test_acme", "console/test_inbox", "sip/test_trouble",
    "console/test_keys", "modem/test_gammu", "backup/test_backup", "trunks/test_gateway", "console/test_care", "sip/test_devices", "modem/test_kannel",
    "spool/test_stand_in", "console/test_people", "modem/test_gammu_smsd",
]
# Each takes the first port that is free on a machine on which nothing is set up, so they go one after the other.
FIRST_VISITS = {"console/test_setup", "console/test_restore", "console/test_whole_path", "console/test_first_five_minutes"}


# Before the workers read the groups.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A file is one worker's, in the order above; what takes the same ports is one worker's too."""
    ranks = {name: rank for rank, name in enumerate(FIRST)}

    def rank(item):
        return ranks.get("console/test_setup" if name(item) in FIRST_VISITS else name(item), len(FIRST))

    def name(item):
        return "/".join(item.path.with_suffix("").parts[-2:])

    items.sort(key=rank)
    for item in items:
        item.add_marker(pytest.mark.xdist_group("first-visits" if name(item) in FIRST_VISITS else name(item)))


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
