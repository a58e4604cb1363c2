"""A whole house: virtual modems with the outside world behind them, the daemon, people, their apps."""

from pathlib import Path

from baresip import Baresip
from homeline_daemon import DOMAIN, HomelineDaemon
from linphone import LinphoneConsole, LinphoneDaemon
from virtual_modem import VirtualModem


def uri(number):
    """How an app names a party: one form, for ever."""
    return f"sip:{number}@{DOMAIN}"


class House:
    """`people` gives each person's lines; every line has a virtual modem of its own, which carries its name."""

    # What a house of another kind has instead.
    daemon_class = HomelineDaemon

    def __init__(self, directory, people, lines=("home",), personality="generic", mirrors=()):
        self.directory = Path(directory)
        self.apps = []
        self.modems = {}
        self.daemon = None
        try:
            for line in lines:
                place = self.directory / f"modem-{line}"
                place.mkdir()
                self.modems[line] = self.modem_of(place, personality)
            self.daemon = self.daemon_class(self.directory / "homeline", self.modems, mirrors)
            self.accounts = {name: self.daemon.add_person(name, lines) for name, lines in people.items()}
            self.daemon.start()
        except BaseException:
            self.close()
            raise

    def modem_of(self, place, personality):
        return VirtualModem(place, personality)

    @property
    def modem(self):
        return next(iter(self.modems.values()))

    def linphone(self, person, transport="udp", kind=LinphoneDaemon, **settings):
        """A new Linphone, switched off."""
        place = self.directory / f"app{len(self.apps)}-{person}"
        self.apps.append(kind(place, self.accounts[person], transport, **settings))
        return self.apps[-1]

    def linphonec(self, person, transport="udp", **settings):
        return self.linphone(person, transport, LinphoneConsole, **settings)

    def baresip(self, person, contact, transport="udp", account=None, **settings):
        """A new baresip, switched off; it can write to its contact."""
        place = self.directory / f"app{len(self.apps)}-{person}"
        self.apps.append(Baresip(place, account or self.accounts[person], contact, transport, **settings))
        return self.apps[-1]

    def close(self):
        # All are killed: how they take their leave is tested elsewhere, and takes seconds.
        for app in self.apps:
            app.lose_power()
        if self.daemon:
            self.daemon.kill()
        for modem in self.modems.values():
            modem.stop()
