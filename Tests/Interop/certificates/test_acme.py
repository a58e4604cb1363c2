"""A whole daemon has its certificate made by pebble, shows it by HTTPS and SIP, and has it made anew."""

import socket
import ssl
import subprocess

import pytest
from homeline_daemon import HOST
from pebble import KEY, KID, NAME, CertifiedDaemon, Pebble, serial, shown
from programs import eventually, free_port, homeline


@pytest.fixture
def place(tmp_path):
    """Starts authorities and daemons, and ends them."""
    started = []

    def begin(challenge="http-01", names=f"[{NAME}]", more="", trial=None, **pebble):
        web, tls = free_port(), free_port()
        authority = Pebble(tmp_path / "authority", web, tls, **pebble)
        started.append(authority)
        section = f"""  names: {names}
  acme:
    directory: {authority.url}
    trust: {authority.root}
    agreed: yes
    contact: you@example.test
    challenge: {challenge}
    listen: {HOST}:{web}
{more}"""
        daemon = CertifiedDaemon(tmp_path / "house", section, http=tls if challenge == "tls-alpn-01" else None)
        started.append(daemon)
        if trial:
            trial(authority)
        return authority, daemon.run()

    yield begin
    for program in reversed(started):
        program.stop()


@pytest.mark.parametrize("challenge", ["http-01", "tls-alpn-01"])
def test_a_certificate_by_each_challenge(place, challenge):
    authority, daemon = place(challenge, names=f"[{NAME}, www.{NAME}]")
    # Until the first one is there a self-signed one is shown.
    daemon.wait_certified()
    root = authority.root_file()
    for port in (daemon.http, daemon.ports["tls"]):
        for name in (NAME, f"www.{NAME}"):
            chain = eventually(lambda: shown(port, name, root), 20, f"a trusted certificate for {name} at {port}")
            assert chain.count("BEGIN CERTIFICATE") >= 2
        assert shown(port, "other.example.test", root) is None
    file = daemon.state / "certificates/acme.pem"
    assert file.stat().st_mode & 0o777 == 0o600
    assert (daemon.state / "certificates/acme.json").stat().st_mode & 0o777 == 0o600
    assert "PRIVATE KEY" in file.read_text()
    assert "PRIVATE KEY" not in daemon.program.output()


def test_a_new_one_is_made_on_demand_and_no_connection_is_dropped(place):
    authority, daemon = place()
    daemon.wait_certified()
    root = authority.root_file()
    eventually(lambda: shown(daemon.http, NAME, root) and shown(daemon.ports["tls"], NAME, root), 20, "the first certificate")
    before = serial(daemon.http)
    context = ssl.create_default_context(cafile=str(root))
    with socket.create_connection((HOST, daemon.ports["tls"])) as plain, context.wrap_socket(plain, server_hostname=NAME) as phone:
        assert ping(phone)
        said = daemon.command("certificate", "renew", "--state", daemon.state)
        assert "working" in said and NAME in said
        eventually(lambda: serial(daemon.http) != before and serial(daemon.ports["tls"]) == serial(daemon.http), 25, "the new certificate at both listeners")
        assert shown(daemon.http, NAME, root)
        # The phone that was there all the time speaks on over what it began with.
        assert ping(phone)


def ping(phone):
    """An OPTIONS over a connection; whether it is answered."""
    ping.count = getattr(ping, "count", 0) + 1
    phone.settimeout(10)
    phone.sendall(
        f"OPTIONS sip:{NAME} SIP/2.0\r\nVia: SIP/2.0/TLS {HOST};branch=z9hG4bK{ping.count}\r\nFrom: <sip:x@{NAME}>;tag=1\r\nTo: <sip:{NAME}>\r\n"
        f"Call-ID: ping{ping.count}@{HOST}\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n".encode())
    return phone.recv(4096).startswith(b"SIP/2.0 ")


def test_it_is_made_anew_by_itself_after_two_thirds_of_its_life(place):
    _, daemon = place(life=60)
    daemon.wait_certified()
    first = daemon.certificate()["facts"]["ends"]
    eventually(lambda: daemon.certificate()["facts"].get("ends", first) > first, 90, lambda: f"the next one ({daemon.certificate()})")


def test_an_account_with_the_authority_vouches_for_ours(place, tmp_path):
    (tmp_path / "external.key").write_text(KEY + "\n")
    _, daemon = place(binding=True, more=f"    external-account:\n      id: {KID}\n      key-file: {tmp_path}/external.key\n")
    daemon.wait_certified()


def test_an_authority_that_forgot_us_is_told_who_we_are(place):
    authority, daemon = place()
    daemon.wait_certified()
    authority.restart()
    assert "working" in daemon.command("certificate", "renew", "--state", daemon.state)


def test_a_name_that_leads_elsewhere_is_told_with_what_to_do(place):
    _, daemon = place(trial=lambda authority: authority.lead(NAME, "127.0.0.2"))
    health = eventually(lambda: (lambda health: health if health["state"] == "down" else None)(daemon.certificate()), 60, lambda: daemon.certificate())
    assert f"the validation of {NAME}" in health["summary"]
    assert "forward port 80" in health["facts"]["advice"]
    status = subprocess.run([homeline(), "certificate", "status", "--state", daemon.state], capture_output=True, text=True, timeout=30)
    assert status.returncode == 1 and "the validation of" in status.stdout
    # Nothing else suffers: the house is impaired, its listeners serve.
    assert daemon.health() == "impaired" and shown(daemon.http)
    # A daemon that is started again does not knock at once.
    count = daemon.program.output().count("ordering a certificate")
    daemon.stop()
    daemon.run()
    assert daemon.certificate()["state"] == "down" and daemon.certificate()["facts"]["attempts"] == "0"
    assert daemon.program.output().count("ordering a certificate") == count
