"""A carrier behind a network interface of this machine: a namespace of its own with DHCP and names by dnsmasq, and the simulated MMSC."""

import os
import random
import subprocess

from programs import Background, eventually, need
from virtual_modem import VirtualModem

GATEWAY = "10.99.0.1"
# Behind the gateway, as an MMSC is.
MMSC = "10.98.0.1"
NAME = "mmsc.test"


def ip(*arguments):
    return subprocess.run([need("ip", "iproute2"), *arguments], capture_output=True, text=True, check=True).stdout


class Carrier:
    """The other end of the modem's network interface, which is one end of a pair of virtual Ethernets."""

    def __init__(self, directory):
        self.programs = []
        # A name of its own: the last one may still be on its way out.
        self.interface = f"hm{os.getpid() % 10_000}x{random.randrange(1000)}"
        self.holder = subprocess.Popen(["unshare", "-n", "sleep", "600"])
        eventually(lambda: os.readlink(f"/proc/{self.holder.pid}/ns/net") != os.readlink("/proc/self/ns/net"), 20, "a namespace")
        self.inside = ["nsenter", "-t", str(self.holder.pid), "-n"]
        ip("link", "add", self.interface, "type", "veth", "peer", "name", "core", "netns", str(self.holder.pid))
        self.command("ip", "address", "add", f"{GATEWAY}/24", "dev", "core")
        self.command("ip", "address", "add", f"{MMSC}/32", "dev", "lo")
        for link in ("lo", "core"):
            self.command("ip", "link", "set", link, "up")
        self.start(
            directory, "dnsmasq", need("dnsmasq", "dnsmasq-base"), "--keep-in-foreground", "--log-facility=-", "--log-queries", "--log-dhcp", "--user=root",
            "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--leasefile-ro", "--interface=core", "--bind-interfaces", "--pid-file=",
            "--dhcp-range=10.99.0.50,10.99.0.60,255.255.255.0,1h", f"--dhcp-option=3,{GATEWAY}", f"--dhcp-option=6,{GATEWAY}", f"--address=/{NAME}/{MMSC}")
        self.modem = VirtualModem(directory, mmsc=f"{MMSC}:80", name=NAME, prefix=self.inside)
        self.programs.append(self.modem)

    def command(self, *command):
        subprocess.run([*self.inside, *command], check=True, capture_output=True)

    def start(self, directory, name, *command):
        self.programs.append(Background(directory, name, *self.inside, *command))

    def said(self, name):
        return next(program for program in self.programs if program.name == name).output()

    def close(self):
        for program in reversed(self.programs):
            program.stop()
        self.holder.kill()
        self.holder.wait()
