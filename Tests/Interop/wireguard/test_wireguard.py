"""The system's own WireGuard judges what `homeline wireguard` writes: wg reads the keys, wg-quick the files, zbar the QR code, and two network
namespaces speak through the tunnel (by the kernel, or by wireguard-go where the kernel has none)."""

import os
import re
import subprocess
import tempfile
import uuid

import pytest
from programs import eventually, homeline, need
from provisioning import scan_half_blocks

HERE, PHONE = "192.0.2.1", "192.0.2.2"


def run(*command, stdin="", inside=None, check=True):
    place = ["ip", "netns", "exec", inside] if inside else []
    # Files, not pipes: wireguard-go stays behind and would keep a pipe open.
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        done = subprocess.run([*place, *map(str, command)], input=stdin, stdout=out, stderr=err, text=True, timeout=40)
        for file in (out, err):
            file.seek(0)
        done.stdout, done.stderr = out.read(), err.read()
    assert done.returncode == 0 or not check, f"{command}: {done.stdout}{done.stderr}"
    return done


@pytest.fixture
def wireguard(tmp_path):
    """`homeline wireguard` on a state directory of its own."""
    def call(*arguments, inside=None, check=True):
        return run(homeline(), "wireguard", *arguments, "--state", tmp_path / "state", inside=inside, check=check)

    call.directory = tmp_path / "state/wireguard"
    call.configuration = call.directory / "homeline.conf"
    return call


def value(text, key):
    return re.search(rf"^{key} = (.*)$", text, re.MULTILINE).group(1)


def test_wg_and_wg_quick_read_what_is_written(wireguard):
    said = wireguard("init", "--endpoint", "home.example.org", "--ipv4", "10.86.7.0/24", "--ipv6", "fd12:3456:789a::/64").stdout
    assert f"sudo install -m 600 {wireguard.configuration} /etc/wireguard/homeline.conf\n  sudo systemctl enable --now wg-quick@homeline" in said
    profile = wireguard("add", "alice", "--text").stdout
    stripped = run(need("wg-quick", "wireguard-tools"), "strip", wireguard.configuration).stdout
    for text, other in ((profile, stripped), (stripped, profile)):
        # What one end calls its private key the other knows by its public half.
        public = run(need("wg", "wireguard-tools"), "pubkey", stdin=value(text, "PrivateKey")).stdout.strip()
        assert public == value(other, "PublicKey")
    assert value(profile, "PresharedKey") == value(stripped, "PresharedKey")
    assert value(stripped, "AllowedIPs") == "10.86.7.2/32, fd12:3456:789a::2/128"
    assert value(profile, "AllowedIPs") == "10.86.7.1/32, fd12:3456:789a::1/128"
    for file in wireguard.directory.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600
        assert value(profile, "PrivateKey") not in file.read_text()


def test_zbar_reads_the_profile_from_the_terminal(wireguard):
    wireguard("init", "--endpoint", "home.example.org:5555")
    profile = scan_half_blocks(wireguard("add", "alice").stdout)
    assert value(profile, "Endpoint") == "home.example.org:5555"
    public = run(need("wg", "wireguard-tools"), "pubkey", stdin=value(profile, "PrivateKey")).stdout.strip()
    assert public in wireguard.configuration.read_text() and public in wireguard("show", "alice").stdout


def test_mistakes_are_told(wireguard):
    assert "there is no tunnel yet" in wireguard("add", "alice", check=False).stderr
    assert wireguard("init", "--endpoint", "a b", check=False).returncode == 64
    assert wireguard("init", "--endpoint", "home.example.org", "--ipv4", "8.8.8.0/24", check=False).returncode == 64
    wireguard("init", "--endpoint", "home.example.org")
    assert "there is a tunnel already" in wireguard("init", "--endpoint", "other.example.org", check=False).stderr
    wireguard("add", "alice")
    assert "already" in wireguard("add", "alice", check=False).stderr
    assert "is no name for a phone" in wireguard("add", "x\n[Peer]", check=False).stderr
    assert "there is no phone named bob" in wireguard("remove", "bob", check=False).stderr
    wireguard("remove", "alice")
    assert "alice" not in wireguard("list").stdout + wireguard.configuration.read_text()


@pytest.fixture
def two_places():
    """A house and a phone, each a network namespace, with a cable between."""
    if os.geteuid() != 0:
        pytest.skip("network namespaces want root")
    need("wg-quick", "wireguard-tools")
    need("wireguard-go", "wireguard-go")
    name = uuid.uuid4().hex[:6]
    house, phone = f"hl-house-{name}", f"hl-phone-{name}"
    try:
        for place in (house, phone):
            run("ip", "netns", "add", place)
            run("ip", "link", "set", "lo", "up", inside=place)
        run("ip", "link", "add", "cable", "netns", house, "type", "veth", "peer", "name", "cable", "netns", phone)
        for place, address in ((house, HERE), (phone, PHONE)):
            run("ip", "address", "add", f"{address}/24", "dev", "cable", inside=place)
            run("ip", "link", "set", "cable", "up", inside=place)
        yield house, phone
    finally:
        for place in (house, phone):
            for pid in run("ip", "netns", "pids", place, check=False).stdout.split():
                run("kill", pid, check=False)
            run("ip", "netns", "del", place, check=False)


def test_a_phone_reaches_the_house_through_the_tunnel_and_a_removed_one_does_not(wireguard, two_places, tmp_path):
    house, phone = two_places
    assert "The tunnel is up." in wireguard("init", "--endpoint", HERE, "--ipv4", "10.86.7.0/24", "--ipv6", "fd12:3456:789a::/64", "--up", inside=house).stderr
    added = wireguard("add", "alice", "--text", "--up", inside=house)
    profile = tmp_path / "phone.conf"
    profile.write_text(added.stdout)
    profile.chmod(0o600)
    wireguard("add", "bob", "--up", inside=house)
    run("wg-quick", "up", profile, inside=phone)
    server = subprocess.Popen(["ip", "netns", "exec", house, "socat", "TCP-LISTEN:8080,fork,reuseaddr", "SYSTEM:echo here"])
    six = subprocess.Popen(["ip", "netns", "exec", house, "socat", "TCP6-LISTEN:8081,fork,reuseaddr,ipv6only=1", "SYSTEM:echo here"])
    try:
        def reaches(address):
            return run("socat", "-T2", "-", f"{address},connect-timeout=2", inside=phone, check=False).stdout == "here\n"

        eventually(lambda: reaches("TCP:10.86.7.1:8080"), 20, lambda: run("wg", "show", inside=house).stdout)
        eventually(lambda: reaches("TCP6:[fd12:3456:789a::1]:8081"), 20, "the house by IPv6")
        wireguard("remove", "alice", "--up", inside=house)
        assert not reaches("TCP:10.86.7.1:8080")
    finally:
        for process in (server, six):
            process.kill()
            process.wait()
