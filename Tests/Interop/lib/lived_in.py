"""A house in which something of everything happened: what every page has to show is there to be shown."""

import struct
import zlib
from datetime import datetime, timedelta

from browser import DESK, Browser
from homeline_daemon import HOST, HomelineDaemon
from pages import PASSWORD, make_account
from programs import eventually
from raw_sip import RawSIP
from virtual_modem import VirtualModem

# Parties, by what they are here for.
FRIEND, PHOTOGRAPHER, PEST, BANK, DOUBTFUL, DEAF = (f"+155501001{number:02}" for number in range(6))
# An SMS-DELIVER whose length promises more than there is.
BROKEN = "07911326040000F0040B91134661"


def picture(width=64, height=48):
    """A PNG of the sea at dusk."""

    def chunk(name, octets):
        return struct.pack(">I", len(octets)) + name + octets + struct.pack(">I", zlib.crc32(name + octets))

    rows = b"".join(b"\0" + bytes((max(0, 250 - 190 * y // height), 120 + 40 * y // height, 90 + 110 * y // height)) * width for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class KeptDaemon(HomelineDaemon):
    """Makes backups, and tells somebody when something is wrong."""

    # Its pages are about something that goes wrong.
    level = "info"

    def settings(self, lines):
        backups = self.directory / "backups"
        backups.mkdir(exist_ok=True)
        (self.directory / "passphrase").write_text("a passphrase of its own\n")
        return super().settings(lines) + f"""backup:
  folder: {backups}
  every: daily
  passphrase-file: {self.directory}/passphrase
alerts:
  to: ["+15550100999"]
"""


class LivedIn:
    """Alice owns the house, Bob may use it. A line with a modem, `mobile`, and one that brings everything back, `home`."""

    # Whom Alice knows.
    friends = ("Zoë Tanner", "Samuel from the harbour office")

    def __init__(self, directory):
        self.directory = directory
        self.modem = VirtualModem(directory)
        self.daemon = None
        self.browser = None
        try:
            self.daemon = KeptDaemon(directory / "homeline", {"mobile": self.modem}, mirrors=["home"])
            self.daemon.command("wireguard", "init", "--endpoint", "home.example.org", "--state", self.daemon.state)
            self.account = self.daemon.add_person("alice", ["mobile", "home"])
            self.daemon.add_person("bob", ["mobile", "home"])
            self.daemon.start()
            self.browser = Browser(self.url, DESK)
            make_account(self.daemon, self.browser)
            self.happen()
            self.places = self.find_places()
        except BaseException:
            self.close()
            raise

    @property
    def url(self):
        return f"http://{HOST}:{self.daemon.http}"

    def member(self):
        """Bob, in a browser of his own."""
        browser = Browser(self.url, DESK)
        make_account(self.daemon, browser, "bob", "--person", "bob", "--role", "member")
        return browser

    # MARK: What happened

    def happen(self):
        self.talk()
        self.send_a_picture()
        self.meet_trouble()
        self.know_people()
        self.keep()

    def send(self, line, to, text):
        status, sent = self.daemon.api("POST", "/api/v1/messages", {"line": line, "to": to, "text": text})
        assert status == 202, sent
        return sent["id"]

    def talk(self):
        self.send("mobile", [FRIEND], "Are you at the station already?")
        self.modem.wait_sent("Are you at the station already?")
        for text in ("Yes! Platform 4, beside the clock.", "The train is twelve minutes late, of course, so there is time for a coffee. Shall I get you one?"):
            self.modem.text(FRIEND, text)
        self.modem.text("Postbank", "Your verification code is 493817. It is good for ten minutes.")
        self.modem.text(PEST, "You have won! Claim at http://prize.example/claim")
        self.daemon.wait_recorded({"You have won! Claim at http://prize.example/claim"})
        self.send("home", [BANK], "balance")
        self.send("home", [FRIEND, PHOTOGRAPHER], "Dinner on Friday at eight?")

    def send_a_picture(self):
        file = self.directory / "harbour.png"
        file.write_bytes(picture(320, 240))
        self.begin("home", PHOTOGRAPHER, "Look")
        self.browser.one("[data-files]").send_keys(str(file))
        self.browser.wait_for("harbour.png", ".files")
        self.browser.fill(text="The harbour last night")
        self.browser.press("Send")
        eventually(lambda: len(self.browser.all(".bubble img")) == 2, 20, "the picture, and its echo")
        # One that waits for its time.
        self.browser.click(".later summary")
        self.browser.driver.execute_script("document.querySelector('[name=at]').value = arguments[0]", (datetime.now() + timedelta(days=160)).strftime("%Y-%m-%dT08:00"))
        self.browser.fill(text="Happy birthday!")
        self.browser.press("Send")
        self.browser.wait_for("Will be sent", ".held")

    def begin(self, line, to, text):
        """A conversation, by its page."""
        self.browser.open("/new")
        self.browser.driver.execute_script("const s = document.querySelector('[name=line]'); if (s) s.value = arguments[0]", line)
        self.browser.fill(to=to, text=text)
        self.browser.press("Send")
        eventually(lambda: self.browser.path.startswith("/conversations/"), 20, lambda: f"the thread, not {self.browser.path}")

    def meet_trouble(self):
        # 21: short message transfer rejected.
        self.modem.order("fault", fault="cms", code=21, times=5)
        self.failed = self.send("mobile", [DEAF], "never arrives")
        eventually(lambda: self.daemon.message("never arrives")["state"] == "failed", 30, "a send that failed")
        self.modem.order("fault", fault="heal")
        self.modem.order("reports", outcome="none")
        self.modem.order("fault", fault="loseAnswer")
        self.doubtful = self.send("mobile", [DOUBTFUL], "did it leave?")
        self.modem.wait_sent("did it leave?")
        self.modem.order("fault", fault="vanish", seconds=0.5)
        eventually(lambda: self.daemon.message("did it leave?")["state"] == "inDoubt", 60, "a send in doubt")
        self.modem.order("fault", fault="heal")
        eventually(lambda: self.daemon.parts()["mobile"]["state"] == "working", 60, "the line back")
        self.modem.order("pdu", hex=BROKEN)

        def not_understood():
            self.browser.open("/health/queues")
            return self.browser.all("a[href^='/health/queues/receipts/']")

        eventually(not_understood, 30, "a receipt that was not understood")

    def know_people(self):
        for name, number in zip(self.friends, (FRIEND, PHOTOGRAPHER)):
            self.browser.open("/contacts/edit")
            self.browser.fill(name=name, numbers=number)
            self.browser.press("Save")
            self.browser.wait_for(name)
        self.pest = self.threads()[PEST]
        self.browser.open("/blocked")
        self.browser.fill(sender=PEST)
        self.browser.driver.execute_script("document.querySelector('[name=line]').value = 'mobile'")
        self.browser.click("form[action='/blocked/add'] button")
        self.browser.wait_for(PEST, ".blocked")
        with RawSIP(self.account, "tcp") as client:
            assert client.register("Contact: <sip:alice@127.0.0.1:5099>").status == 200
        self.browser.open("/people/alice")
        self.browser.fill(label="Alice’s phone")
        self.browser.press("Linphone")
        self.browser.one(".qr")

    def keep(self):
        self.daemon.command("token", "create", "weather", "--state", self.daemon.state)
        self.daemon.command("wireguard", "add", "alice-phone", "--state", self.daemon.state)
        self.browser.open("/settings/backup")
        self.browser.click("form[action='/settings/backup'] button")

    # MARK: Where it is shown

    def threads(self):
        """The numbers of the conversations, by whom they are with."""
        self.browser.open("/")
        told = """return [...document.querySelectorAll(".list a")]
                  .map((link) => [link.querySelector(".who").textContent.trim(), link.pathname.split("/").pop()])"""
        return dict(self.browser.driver.execute_script(told))

    def find_places(self):
        """The names that stand in the paths of pages."""
        friend, photographer = self.friends
        threads = eventually(lambda: (found := self.threads()).keys() >= set(self.friends) and found, 10, lambda: f"{self.friends} among {self.threads()}")
        self.browser.open("/health/queues")
        receipt = self.browser.one("a[href^='/health/queues/receipts/']").get_attribute("href").rsplit("/", 1)[1]
        self.browser.open("/contacts")
        contact = self.browser.one("a[href^='/contacts/edit?']").get_attribute("href").split("?", 1)[1]
        self.browser.open("/people/alice")
        app = self.browser.one("[action*='/apps/']").get_attribute("action").split("/apps/")[1].split("/")[0]
        pictured = self.daemon.api("GET", "/api/v1/messages?limit=100")[1]["messages"]
        return {
            "talk": threads[friend], "pictures": threads[photographer], "blocked": self.pest,
            "group": next(number for who, number in threads.items() if "," in who),
            "failed": self.failed, "doubtful": self.doubtful, "receipt": receipt, "contact": contact, "app": app,
            "pictured": next(message["id"] for message in pictured if "harbour" in (message["text"] or "")),
        }

    def close(self):
        if self.browser:
            self.browser.close()
        if self.daemon:
            self.daemon.stop()
        self.modem.stop()
