import base64
import hashlib
import json
import os
import re
import resource
import signal
import stat
import subprocess
from pathlib import Path

import pytest

from faulty_daemon import FaultyDaemon
from homeline_daemon import DOMAIN, HOST
from programs import eventually, homeline, need
from raw_sip import RawSIP
from virtual_modem import VirtualModem
from webhook_receiver import WEBHOOK_SECRET, Receiver, webhook

PASSWORD = "Canary-Password-8841"
PIN = "58305271"


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.close()


class Canaries:
    """Secrets that must be found nowhere, in the forms in which they might be."""

    def __init__(self):
        self.forms = {}

    def add(self, name, *secrets):
        for secret in secrets:
            octets = secret.encode()
            for form in (octets, octets.hex().encode(), octets.hex().upper().encode(), base64.b64encode(octets).rstrip(b"=")):
                self.forms[form] = name

    def seen_in(self, octets):
        return sorted({name for form, name in self.forms.items() if form in octets})


@pytest.fixture
def house(tmp_path, receiver):
    """A daemon with every kind of secret, at the most verbose level there is; what programs printed beside it."""
    modem = VirtualModem(make(tmp_path / "modem"), pin=PIN)
    pin = tmp_path / "pin"
    pin.write_text(PIN + "\n")
    pin.chmod(0o600)
    daemon = FaultyDaemon(tmp_path / "home", extra=webhook(f"http://{HOST}:{receiver.port}/hook", tmp_path / "home"))
    daemon.config.write_text(daemon.config.read_text().replace(
        "    trunk: loopback\n", f"    trunk: modem\n    device: {modem.pty}\n    pin-file: {pin}\n", 1))
    daemon.modem, daemon.pin = modem, pin
    yield daemon
    daemon.kill()
    modem.stop()


def make(directory):
    directory.mkdir()
    return directory


def test_no_secret_is_found_anywhere_but_where_it_belongs(house, receiver):
    """S27 Canaries for a SIP password, an API token, a webhook's secret, a PIN and a TLS key: none is in the log at the most verbose level,
    in any file of the state directory, in the process's arguments and environment, in any answer, page, metric, timeline, error or in what
    the commands print; the SIP password is there as its two digest hashes and the token as its hash, and neither hash is told to anyone."""
    said = []
    done = subprocess.run(
        [homeline(), "person", "add", "alice", "--config", house.config, "--password-stdin"], input=PASSWORD + "\n", capture_output=True,
        text=True, timeout=30, check=True)
    said.append(done.stdout + done.stderr)
    token = house.token("read", "send")
    key = "".join(line for line in (house.directory / "homeline.key").read_text().splitlines() if "-" not in line)
    hashes = [algorithm(f"alice:{DOMAIN}:{PASSWORD}".encode()).hexdigest() for algorithm in (hashlib.md5, hashlib.sha256)]
    token_hash = hashlib.sha256(token.encode()).hexdigest()
    canaries = Canaries()
    canaries.add("SIP password", PASSWORD)
    canaries.add("API token", token, token[3:])
    canaries.add("webhook secret", WEBHOOK_SECRET)
    canaries.add("PIN", PIN)
    canaries.add("TLS key", key, key[20:60], base64.b64decode(key).hex())

    house.start()
    eventually(lambda: house.health() == "working", 30, lambda: f"{house.parts()}: this")
    said += use(house, token, receiver)
    said += [house.command(*command, "--config", house.config) for command in (
        ("check", "--ledger"), ("person", "list"), ("token", "list"), ("line", "list"),
        ("timeline", house.messages()[0]["id"]))]
    said.append(subprocess.run(
        [homeline(), "check", "--config", house.config], capture_output=True, text=True, timeout=60).stdout)
    bundle = house.command("support", "--config", house.config, "--output", "-")
    assert "== Health" in bundle and "== Log" in bundle and "trunk: modem" in bundle
    for told in ("+15550100200", "15550100201", "hello from the phone", "hello from a program", str(receiver.port)):
        assert told not in bundle, f"{told} in the support bundle"
    said.append(bundle)

    process = Path(f"/proc/{house.program.process.pid}")
    places = {
        "log": house.program.log.read_bytes(), "arguments": (process / "cmdline").read_bytes(), "environment": (process / "environ").read_bytes(),
        **{f"answer {index}": text.encode() for index, text in enumerate(said)},
        **{f"webhook {index}": body for index, body in enumerate(receiver.bodies)}}
    files = {str(path): path.read_bytes() for path in house.state.rglob("*") if path.is_file()}
    backup = house.directory / "backup.sqlite"
    subprocess.run([need("sqlite3", "sqlite3"), house.state / "ledger.sqlite", f".backup {backup}"], check=True)
    files["backup"] = backup.read_bytes()
    for place, octets in {**places, **files}.items():
        assert canaries.seen_in(octets) == [], f"in {place}"
    ledger = b"".join(octets for path, octets in files.items() if "ledger.sqlite" in path)
    for digest in (*hashes, token_hash):
        assert digest.encode() in ledger
        for place, octets in places.items():
            assert digest.encode() not in octets, f"a hash in {place}"
    print(f"S27: {len(canaries.forms)} forms of 5 secrets looked for in {len(places) + len(files)} places")


def use(house, token, receiver):
    """Uses every secret, rightly and wrongly; all that was answered."""
    said = []
    account = type("Account", (), {"user": "alice", "password": PASSWORD, "ports": house.ports, "uri": f"sip:alice@{DOMAIN}"})
    with RawSIP(account) as phone:
        contact = f"Contact: <sip:alice@{phone.address}>;expires=60"
        for response in (
                phone.register(contact), phone.register(contact, algorithm="MD5"), phone.register(contact, password="wrong"),
                phone.message(f"sip:+15550100200@{DOMAIN}", "hello from the phone"),
                phone.exchange(phone.request("REGISTER", f"sip:alice:{PASSWORD}@{DOMAIN}", To=f"<{account.uri}>")),
                phone.exchange(phone.request("MESSAGE", "sip:", "Authorization: Digest nonsense"))):
            said.append("\n".join([response.first, *(f"{name}: {value}" for name, value in response.headers), response.body.decode()]))
    body = {"line": "home", "to": ["+15550100201"], "text": "hello from a program"}
    for method, path, document, secret in (
            ("POST", "/api/v1/messages", body, token), ("POST", "/api/v1/messages", body, token + "x"),
            ("POST", "/api/v1/messages", {"line": 7}, token), ("GET", "/api/v1/messages", None, token), ("GET", "/health", None, token),
            ("GET", "/metrics", None, None), ("GET", "/api/v1/lines", None, token), ("GET", "/api/v1/nothing", None, token)):
        connection = house.connection()
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {secret}"} if secret else {})}
        connection.request(method, path, json.dumps(document) if document else None, headers)
        answer = connection.getresponse()
        said.append(f"{answer.status} {answer.getheaders()} {answer.read().decode()}")
        connection.close()
    for path in ("/health", "/metrics", "/api/v1/conversations", *(f"/api/v1/messages/{m['id']}/timeline" for m in house.messages())):
        connection = house.connection()
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
        said.append(connection.getresponse().read().decode())
        connection.close()
    eventually(lambda: receiver.bodies, 20, "a webhook")
    return said


def test_a_refused_pin_is_remembered_and_not_written_down(house):
    """S27 A PIN that the SIM refused is not sent again by a restart, and what is remembered of it is salted and slow to try: the octets
    differ for the same PIN, and are no plain hash of it."""
    wrong = "11223344"
    house.pin.write_text(wrong + "\n")
    house.add_person("alice", ["home"])
    house.launch()
    eventually(house.answers, 20, "a daemon")
    eventually(lambda: house.modem.state()["pinTries"] == 2, 20, lambda: f"one try used; {house.modem.state()}: this")
    # Linux keeps what is remembered when the process is killed.
    house.kill()
    house.launch()
    eventually(lambda: house.answers() and "refused" in house.parts()["home"]["summary"], 20, lambda: f"{house.parts()}: this")
    assert house.modem.state()["pinTries"] == 2
    kept = {path: path.read_bytes() for path in (house.state / "trunks").rglob("*") if path.is_file()}
    assert kept
    plain = Canaries()
    imei = house.modem.order("state")["state"].get("imei", "")
    for name in ("md5", "sha1", "sha256", "sha512"):
        for text in (wrong, f"{imei}:{wrong}", f"{wrong}:{imei}"):
            plain.add(name, hashlib.new(name, text.encode()).hexdigest())
    plain.add("PIN", wrong)
    for path, octets in kept.items():
        assert plain.seen_in(octets + path.name.encode()) == [], path
        # Salt and seal, of 16 octets each.
        assert re.fullmatch(r"refused-[0-9A-F]{64}", path.name), path
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_files_are_their_owners_alone(house):
    """S27 Whatever the umask, every file that the daemon and the commands make is 0600, every directory 0700, every socket 0600."""
    old = os.umask(0)
    try:
        house.add_person("alice", ["home"])
        house.token("read")
        house.start()
        eventually(lambda: house.health() == "working", 30, lambda: f"{house.parts()}: this")
    finally:
        os.umask(old)
    for path in (house.state, *house.state.rglob("*")):
        mode = stat.S_IMODE(path.lstat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), f"{path} is {mode:o}"
    assert stat.S_IMODE((house.directory / "homeline.key").stat().st_mode) == 0o600


def test_a_crash_writes_nothing_of_its_memory_down(house):
    """S27 Where the system would write a dump, the daemon has forbidden it: when it dies of a trap there is no file that was not there before."""
    # As our unit has it: the runtime would first look for long at what was called, and print pieces of memory.
    house.env["SWIFT_BACKTRACE"] = "enable=no"
    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    try:
        house.start()
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)
    eventually(lambda: house.health() == "working", 30, lambda: f"{house.parts()}: this")
    process = Path(f"/proc/{house.program.process.pid}")
    limit = next(line for line in (process / "limits").read_text().splitlines() if line.startswith("Max core file size"))
    assert limit.split()[4:6] == ["0", "0"], limit
    names = {path.name for path in house.directory.rglob("*")}
    house.program.process.send_signal(signal.SIGILL)
    assert house.program.process.wait(20) == -signal.SIGILL
    assert not [path for path in house.directory.rglob("*core*") if path.name not in names]
