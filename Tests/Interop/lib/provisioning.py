"""A daemon that people set their apps up from, in the clear or over TLS."""

import http.client
import re
import ssl
import subprocess
import tempfile

from homeline_daemon import HOST, Account, HomelineDaemon
from programs import need

APP = {"X-Linphone-Provisioning": "1"}


class ProvisioningDaemon(HomelineDaemon):
    """Its line brings everything back, where it has no modem."""

    def __init__(self, directory, transport="tcp", modem=None):
        self.is_safe = transport == "tls"
        self.softphone = f"    transport: {transport}\n"
        # Linphone's library of TLS reads names in a certificate, and no addresses.
        self.host = "localhost" if self.is_safe else HOST
        super().__init__(directory, {"home": modem} if modem else {}, mirrors=[] if modem else ["home"])
        self.command("certificate", self.host, "--directory", self.directory)

    @property
    def url(self):
        return f"http{'s' if self.is_safe else ''}://{self.host}:{self.http}"

    @property
    def web(self):
        files = f"\n  certificate: {self.directory}/homeline.crt\n  key: {self.directory}/homeline.key" if self.is_safe else ""
        return f"  public-url: {self.url}{files}"

    @property
    def authority(self):
        return self.directory / "homeline.crt" if self.is_safe else None

    def provision(self, user, *options):
        """The link for an app of theirs, and the picture of it."""
        link, _, picture = self.command("person", "provision", user, "--config", self.config, *options).partition("\n")
        return link, picture

    def plain(self, user):
        """What a person would type into an app, as the account that they would get."""
        told = self.command("person", "provision", user, "--plain", "--label", "typed", "--config", self.config)
        servers = {way.lower(): int(port) for port, way in re.findall(r":(\d+) \((\w+)\)", told)}
        found = dict(re.findall(r"(?m)^(User name|Password) +(\S+)$", told))
        return Account(found["User name"], found["Password"], servers)

    def fetch(self, link, headers=APP, source=HOST):
        """Asks for what is behind a link from some address of this machine: status, type and body."""
        path = link.removeprefix(self.url)
        assert path != link, f"{link} is not under {self.url}"
        if self.is_safe:
            context = ssl.create_default_context(cafile=str(self.authority))
            connection = http.client.HTTPSConnection(self.host, self.http, timeout=10, context=context, source_address=(source, 0))
        else:
            connection = http.client.HTTPConnection(HOST, self.http, timeout=10, source_address=(source, 0))
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Content-Type"), answer.read().decode()
        finally:
            connection.close()


def scan(picture):
    """What a reader of QR codes sees in a picture file."""
    return subprocess.run(
        [need("zbarimg", "zbar-tools"), "--quiet", "--raw", "--nodbus", str(picture)], capture_output=True, text=True, check=False).stdout.strip()


def scan_half_blocks(text):
    """The same for half blocks as a terminal shows them, light on dark."""
    lines = [line for line in text.splitlines() if set(line) <= set("█▀▄ ") and "█" in line]
    rows = []
    for line in lines:
        rows.append([255 if character in "█▀" else 0 for character in line])
        rows.append([255 if character in "█▄" else 0 for character in line])
    scale = 6
    width, height = len(rows[0]) * scale, len(rows) * scale
    octets = b"".join(bytes(value for value in row for _ in range(scale)) * scale for row in rows)
    with tempfile.NamedTemporaryFile(suffix=".pgm") as file:
        file.write(b"P5 %d %d 255\n" % (width, height) + octets)
        file.flush()
        return scan(file.name)
