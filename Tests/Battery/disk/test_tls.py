import json
import re
import socket
import ssl
import subprocess
import time

import pytest

from homeline_daemon import HOST
from programs import eventually, need
from tls_hello import ALERT, HANDSHAKE, STRONG, WEAK, answer_to
from webhook_receiver import Receiver, webhook

# Where a Linux program that has no authorities of its own looks for those of the system.
SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"


@pytest.fixture
def served(make_daemon):
    """A daemon whose HTTP listener has TLS too."""
    daemon = make_daemon()
    daemon.config.write_text(daemon.config.read_text().replace(
        f"http:\n  listen: {HOST}:{daemon.http}\n",
        f"http:\n  listen: {HOST}:{daemon.http}\n  certificate: {daemon.directory}/homeline.crt\n  key: {daemon.directory}/homeline.key\n"))
    daemon.launch()
    eventually(lambda: daemon.health() == "working", 30, lambda: daemon.program.output()[-2000:])
    return daemon


def handshake(port, *options):
    """Whether openssl's client gets through, and by which protocol."""
    done = subprocess.run(
        [need("openssl", "openssl"), "s_client", "-connect", f"{HOST}:{port}", *options], input="", capture_output=True, text=True, timeout=20)
    assert "no cipher match" not in done.stderr, f"openssl cannot ask for {options}"
    found = re.search(r"^(?:New, |    Protocol *: )(TLSv[\d.]+)", done.stdout, re.M)
    cipher = re.search(r"Cipher is (\S+)", done.stdout)
    return found.group(1) if found and cipher and cipher.group(1) not in ("(NONE)", "0000") else None


def renegotiation(port):
    """What openssl's client says of asking for other keys in the middle of a connection, and how it ended."""
    client = subprocess.Popen(
        [need("openssl", "openssl"), "s_client", "-connect", f"{HOST}:{port}", "-tls1_2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True)
    client.stdin.write("R\n")
    client.stdin.flush()
    try:
        # With its input open it ends by the server's answer alone.
        status = client.wait(20)
    finally:
        client.kill()
    return status, client.communicate()[1]


def test_only_tls_1_2_and_later_with_strong_suites(served):
    """S28 SIP and HTTP over TLS: 1.2 and 1.3 get through; 1.0 and 1.1, anonymous, export, RC4, 3DES and MD5 suites do not, nor does a client
    that renegotiates; a client that says nothing is let go within the handshake's 10 s."""
    for port in (served.ports["tls"], served.http):
        assert handshake(port, "-tls1_2") == "TLSv1.2"
        assert handshake(port, "-tls1_3") == "TLSv1.3"
        for old in ("-tls1", "-tls1_1"):
            assert handshake(port, old, "-cipher", "ALL:@SECLEVEL=0") is None, old
        for suites in ("aNULL", "eNULL", "MD5", "CAMELLIA", "kRSA+AES128"):
            assert handshake(port, "-tls1_2", "-cipher", f"{suites}:@SECLEVEL=0") is None, suites
        assert answer_to(port, STRONG) == HANDSHAKE
        for name, suites in WEAK.items():
            assert answer_to(port, suites) == ALERT, name
        status, said = renegotiation(port)
        assert "RENEGOTIATING" in said and status != 0, said
        silent = socket.create_connection((HOST, port))
        silent.settimeout(30)
        start = time.monotonic()
        try:
            assert silent.recv(1) == b""
        except ConnectionResetError:
            pass
        assert 5 < time.monotonic() - start < 20
        silent.close()


class Authority:
    """One that vouches for servers; without it they vouch for themselves."""

    def __init__(self, directory):
        self.directory = directory
        self.chain, self.key = self.make("authority", "-x509", "-days", "30")

    def make(self, name, *options, subject="authority"):
        key, chain = self.directory / f"{name}.key", self.directory / f"{name}.crt"
        subprocess.run(
            [need("openssl", "openssl"), "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={subject}",
             *options, "-keyout", key, "-out", chain], check=True, capture_output=True)
        return chain, key

    def certificate(self, name, subject, days=30):
        """A server's certificate and its key; of negative days it has expired."""
        request, key = self.make(name, subject=subject)
        chain, extensions = self.directory / f"{name}.pem", self.directory / f"{name}.ext"
        extensions.write_text(f"subjectAltName=DNS:{subject}\n")
        subprocess.run(
            ["openssl", "x509", "-req", "-in", request, "-CA", self.chain, "-CAkey", self.key, "-CAcreateserial", "-days", str(days), "-extfile",
             extensions, "-out", chain], check=True, capture_output=True)
        return chain, key

    def own_certificate(self, name, subject):
        """One that nobody vouches for."""
        return self.make(name, "-x509", "-days", "30", "-addext", f"subjectAltName=DNS:{subject}", subject=subject)

    def trusted(self):
        """A command that starts another one on a system that trusts this authority alone, or nothing where that is not possible."""
        mounting = f'mount --bind "$0" {SYSTEM_AUTHORITIES} && exec "$@"'
        for right in (["-m"], ["-rm"]):
            prefix = [need("unshare", "util-linux"), *right, "sh", "-c", mounting, str(self.chain)]
            if subprocess.run([*prefix, "true"], capture_output=True).returncode == 0:
                return prefix
        return None


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path)


class Hooked:
    """A daemon with a webhook to a server with this certificate, and a text for it on its way."""

    def __init__(self, make_daemon, directory, name, certificate, prefix=(), **server):
        self.receiver = Receiver(certificate, **server)
        daemon = self.daemon = make_daemon(name, prefix=prefix, extra=webhook(f"https://localhost:{self.receiver.port}/hook", directory / name))
        # What is sent comes back as a text for the hook.
        daemon.config.write_text(daemon.config.read_text().replace("trunk: loopback\n", "trunk: loopback\n    echo: yes\n"))
        token = daemon.token("send")
        daemon.start()
        body = {"line": "home", "to": ["+15550100200"], "text": "for the hook"}
        assert daemon.call("POST", "/api/v1/messages", body, token=token)[0] == 202

    def expect_silence(self, word="certificate"):
        """The server is told nothing, and the owner why."""
        part = lambda: self.daemon.parts()["webhook"]
        eventually(lambda: part()["state"] == "impaired", 30, lambda: f"{part()}, while {self.receiver.bodies} came: this")
        assert word in json.dumps(part()).lower(), part()
        assert self.receiver.bodies == []

    def close(self):
        self.daemon.stop()
        self.receiver.close()


def test_a_server_that_nobody_vouches_for_is_told_nothing(tmp_path, make_daemon, authority):
    """S28 As a client certificates are verified by default: a webhook to a server with a self-signed certificate, of the right name or of
    another, gets no request; the delivery waits, and the health page says why."""
    for index, name in enumerate(("localhost", "elsewhere.example")):
        hooked = Hooked(make_daemon, tmp_path, f"home{index}", authority.own_certificate(name, name))
        hooked.expect_silence()
        hooked.close()


def test_a_server_that_is_vouched_for_under_another_name_or_no_more_is_told_nothing(tmp_path, make_daemon, authority):
    """S28 Of an authority that the system trusts: the server of the right name is told everything, one of another name and one whose
    certificate has expired nothing."""
    prefix = authority.trusted()
    if prefix is None:
        pytest.skip("no right to mount an authority of our own")
    hooked = Hooked(make_daemon, tmp_path, "right", authority.certificate("right", "localhost"), prefix)
    eventually(lambda: hooked.receiver.bodies, 30, lambda: f"{hooked.daemon.parts()['webhook']}: this")
    hooked.close()
    for name, subject, days in (("another", "elsewhere.example", 30), ("expired", "localhost", -1)):
        hooked = Hooked(make_daemon, tmp_path, name, authority.certificate(name, subject, days), prefix)
        hooked.expect_silence()
        hooked.close()


@pytest.mark.parametrize("latest", ["TLSv1", "TLSv1_1"])
def test_a_server_that_knows_old_versions_alone_is_told_nothing(tmp_path, make_daemon, authority, latest):
    """S28 As a client 1.2 and later: a server of the right name that an authority vouches for, and that speaks 1.0 or 1.1 at most, gets no
    request, though a client that lowers itself gets through to it."""
    prefix = authority.trusted()
    if prefix is None:
        pytest.skip("no right to mount an authority of our own")
    hooked = Hooked(make_daemon, tmp_path, "old", authority.certificate("old", "localhost"), prefix, latest=ssl.TLSVersion[latest])
    assert handshake(hooked.receiver.port, "-tls1" if latest == "TLSv1" else "-tls1_1", "-cipher", "ALL:@SECLEVEL=0")
    hooked.expect_silence(word="")
    hooked.close()
