"""A whole daemon whose picture messages go over a network interface, with a real DHCP client, server and resolver between it and the MMSC."""

import os
import subprocess

import pytest

from carrier import MMSC, NAME, Carrier, ip
from homeline_daemon import HomelineDaemon
from programs import eventually
from virtual_modem import OWN_NUMBER

FRIEND = "+15551234567"
PHOTO = bytes.fromhex("47494638396101000100800000ffffff00000021f90400000000002c00000000010001000002024401003b")

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="interfaces are root's")


class PictureDaemon(HomelineDaemon):
    def __init__(self, directory, carrier):
        self.interface = carrier.interface
        super().__init__(directory, {"home": carrier.modem})

    def settings(self, lines):
        digits = OWN_NUMBER.lstrip("+")
        mms = f"    mms: {{bearer: network, interface: {self.interface}, apn: mms.test, mmsc: \"http://{NAME}/mms/{digits}\", idle: 2s}}\n"
        return super().settings(lines).replace("    segments-per-minute: 600\n", "    segments-per-minute: 600\n" + mms)


@pytest.fixture
def carrier(tmp_path):
    place = tmp_path / "carrier"
    place.mkdir()
    carrier = Carrier(place)
    yield carrier
    carrier.close()


@pytest.fixture
def daemon(carrier, tmp_path):
    daemon = PictureDaemon(tmp_path / "homeline", carrier)
    daemon.add_person("ann", ["home"])
    daemon.start()
    yield daemon
    daemon.stop()


def traces(carrier):
    """What is left of the interface's set-up."""
    return [line for line in (ip("rule", "show") + ip("-4", "address", "show", "dev", carrier.interface)).splitlines() if carrier.interface in line]


def test_pictures_move_over_the_modems_interface_and_nothing_else_does(carrier, daemon, tmp_path):
    before = ip("route", "show"), open("/etc/resolv.conf").read()
    photo = tmp_path / "dot.gif"
    photo.write_bytes(PHOTO)
    carrier.modem.order("picture", **{"from": FRIEND, "files": [str(photo)], "text": "look"})
    daemon.wait_recorded(["look"], within=60)
    parts = daemon.message("look")["parts"]
    assert [part["size"] for part in parts if part["contentType"] == "image/gif"] == [len(PHOTO)]
    said = carrier.said("dnsmasq")
    assert "DHCPACK" in said and f"query[A] {NAME}" in said
    # What is not bound to the interface does not see the carrier.
    assert (ip("route", "show"), open("/etc/resolv.conf").read()) == before
    assert carrier.interface not in subprocess.run(["ip", "route", "get", MMSC], capture_output=True, text=True).stdout

    # The context is let go when it is idle, and comes back for what leaves.
    eventually(lambda: not any("oif" in line or "inet" in line for line in traces(carrier)), 20, lambda: f"an interface let go, not {traces(carrier)},")
    status, sent = daemon.api("POST", "/api/v1/messages", {"line": "home", "to": [FRIEND, "+15557654321"], "text": "hello both"})
    assert status in (200, 201, 202), sent
    pictures = eventually(lambda: carrier.modem.order("pictures")["pictures"], 60, lambda: f"a picture message outside, instead of {daemon.message('hello both')},")
    assert sorted(pictures[0]["to"]) == sorted([FRIEND, "+15557654321"])
    assert [part["text"] for part in pictures[0]["parts"]] == ["hello both"]


def test_what_is_in_the_sticks_own_network_is_not_asked_for(carrier, daemon, tmp_path):
    """A push may name any address: the modem's own pages are not a carrier's."""
    photo = tmp_path / "dot.gif"
    photo.write_bytes(PHOTO)
    carrier.modem.order("mmsc", fault="redirect", address="http://10.99.0.1/admin")
    carrier.modem.order("picture", **{"from": FRIEND, "files": [str(photo)], "text": "trap"})
    notice = eventually(
        lambda: [text for text in daemon.texts() if "could not be fetched" in text], 60, lambda: f"a notice, instead of {daemon.texts()},")
    assert "10.99.0.1" in notice[0]
