"""Libraries of C that go between a program and its system."""

import subprocess
from pathlib import Path

from programs import need

SOURCES = Path(__file__).parent / "disk"


def compiled(directory, name):
    """A library to be preloaded."""
    library = directory / f"{name}.so"
    subprocess.run(
        [need("cc", "gcc"), "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o", library, SOURCES / f"{name}.c"], check=True)
    return library
