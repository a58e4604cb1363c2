"""Tests of the whole daemon under faults and hostility; `--long` runs them at full length."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Interop" / "lib"))


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="run at full length instead of a CI run's")


@pytest.fixture(scope="session")
def long(request):
    """Whether this run is a long one."""
    return request.config.getoption("--long")


@pytest.fixture(scope="session")
def faulty_disk(tmp_path_factory):
    """Goes between a program and its files."""
    # Not before the path above is known.
    from native import compiled
    return compiled(tmp_path_factory.mktemp("native"), "faulty_disk")
