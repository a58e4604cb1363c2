"""Linphone without a screen: `linphonec`, the console phone, and `linphone-daemon`, the same library for programs.

What a person would see is read from Linphone's own database, as its apps do.
"""

import re
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

from homeline_daemon import DOMAIN, HOST
from programs import Background, eventually, need

STATES = {0: "idle", 1: "inProgress", 2: "delivered", 3: "notDelivered", 6: "deliveredToUser", 7: "displayed"}

SETTINGS = """[sip]
sip_port={udp}
sip_tcp_port={tcp}
sip_tls_port={tls}
default_proxy=0
register_only_when_network_is_up=0
refresher_retry_after=1000
use_ipv6=0
guess_hostname=0
verify_server_certs=0
verify_server_cn=0
contact=sip:{user}@127.0.0.1
[net]
mtu=1300
firewall_policy=0
[rtp]
audio_rtp_port=1024-65535
[sound]
playback_dev_id=
capture_dev_id=
ringer_dev_id=
echocancellation=0
remote_ring=
local_ring=
[video]
enabled=0
capture=0
display=0
automatically_initiate=0
automatically_accept=0
[misc]
uuid={instance}
[auth_info_0]
username={user}
passwd={password}
realm={domain}
domain={domain}
[proxy_0]
reg_proxy=<sip:{host}:{port};transport={transport}>
reg_route=<sip:{host}:{port};transport={transport};lr>
reg_identity=sip:{user}@{domain}
reg_expires=300
reg_sendregister=1
publish=0
avpf=0
quality_reporting_enabled=0
[proxy_default_values]
cpim_in_basic_chat_rooms_enabled={cpim}
[app]
auto_download_incoming_files_max_size={download}
"""


class Linphone:
    """A Linphone with its own home, account and instance; it keeps them when it is switched off and on."""

    program = None
    package = "linphone-cli"

    def __init__(self, directory, account, transport="udp", cpim=False, password=None, fetches=False):
        self.home = Path(directory)
        self.account = account
        self.transport = transport
        self.process = None
        for place in (".config/linphone", ".local/share/linphone", "Downloads"):
            (self.home / place).mkdir(parents=True)
        # -1 takes any free port, 0 none at all.
        ports = {name: -1 if name == transport else 0 for name in ("udp", "tcp", "tls")}
        self.settings = self.home / ".linphonerc"
        self.settings.write_text(SETTINGS.format(
            **ports, user=account.user, password=password or account.password, domain=DOMAIN, host=HOST, port=account.ports[transport],
            transport=transport, instance=uuid.uuid4(), cpim=int(cpim),
            download=0 if fetches else -1))

    def command(self):
        """The program and its arguments."""
        raise NotImplementedError

    def is_registered(self):
        raise NotImplementedError

    def on(self):
        """Switches it on and waits until it is registered."""
        self.switch_on()
        eventually(self.is_registered, 20, lambda: f"the registration of {self.account.user}\n{self.trace()[-3000:]}\n: this")
        return self

    def switch_on(self):
        data = {"HOME": self.home, "XDG_DATA_HOME": self.home / ".local/share", "XDG_CONFIG_HOME": self.home / ".config"}
        environment = {**{key: str(value) for key, value in data.items()}, "TERM": "dumb", "LC_ALL": "C.UTF-8"}
        log = self.home / f"{self.program}.log"
        mark = log.stat().st_size if log.exists() else 0
        self.process = Background(self.home, self.program, need(self.program, self.package), *self.command(), env=environment)
        self.process.wait_for(self.prompt, 20, mark)

    def off(self):
        """Quits it as a person does: it takes its registration back."""
        if self.process.process.poll() is None:
            self.process.type("quit")
            try:
                self.process.process.wait(10)
            except Exception:
                pass
        self.process.stop()

    def lose_power(self):
        if self.process and self.process.process.poll() is None:
            self.process.kill()

    def trace(self):
        """Linphone's own log, with every SIP message."""
        log = self.home / "trace.log"
        return log.read_text(errors="replace") if log.exists() else ""

    def packets(self, way):
        """SIP messages as Linphone logged them; `way` is "message sent to" or "new bytes from"."""
        entries = re.split(r"(?m)^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d:\d+ ", self.trace())
        return [entry.partition("\n")[2] for entry in entries if way in entry.partition("\n")[0]]

    def answers(self, mark):
        """The status of each answer to a request of ours that has this mark."""
        calls = [re.search(r"(?m)^Call-ID: .*$", packet).group() for packet in self.packets("message sent to") if mark in packet]
        received = [packet for packet in self.packets("new bytes from") if packet.startswith("SIP/2.0 ")]
        return [int(packet.split()[1]) for packet in received if any(call in packet for call in calls)]

    def rows(self, query, *values):
        database = self.home / ".local/share/linphone/linphone.db"

        # Linphone may be writing to it just now.
        def ask():
            try:
                with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=2)) as connection:
                    return connection.execute(query, values).fetchall(), True
            except sqlite3.OperationalError:
                return None

        return eventually(ask, 10, f"an answer of Linphone's database to {query}")[0]

    def rooms(self):
        """Peer and own address of every chat room."""
        return self.rows(
            "select peer.value, own.value from chat_room join sip_address peer on peer.id = peer_sip_address_id"
            " join sip_address own on own.id = local_sip_address_id order by peer.value")

    def messages(self, peer=None):
        """(sender, text, seconds since 1970) of what a person sees, in the order in which it came."""
        rows = self.rows(
            "select sender.value, part.body, strftime('%s', event.time) from conference_chat_message_event event"
            " join sip_address sender on sender.id = event.from_sip_address_id"
            " join chat_message_content part on part.event_id = event.event_id where event.direction = 0 order by event.event_id")
        return [(sender, text, int(time)) for sender, text, time in rows if peer in (None, sender)]

    def offers(self, peer=None):
        """The document of every file that somebody offers, in the order in which they came, by its message's Call-ID."""
        rows = self.rows(
            "select sender.value, event.call_id, part.body from conference_chat_message_event event"
            " join sip_address sender on sender.id = event.from_sip_address_id join chat_message_content part on part.event_id = event.event_id"
            " join content_type type on type.id = part.content_type_id"
            " where event.direction = 0 and type.value = 'application/vnd.gsma.rcs-ft-http+xml' order by event.event_id")
        return {call: document for sender, call, document in rows if peer in (None, sender)}

    def files(self):
        """(name, octets) of every file that it fetched, in the order in which they came."""
        rows = self.rows("select name, path from chat_message_file_content where path <> '' order by chat_message_content_id")
        return [(name, Path(path).read_bytes()) for name, path in rows if Path(path).exists()]

    def texts(self, peer=None):
        return [text for _, text, _ in self.messages(peer)]

    def wait_texts(self, peer, texts, within=20):
        """Waits for these texts, which must be all there are from the peer, once and in this order."""
        eventually(
            lambda: len(self.texts(peer)) >= len(texts), within,
            lambda: f"{len(texts)} texts for {self.account.user}, who has {self.messages()}: this")
        assert self.texts(peer) == list(texts)

    def state_of(self, text):
        """What a person sees beside a text they wrote."""
        rows = self.rows(
            "select event.state from conference_chat_message_event event join chat_message_content part on part.event_id = event.event_id"
            " where event.direction = 1 and part.body = ? order by event.event_id", text)
        return STATES.get(rows[-1][0], rows[-1][0]) if rows else None

    def wait_state(self, text, state, within=20):
        eventually(lambda: self.state_of(text) == state, within, lambda: f"'{state}' for '{text[:40]}', which is '{self.state_of(text)}': this")


class LinphoneDaemon(Linphone):
    program = "linphone-daemon"
    prompt = "daemon-linphone>"

    def command(self):
        return "--config", self.settings, "--log", self.home / "trace.log", "--disable-stats-events"

    def ask(self, command, within=10):
        mark = self.process.mark()
        self.process.type(command)
        answer = lambda: re.search(r"Status: (\w+)\n(.*?)daemon-linphone>", self.process.output(mark), re.S)
        return eventually(answer, within, lambda: f"an answer to {command}: {self.process.output(mark)}").groups()

    def is_registered(self):
        return "LinphoneRegistrationOk" in self.ask("register-status ALL")[1]

    def send(self, peer, text):
        status, answer = self.ask(f"message {peer} {text}")
        assert status == "Ok", answer


class ProvisionedLinphone(LinphoneDaemon):
    """One whose only setting is where to get its settings, and whom it trusts, as a phone comes with a list of authorities."""

    def __init__(self, directory, account, link, authority=None):
        super().__init__(directory, account)
        trust = f"root_ca={authority}\n" if authority else ""
        # Several phones on one machine cannot all have the port that each of them would take.
        self.settings.write_text(f"[sip]\nsip_port=-1\nsip_tcp_port=-1\nsip_tls_port=-1\n{trust}[misc]\nconfig-uri={link}\n")

    def is_registered(self):
        # Accounts that came from afar have no number among the daemon's own, so its command does not list them.
        return "to [LinphoneRegistrationOk]" in self.trace()


class LinphoneConsole(Linphone):
    program = "linphonec"
    prompt = "linphonec>"

    def command(self):
        return "-c", self.settings, "-S", "-d", "5", "-l", self.home / "trace.log"

    def is_registered(self):
        mark = self.process.mark()
        self.process.type("status register")
        answer = lambda: re.search(r"registered[,=].*", self.process.output(mark))
        return "identity=" in eventually(answer, 20, "the state of the registration").group()

    def send(self, peer, text):
        self.process.type(f"chat {peer} {text}")
