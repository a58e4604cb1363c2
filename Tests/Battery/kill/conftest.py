import os
import random
import sys
import time

import pytest

from kill_house import KillHouse


@pytest.fixture
def seed():
    """The run's seed; HOMELINE_SEED repeats one."""
    return int(os.environ.get("HOMELINE_SEED") or random.randrange(1 << 32))


@pytest.fixture
def show(capsys):
    """Prints for whoever waits: on a terminal over one line, elsewhere each line once."""
    def show(text, progress=False):
        with capsys.disabled():
            if progress and sys.stdout.isatty():
                print(f"\r{text}\033[K", end="", flush=True)
            else:
                print(f"\n{time.strftime('%H:%M:%S')} {text}", end="", flush=True)
    return show


@pytest.fixture
def start_house(tmp_path):
    """Houses that stand for one test."""
    built = []

    def start(**rest):
        built.append(KillHouse(tmp_path / f"house{len(built)}", **rest))
        return built[-1]

    yield start
    for house in built:
        house.close()
