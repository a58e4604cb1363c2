"""The guide for new users, followed to the letter in a real browser on a machine with nothing on it, with a simulated SIM: whatever it names in bold
is pressed or seen, in its order, and nothing else. HOMELINE_SCREENSHOTS takes the guide's pictures."""

import os
import pty
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from accessibility import faults
from browser import DESK, PHONE, Browser
from guide import ROOT, Guide
from pages import PASSWORD
from programs import Background, eventually, free_port, homeline

SCREENSHOTS = os.environ.get("HOMELINE_SCREENSHOTS")
GUIDE = Guide("first-five-minutes")
# What the guide names in bold without leading there: another way.
OTHER_WAYS = ("Another SIP app",)


class Terminal:
    """`homeline run` as somebody types it into a terminal."""

    def __init__(self, directory):
        self.config, self.said = directory / "homeline.yaml", ""
        self.leader, follower = pty.openpty()
        self.program = subprocess.Popen(
            [homeline(), "run", "--config", self.config, "--state", directory / "state"], stdin=follower, stdout=follower, stderr=follower, cwd=directory)
        os.close(follower)
        os.set_blocking(self.leader, False)
        eventually(lambda: "[Daemon] ready" in self.read(), 30, lambda: f"a daemon, which said\n{self.said}\n: this")

    def read(self):
        try:
            while octets := os.read(self.leader, 65536):
                self.said += re.sub(r"\x1b\[[0-9;]*m", "", octets.decode()).replace("\r", "")
        except OSError:
            pass
        return self.said

    def close(self):
        self.program.terminate()
        # Who writes to a terminal waits for somebody to read.
        eventually(lambda: self.read() and self.program.poll() is not None, 20, "its end")
        os.close(self.leader)


class Reader:
    """Reads the guide from its beginning, and does each thing that it names."""

    def __init__(self, browser, names):
        self.browser = browser
        self.names = list(names)

    def next(self, name):
        while self.names and self.names[0] in OTHER_WAYS and self.names[0] != name:
            self.names.pop(0)
        assert self.names and self.names[0] == name, f"the guide says {self.names[:1]} where {name} comes"
        return self.names.pop(0)

    def sees(self, name, selector="h1"):
        self.next(name)
        # In the chapter before the last the page is another when the daemon began anew.
        eventually(lambda: name in self.shown(selector), 60, lambda: f"{name} among {self.shown(selector)}")

    def shown(self, selector):
        told = "return [...document.querySelectorAll(arguments[0])].map((node) => node.textContent.trim())"
        return self.browser.driver.execute_script(told, selector)

    def finds(self, name):
        """What is there to be pressed, and is passed by."""
        self.next(name)
        assert name in self.shown("main button, main a.button"), f"{name} among {self.shown('main button, main a.button')}"

    def presses(self, name):
        self.next(name)
        ready = lambda: name in self.shown("main button, main a.button")  # noqa: E731
        eventually(ready, 60, lambda: f"{name} among {self.shown('main button, main a.button')}")
        self.browser.driver.execute_script(
            """const all = [...document.querySelectorAll("main button, main a.button")];
               all.find((node) => node.textContent.trim() === arguments[0]).click()""", name)


def look(browser, name):
    """The page can be used, and is the guide's picture in both widths."""
    for size, width in ((PHONE, "phone"), (DESK, "desk")):
        browser.resize(size)
        assert faults(browser) == [], f"{name} {width}"
        if SCREENSHOTS:
            browser.picture(Path(SCREENSHOTS) / f"first-{name}-{width}.png")


@pytest.fixture
def terminal(tmp_path):
    terminal = Terminal(tmp_path)
    yield terminal
    terminal.close()


@pytest.fixture
def modem(run):
    """The simulated SIM, by the guide's own command, at a port that is free."""
    command, = GUIDE.commands("A simulated SIM")
    port = free_port()
    run("modem", homeline(), *shlex.split(command.replace("127.0.0.1:7000", f"127.0.0.1:{port}"))[1:])
    return port


@pytest.fixture
def browser():
    browser = Browser("", DESK)
    yield browser
    browser.close()


def test_the_guide_is_what_the_software_does(terminal, modem, browser, tmp_path):
    # It prints what the guide says it prints; a path, a port and a secret are everybody's own.
    told = re.search(r"(?m)^ {7}Nothing is set up yet.*\n.*\n.*$", GUIDE.text)[0]
    pattern = re.escape("\n".join(line.strip() for line in told.splitlines()))
    pattern = pattern.replace(re.escape("/home/alice/.config/homeline/homeline.yaml"), r"\S+").replace(re.escape("hl_…"), r"hl_\S+").replace("8080", r"\d+")
    assert re.search(pattern, terminal.said), f"{told}\nis not in\n{terminal.said}"
    link = re.search(r"http://\S+/welcome/\S+", terminal.said)[0]
    browser.url = link.split("/welcome")[0]

    # The simulated SIM's own sentences stand where it differs: at the line, and at the test.
    here, sim = GUIDE.bold(), GUIDE.bold("A simulated SIM")
    assert sim == ["A new line", "I know where it is", "Try it", "Test"]
    look_for_it = here.index("Look for it")
    reader = Reader(browser, here[:look_for_it + 1] + sim[1:3] + here[look_for_it + 1:])

    browser.open(link)
    reader.sees("Welcome")
    look(browser, "welcome")
    browser.fill(name="alice", password=PASSWORD, again=PASSWORD)
    reader.presses("Start")

    reader.sees("Country and address")
    browser.driver.execute_script("document.querySelector('[name=country]').value = 'DE'")
    browser.fill(domain="127.0.0.1")
    assert browser.one("[name=open]").is_selected()
    # Five steps are left of six.
    assert len(browser.all(".steps li")) == 6 and len(browser.all(".steps a")) >= 1
    look(browser, "place")
    reader.presses("Go on")

    reader.sees("A new line")
    reader.finds("Look for it")
    look(browser, "line")
    reader.sees("I know where it is", "h2")
    browser.fill(place=f"tcp:127.0.0.1:{modem}")
    reader.presses("Try it")
    reader.sees("Found")
    look(browser, "found")
    reader.presses("Use it")
    browser.one("[name=name]")
    look(browser, "modem")
    reader.presses("Add the line")

    reader.sees("Start")
    look(browser, "start")
    reader.presses("Start")
    browser.wait_for("✓", ".state", within=60)
    look(browser, "state")
    reader.presses("Go on")

    reader.sees("Test")
    browser.fill(to="+4915112345679")
    reader.presses("Send the test")
    eventually(lambda: any("Arrived here" in text for text in reader.shown("[data-arrived] [role=status]")), 40, "the answer of a phone outside")
    reader.next("Arrived here")
    look(browser, "test")
    reader.presses("Go on")

    reader.sees("Your app")
    look(browser, "app")
    reader.presses("Make the account")
    browser.wait_for("The account is made")
    look(browser, "account")
    reader.presses("Linphone")
    browser.one("svg.qr")
    look(browser, "code")
    # What else is in bold is another way to go.
    assert set(reader.names) <= set(OTHER_WAYS)
    assert [line for line in browser.complaints() if "Content Security Policy" in line or "Refused" in line] == []
    commands_do_what_the_guide_says(tmp_path, terminal)


def commands_do_what_the_guide_says(directory, terminal):
    """Every command of the guide is one, and does its work on what the pages made."""
    (directory / "router").write_text("a password\n")
    for command in GUIDE.commands("The same by commands"):
        words = shlex.split(command.replace("/etc/homeline/router", str(directory / "router")))[1:]
        # The pages have done this one's work; where there is nothing it is tested in test_setup.
        expected = 73 if words[0] == "setup" else 0
        done = subprocess.run([homeline(), *words, "--config", terminal.config], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
        if words == ["setup"]:
            assert done.returncode in (64, 73), done.stdout + done.stderr
            continue
        assert done.returncode == expected, f"{command}\n{done.stdout}{done.stderr}\nThe daemon:\n{terminal.read()}"


# Sentences in italics that are no sentences of the software: words of other programs, and stress.
OF_OTHERS = {
    "console": (), "phones": ("Scan QR code", "Fetch remote configuration"), "when-something-is-wrong": (),
    "first-five-minutes": (),
}


@pytest.mark.parametrize("name", OF_OTHERS)
def test_what_guides_say_the_pages_say_is_what_they_say(name):
    english = " ".join(re.sub(r'"\s*\+\s*"', "", file.read_text()) for file in (ROOT / "Sources/Console").rglob("*.swift")).replace("’", "'")
    for sentence in Guide(name).italics:
        if sentence not in OF_OTHERS[name]:
            assert sentence.rstrip(",.").replace("’", "'") in english, f"{name}: *{sentence}* is said nowhere"


@pytest.mark.parametrize("file", sorted(file.name for file in (ROOT / "Docs/Guides").glob("*.md")))
def test_pictures_of_guides_are_there_and_small(file):
    for image in Guide(file.removesuffix(".md")).images:
        picture = ROOT / "Docs/Guides" / image
        assert picture.exists(), image
        assert picture.stat().st_size <= 60_000, f"{image} has {picture.stat().st_size} octets"


def test_no_picture_lies_about_that_no_guide_shows():
    shown = {image for file in (ROOT / "Docs/Guides").glob("*.md") for image in Guide(file.stem).images}
    assert {f"images/{file.name}" for file in (ROOT / "Docs/Guides/images").iterdir()} <= shown
