"""Daemons with faults under them."""

import pytest

from faulty_daemon import FaultyDaemon
from native import compiled


@pytest.fixture(scope="session")
def faulty_clock(tmp_path_factory):
    """Goes between a program and the time of day."""
    return compiled(tmp_path_factory.mktemp("native"), "faulty_clock")


@pytest.fixture
def make_daemon(tmp_path):
    """Daemons that end with the test."""
    made = []

    def make(name="home", **options):
        made.append(FaultyDaemon(tmp_path / name, **options))
        return made[-1]

    yield make
    for daemon in made:
        daemon.kill()


@pytest.fixture
def faulty_daemon(make_daemon, faulty_disk, tmp_path):
    """A daemon over the faulty disk; `orders` is the directory that the disk obeys."""
    orders = tmp_path / "orders"
    orders.mkdir()
    daemon = make_daemon()
    daemon.orders = orders
    daemon.env = {"LD_PRELOAD": str(faulty_disk), "DISK_UNDER": str(daemon.state), "DISK_ORDERS": str(orders)}
    return daemon
