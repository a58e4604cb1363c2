"""Real programs that send and receive by files, and daemons that work with them or in their place."""

import subprocess

from homeline_daemon import HomelineDaemon
from programs import need

UTF8 = {"LC_ALL": "C.UTF-8"}


def folders(place, *names):
    for name in names:
        (place / name).mkdir(parents=True, exist_ok=True)
    return place


class GammuFolders:
    """The folders of gammu-smsd, and a configuration that names them."""

    def __init__(self, place, modem=None, inbox_format="detail", reports="sms"):
        self.place = folders(place, "inbox", "outbox", "sent", "error")
        self.settings = place / "smsdrc"
        self.settings.write_text(f"""
[gammu]
device={modem.pty if modem else "/dev/null"}
connection=at115200
[smsd]
service=files
logfile=stdout
debuglevel=1
inboxpath={place}/inbox/
outboxpath={place}/outbox/
sentsmspath={place}/sent/
errorsmspath={place}/error/
inboxformat={inbox_format}
commtimeout=1
sendtimeout=10
loopsleep=1
checksecurity=0
checkbattery=0
checksignal=0
checknetwork=0
deliveryreport={reports}
""")

    def inject(self, *words):
        """The real gammu-smsd-inject."""
        subprocess.run(
            [need("gammu-smsd-inject", "gammu-smsd"), "-c", self.settings, *words], check=True, capture_output=True, timeout=10, env=UTF8)

    def section(self):
        return "".join(f"    {name}: {self.place}/{name}\n" for name in ("inbox", "outbox", "sent", "error"))

    def files(self, folder):
        return sorted(file for file in (self.place / folder).iterdir() if file.is_file() and not file.name.startswith("."))


class SMSToolsFolders:
    """The folders of smsd, and a configuration that names them."""

    def __init__(self, place, modem=None):
        self.place = folders(place, "outgoing", "checked", "incoming", "failed", "sent", "report")
        self.settings = place / "smsd.conf"
        if modem:
            self.settings.write_text(f"""
devices = GSM1
outgoing = {place}/outgoing
checked = {place}/checked
incoming = {place}/incoming
failed = {place}/failed
sent = {place}/sent
report = {place}/report
infofile = {place}/smsd.working
pidfile = {place}/smsd.pid
logfile = 1
loglevel = 7
delaytime = 1
delaytime_mainprocess = 1
autosplit = 3
decode_unicode_text = yes
incoming_utf8 = yes
errorsleeptime = 1
blocktime = 1

[GSM1]
device = {modem.pty}
baudrate = 115200
incoming = yes
rtscts = no
report = yes
pre_init = yes
init = AT+CNMI=2,1,0,2,0
cs_convert = yes
""")

    def files(self, folder):
        return sorted(file for file in (self.place / folder).iterdir() if file.is_file() and not file.name.startswith("."))


class SpoolDaemon(HomelineDaemon):
    """Its one line is a section of the test's own."""

    def __init__(self, directory, line, endpoints=""):
        self.section = line
        self.endpoints = endpoints
        super().__init__(directory, {"home": None})

    def line(self, modem):
        return self.section

    def send(self, recipient, text, key):
        status, answer = self.api(
            "POST", "/api/v1/messages", {"line": "home", "to": [recipient], "text": text, "idempotencyKey": key})
        assert status in (200, 201, 202), answer
        return answer["id"]

    def state_of(self, text):
        return self.message(text)["state"]


def start_gammu_smsd(run, gammu):
    return run("gammu-smsd", need("gammu-smsd", "gammu-smsd"), "-c", gammu.settings, env=UTF8)


def start_smsd(run, smstools):
    return run("smsd", need("smsd", "smstools"), "-c", smstools.settings, "-t")

