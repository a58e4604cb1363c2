import os
import re
import socket
import subprocess
from pathlib import Path

import pytest

from programs import eventually, need

ROOT = Path(__file__).resolve().parents[3]
UNIT = ROOT / "Scripts" / "homeline.service"


@pytest.fixture
def unit(tmp_path):
    """The unit as it is installed, with a program at its place."""
    program = tmp_path / "bin" / "homeline"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    unit = tmp_path / "homeline.service"
    unit.write_text(UNIT.read_text().replace("@PREFIX@", str(tmp_path)))
    return unit


def test_the_unit_is_right_and_shut_in(unit):
    """S27 systemd reads the unit without a complaint, and judges its exposure as under 2.0 of 10 (a service without a sandbox has 9.6)."""
    analyze = need("systemd-analyze", "systemd")
    verified = subprocess.run([analyze, "verify", unit], capture_output=True, text=True, timeout=60)
    ours = [line for line in verified.stderr.splitlines() if "homeline" in line]
    assert (verified.returncode, ours) == (0, []), verified.stderr
    judged = subprocess.run(
        [analyze, "security", "--offline=true", "--threshold=20", "--no-pager", unit], capture_output=True, text=True, timeout=60)
    exposure = re.search(r"Overall exposure level.*?: ([\d.]+)", judged.stdout)
    assert judged.returncode == 0 and exposure and float(exposure.group(1)) < 2.0, judged.stdout[-500:]
    print(f"S27: exposure {exposure.group(1)}")


def test_a_long_start_is_waited_for_and_only_the_daemon_is_told_to_end():
    """S27 an update copies the ledger before it changes it, which takes minutes on a slow card: cut short at 90 s, the service's default, every
    start would begin with it again; one that hangs is begun anew after an hour. A stop is told to the daemon, not to the programs that are just preparing or carrying a picture."""
    settings = dict(line.split("=", 1) for line in UNIT.read_text().splitlines() if "=" in line and not line.startswith("#"))
    assert (settings.get("TimeoutStartSec"), settings.get("KillMode")) == ("1h", "mixed")


def test_the_service_manager_is_told(make_daemon, tmp_path):
    """S27 Type=notify as systemd does it: READY=1 when everything is up and not before the API answers, WATCHDOG=1 in every period,
    STOPPING=1 at SIGTERM."""
    manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    address = str(tmp_path / "notify")
    manager.bind(address)
    manager.settimeout(10)
    daemon = make_daemon(env={"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "8000000"})
    daemon.launch()
    heard = []

    def hear(word, within=10):
        manager.settimeout(within)
        while True:
            heard.append(manager.recv(4096).decode())
            if word in heard[-1].split("\n"):
                return

    hear("READY=1")
    assert daemon.answers()
    for _ in range(3):
        # It is due after half the period.
        hear("WATCHDOG=1", within=8)
    daemon.program.process.terminate()
    hear("STOPPING=1")
    assert daemon.ended() == 0


def test_it_is_installed_where_it_is_told(tmp_path):
    """S27 `make install DESTDIR=` puts the program and the unit in their places with their modes, and nothing else anywhere."""
    built = Path(os.environ["HOMELINE"])
    done = subprocess.run(
        [need("make", "make"), "install-files", f"DESTDIR={tmp_path}/root", "PREFIX=/usr", f"PROGRAM={built}"], cwd=ROOT, capture_output=True,
        text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    found = {str(path.relative_to(tmp_path / "root")): path.stat().st_mode & 0o777 for path in (tmp_path / "root").rglob("*") if path.is_file()}
    assert found == {"usr/bin/homeline": 0o755, "lib/systemd/system/homeline.service": 0o644}
    unit = (tmp_path / "root/lib/systemd/system/homeline.service").read_text()
    assert "ExecStart=/usr/bin/homeline run" in unit and "@" not in re.sub(r"[~@]\w+-?\w*", "", unit.partition("SystemCallFilter")[0])
