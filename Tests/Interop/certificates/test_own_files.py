"""Certificates of one's own, and self-signed ones: taken up while the daemon runs, and told plainly where they are no good."""

import shutil
import subprocess

import pytest
from homeline_daemon import HOST
from pebble import NAME, CertifiedDaemon, openssl, serial, shown
from programs import eventually, homeline


@pytest.fixture
def daemon_with(tmp_path):
    started = []

    def make(section):
        started.append(CertifiedDaemon(tmp_path / "house", section))
        return started[-1]

    yield make
    for daemon in started:
        daemon.stop()


def pair(directory, name=NAME, days=90):
    directory.mkdir(exist_ok=True)
    done = openssl(
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", days, "-subj", f"/CN={name}",
        "-addext", f"subjectAltName=DNS:{name}", "-keyout", directory / "key.pem", "-out", directory / "chain.pem")
    assert done.returncode == 0, done.stderr
    return directory


def files(directory):
    return f"  certificate: {directory}/chain.pem\n  key: {directory}/key.pem"


def test_files_that_change_are_taken_up_by_both_listeners(daemon_with, tmp_path):
    live = pair(tmp_path / "live")
    daemon = daemon_with(files(live)).start()
    before = serial(daemon.http)
    assert before and serial(daemon.ports["tls"]) == before
    new = pair(tmp_path / "new")
    for file in ("key.pem", "chain.pem"):
        shutil.copy(new / file, live / "next")
        (live / "next").rename(live / file)
    eventually(lambda: serial(daemon.http) != before and serial(daemon.ports["tls"]) == serial(daemon.http), 25, "the new certificate")


def test_a_self_signed_one_is_made_and_stays(daemon_with):
    daemon = daemon_with(f"  names: [{NAME}, {HOST}]").start()
    root = daemon.state / "certificates/self-signed.pem"
    assert shown(daemon.http, NAME, root) and shown(daemon.ports["tls"], NAME, root)
    before = serial(daemon.http)
    daemon.restart()
    assert serial(daemon.http) == before


def other_key(tmp_path):
    one, other = pair(tmp_path / "one"), pair(tmp_path / "other")
    shutil.copy(other / "key.pem", one / "key.pem")
    return one, "does not belong to the first certificate", False


def nonsense(tmp_path):
    one = pair(tmp_path / "one")
    (one / "chain.pem").write_text("nonsense")
    return one, "holds no certificate in PEM form", False


def missing(tmp_path):
    one = pair(tmp_path / "one")
    (one / "key.pem").unlink()
    return one, "No such file or directory", False


def wrong_name(tmp_path):
    return pair(tmp_path / "one", "elsewhere.example.test"), f"is for elsewhere.example.test, and not for {NAME}", True


def broken_chain(tmp_path):
    one, other = pair(tmp_path / "one"), pair(tmp_path / "other", "unrelated.example.test")
    (one / "chain.pem").write_text((one / "chain.pem").read_text() + (other / "chain.pem").read_text())
    return one, "is broken: certificate 1", True


def ended(tmp_path):
    one = pair(tmp_path / "one")
    done = openssl("x509", "-in", one / "chain.pem", "-signkey", one / "key.pem", "-days", "-1", "-copy_extensions", "copyall", "-out", one / "old.pem")
    assert done.returncode == 0, done.stderr
    (one / "old.pem").rename(one / "chain.pem")
    return one, "ended on", True


@pytest.mark.parametrize("fault", [other_key, nonsense, missing, wrong_name, broken_chain, ended])
def test_what_is_wrong_is_said_at_check_and_at_the_start(daemon_with, tmp_path, fault):
    directory, sentence, starts = fault(tmp_path)
    daemon = daemon_with(files(directory))
    check = subprocess.run([homeline(), "check", "--config", daemon.config], capture_output=True, text=True, timeout=30)
    assert sentence in check.stdout
    if starts:
        daemon.run()
        assert sentence in daemon.program.output()
    else:
        assert check.returncode == 1
        run = subprocess.run([homeline(), "run", "--config", daemon.config], capture_output=True, text=True, timeout=30)
        assert run.returncode == 73 and sentence in run.stderr and "\n" not in run.stderr.strip()
