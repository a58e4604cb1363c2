"""Debian's pebble: an authority that speaks ACME, with a name service that leads every name to this machine."""

import json
import subprocess
import urllib.request
from pathlib import Path

from homeline_daemon import HOST, HomelineDaemon
from programs import Background, eventually, free_port, need

NAME = "sms.example.test"
KID, KEY = "kid-1", "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W"


def openssl(*arguments, stdin=""):
    return subprocess.run(["openssl", *map(str, arguments)], input=stdin, capture_output=True, text=True, timeout=20)


class Pebble:
    """`web` and `tls` are the ports by which it looks for proofs, in the place of 80 and 443."""

    def __init__(self, directory, web, tls, life=None, binding=False):
        self.directory = Path(directory)
        self.directory.mkdir()
        self.port, self.management = free_port(), free_port()
        self.names, self.names_management = free_port(), free_port()
        self.root = self.directory / "server-root.pem"
        self.make_server_certificate()
        config = {
            "listenAddress": f"{HOST}:{self.port}", "managementListenAddress": f"{HOST}:{self.management}", "certificate": str(self.directory / "server.pem"),
            "privateKey": str(self.directory / "server.key"), "httpPort": web, "tlsPort": tls, "ocspResponderURL": "",
            "externalAccountBindingRequired": binding, "externalAccountMACKeys": {KID: KEY},
        }
        if life:
            config["certificateValidityPeriod"] = life
        (self.directory / "pebble.json").write_text(json.dumps({"pebble": config}))
        self.resolver = Background(
            self.directory, "names", need("pebble-challtestsrv", "pebble"), "-defaultIPv4", HOST, "-defaultIPv6", "", "-dns01", f"{HOST}:{self.names}",
            "-http01", "", "-https01", "", "-tlsalpn01", "", "-management", f"{HOST}:{self.names_management}")
        self.program = None
        self.start()

    @property
    def url(self):
        return f"https://{HOST}:{self.port}/dir"

    def make_server_certificate(self):
        """A root of this test's own, and the server's certificate under it."""
        ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        key, request = self.directory / "server.key", self.directory / "server.csr"
        assert openssl("req", "-x509", *ec, "-subj", "/CN=root of the test", "-days", 2, "-keyout", self.directory / "root.key", "-out", self.root).returncode == 0
        assert openssl("req", *ec, "-subj", "/CN=server", "-keyout", key, "-out", request).returncode == 0
        (self.directory / "names.txt").write_text(f"subjectAltName=IP:{HOST}\n")
        done = openssl(
            "x509", "-req", "-in", request, "-CA", self.root, "-CAkey", self.directory / "root.key", "-CAcreateserial", "-days", 2,
            "-extfile", self.directory / "names.txt", "-out", self.directory / "server.pem")
        assert done.returncode == 0, done.stderr

    def start(self):
        # Its stale nonces, reused authorizations and pauses stay on: they are what makes it a judge. The pauses are cut short.
        self.program = Background(
            self.directory, "pebble", need("pebble", "pebble"), "-config", self.directory / "pebble.json", "-dnsserver", f"{HOST}:{self.names}", "-strict", "true",
            env={"PEBBLE_VA_SLEEPTIME": "2", "PEBBLE_WFE_NONCEREJECT": "25"})
        eventually(self.roots, 20, lambda: f"pebble, which said\n{self.program.output()[-2000:]}\n: it")

    def restart(self):
        """It remembers nothing of before."""
        self.program.stop()
        self.start()

    def roots(self):
        """The root that vouches for what it issues, PEM; nothing while it does not answer."""
        done = subprocess.run(
            ["curl", "-s", "--cacert", self.root, f"https://{HOST}:{self.management}/roots/0"], capture_output=True, text=True, timeout=10)
        return done.stdout if done.returncode == 0 else None

    def root_file(self):
        path = self.directory / "issued-under.pem"
        path.write_text(self.roots())
        return path

    def lead(self, name, address):
        """Leads a name to another address than this machine's."""
        body = json.dumps({"host": name, "addresses": [address]}).encode()
        urllib.request.urlopen(f"http://{HOST}:{self.names_management}/add-a", body, timeout=5).close()

    def stop(self):
        self.program.stop()
        self.resolver.stop()


class CertifiedDaemon(HomelineDaemon):
    """A daemon whose certificates are had from somewhere: `certificates` is that section of its configuration."""

    name = NAME

    def __init__(self, directory, certificates, http=None):
        self.certificates = certificates
        super().__init__(directory, {}, mirrors=("home",))
        if http:
            self.http = http
            self.config.write_text(self.settings({}))

    def settings(self, lines):
        return f"""state: {self.state}
country: US
lines:
  home:
    trunk: loopback
endpoints:
  softphone:
    domain: {self.name}
    listen: ["tls:{HOST}:{self.ports['tls']}"]
http:
  listen: {HOST}:{self.http}
  public-url: https://{self.name}:{self.http}
certificates:
{self.certificates}
log:
  level: info
"""

    def run(self):
        """Starts it without waiting for more than its answer."""
        from programs import homeline

        self.program = Background(self.directory, "homeline", homeline(), "run", "--config", self.config)
        eventually(self.health, 30, lambda: f"an answer of the daemon, which said\n{self.program.output()[-3000:]}\n: this")
        return self

    def certificate(self):
        """How it stands with the certificate: the part's health."""
        return next(part["health"] for part in self.api("GET", "/health")[1]["parts"] if part["kind"] == "certificate")

    def wait_certified(self, within=60):
        eventually(
            lambda: self.certificate()["state"] == "working", within, lambda: f"a certificate ({self.certificate()}; {self.program.output()[-1500:]})")
        return self


def shown(port, name=NAME, root=None):
    """The certificate that a listener shows to s_client: its text, or None where it is not trusted for the name."""
    trust = ["-CAfile", root, "-verify_return_error", "-verify_hostname", name] if root else []
    done = openssl("s_client", "-connect", f"{HOST}:{port}", "-servername", name, "-showcerts", *trust)
    return done.stdout if done.returncode == 0 and "BEGIN CERTIFICATE" in done.stdout else None


def serial(port, name=NAME):
    return openssl("x509", "-noout", "-serial", stdin=shown(port, name) or "").stdout.strip()
