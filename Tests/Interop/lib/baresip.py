"""baresip, driven over its control socket."""

import json
import re
import socket
import uuid
from pathlib import Path

from homeline_daemon import DOMAIN, HOST
from programs import Background, eventually, free_port, need

SETTINGS = """poll_method epoll
sip_listen {host}:{sip}
net_interface {host}
audio_player aubridge,sink
audio_source aubridge,loop
audio_alert aubridge,alert
module_path /usr/lib/baresip/modules
module stdio.so
module g711.so
{naming}
module aubridge.so
module_app account.so
module_app contact.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen {host}:{control}
"""


class Baresip:
    """This version writes to the current one of its contacts only, so it gets one."""

    def __init__(self, directory, account, contact, transport="udp", naming="module uuid.so"):
        self.home = Path(directory)
        self.home.mkdir()
        self.account = account
        self.process = self.socket = None
        self.control = free_port()
        self.naming = naming
        server = f"sip:{HOST}:{account.ports[transport]};transport={transport}"
        (self.home / "accounts").write_text(
            f'<sip:{account.user}@{DOMAIN};transport={transport}>;auth_user={account.user};auth_pass={account.password};'
            f'outbound="{server}";regint=300;audio_codecs=pcmu\n')
        (self.home / "contacts").write_text(f'"Contact" <{contact}>\n')

    def on(self):
        """Switches it on, at a port that is free now, and waits until it is registered."""
        (self.home / "config").write_text(SETTINGS.format(host=HOST, sip=free_port(), control=self.control, naming=self.naming))
        self.process = Background(
            self.home, "baresip", need("baresip", "baresip-core"), "-4", "-s", "-v", "-f", self.home, env={"LC_ALL": "C.UTF-8"})

        def connect():
            try:
                self.socket = socket.create_connection((HOST, self.control), 1)
            except OSError:
                return False
            return True

        eventually(connect, 10, "baresip's control socket")
        self.process.wait_for("registered successfully")
        return self

    def ask(self, command, parameters=""):
        """A command as netstring-framed JSON; its answer."""
        token = uuid.uuid4().hex
        request = json.dumps({"command": command, "params": parameters, "token": token}).encode()
        self.socket.sendall(b"%d:%s," % (len(request), request))
        self.socket.settimeout(5)
        octets = b""
        while True:
            octets += self.socket.recv(65536)
            for document in re.findall(rb"\d+:(\{.*?\}),(?=\d+:|$)", octets, re.S):
                answer = json.loads(document)
                if answer.get("token") == token:
                    return answer

    def send(self, text):
        self.ask("contact_next")
        assert self.ask("message", text)["ok"]

    def wait_text(self, peer, text, within=20):
        self.process.wait_for(f'{peer}: "{text}"', within)

    def output(self):
        return self.process.output()

    def lose_power(self):
        if self.process and self.process.process.poll() is None:
            self.process.kill()
        if self.socket:
            self.socket.close()
            self.socket = None
