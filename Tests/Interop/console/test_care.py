"""Health, queues, a message's journey, the log and the lines before a real browser, over a virtual modem whose SIM wants its PIN."""

import subprocess

import pytest
from browser import DESK, PHONE, Browser
from homeline_daemon import HOST, HomelineDaemon
from pages import PASSWORD, look, make_account, sign_in
from programs import Background, eventually, homeline
from virtual_modem import VirtualModem

PIN = "2580"
# An SMS-DELIVER whose length promises more than there is.
BROKEN = "07911326040000F0040B91134661"


@pytest.fixture(scope="module")
def modem(tmp_path_factory):
    modem = VirtualModem(tmp_path_factory.mktemp("modem"), pin=PIN)
    yield modem
    modem.stop()


@pytest.fixture(scope="module")
def daemon(tmp_path_factory, modem):
    daemon = HomelineDaemon(tmp_path_factory.mktemp("care"), {"sim": modem}, mirrors=["home"])
    text = daemon.config.read_text()
    daemon.config.write_text(text + "alerts:\n  to: [\"+15550100999\"]\n  lines: [home]\n")
    # The SIM waits for its PIN, so not everything works yet.
    daemon.program = Background(daemon.directory, "homeline", homeline(), "run", "--config", daemon.config)
    eventually(lambda: daemon.health() is not None, 30, lambda: f"a daemon, which said\n{daemon.program.output()[-3000:]}\n: this")
    yield daemon
    daemon.stop()


@pytest.fixture(scope="module", autouse=True)
def owner(daemon):
    browser = Browser(f"http://{HOST}:{daemon.http}")
    make_account(daemon, browser)
    browser.close()


@pytest.fixture
def browser(daemon):
    browser = Browser(f"http://{HOST}:{daemon.http}")
    yield browser
    browser.close()


def shown(browser, name, path):
    """A page at a desk and on a telephone."""
    for size, where in ((DESK, "desk"), (PHONE, "phone")):
        browser.resize(size)
        browser.open(path)
        look(browser, f"{name}-{where}")
    browser.resize(DESK)


def unlock(daemon, browser):
    """The SIM takes its PIN, where it waits for it: nobody receives a text before."""
    browser.open("/lines/sim")
    if browser.all("[name=pin]"):
        browser.fill(pin=PIN)
        browser.press("Unlock")
        browser.wait_for("The SIM took the PIN.", within=60)
    eventually(lambda: daemon.parts()["sim"]["state"] == "working", 30, lambda: f"{daemon.parts()['sim']}: a line that works")


def test_a_sim_is_unlocked_and_its_line_looked_after(daemon, modem, browser):
    sign_in(browser)
    eventually(lambda: "PIN" in daemon.parts()["sim"]["summary"], 20, lambda: f"{daemon.parts()['sim']}: a SIM that waits for its PIN")
    browser.open("/lines/sim")
    browser.wait_for("tries are left")
    look(browser, "line-locked-desk")
    browser.fill(pin="12")
    browser.press("Unlock")
    assert "4 to 8 digits" in browser.one(".mistake").text
    unlock(daemon, browser)
    assert PIN not in daemon.program.output()

    # The network answers a code, and what it says is shown.
    browser.open("/lines/sim")
    browser.fill(text="*100#")
    browser.press("Ask")
    browser.wait_for("The network says", within=60)
    shown(browser, "lines", "/lines")
    shown(browser, "line", "/lines/sim")

    # The modem starts anew, its SIM asks for the PIN that was kept nowhere, and the line serves again.
    browser.open("/lines/sim")
    browser.wait_for("A PIN that you typed here is asked for again.")
    browser.press("Restart the device")
    browser.wait_for("The device starts anew.")
    eventually(lambda: daemon.parts()["sim"]["facts"].get("restarts") == "1", 60, lambda: f"{daemon.parts()['sim']}: one restart")
    eventually(lambda: "PIN" in daemon.parts()["sim"]["summary"], 60, lambda: f"{daemon.parts()['sim']}: a SIM that waits for its PIN again")
    unlock(daemon, browser)


def test_each_part_is_shown_and_tested(daemon, browser):
    sign_in(browser)
    browser.open("/health/parts")
    for part in ("Ledger", "Line home", "Disk", "Clock", "Endpoint softphone"):
        browser.wait_for(part)
    shown(browser, "health", "/health/parts")
    browser.driver.execute_script("document.querySelector('[aria-label=\"Test: Ledger\"]').click()")
    browser.wait_for("A write was on the disk after")
    browser.press("Send a trial to every way")
    browser.wait_for("text to a number: taken over")
    daemon.wait_recorded({"Homeline: a trial of the alerts. Nothing is wrong."})


def test_the_life_of_a_text_is_told_from_its_tick(daemon, browser):
    sign_in(browser)
    _, sent = daemon.api("POST", "/api/v1/messages", {"line": "home", "to": ["+15550100123"], "text": "where are you now?"})
    browser.open("/")
    browser.click(".list a")
    eventually(lambda: browser.all(".ticks.delivered, .ticks.sent"), 20, "a tick")
    message = sent["id"]
    shown(browser, "journey", f"/messages/{message}")
    for told in ("Journey", "Attempt 1", "Segment 1 of 1", "from the first step to the last"):
        browser.wait_for(told)


def test_what_was_not_understood_waits_in_its_queue(daemon, modem, browser):
    sign_in(browser)
    unlock(daemon, browser)
    browser.open("/health/queues")
    browser.wait_for("Nothing waits for you here.")
    modem.order("pdu", hex=BROKEN)
    # Each look at the page asks anew.
    eventually(lambda: (browser.open("/health/queues"), "Not understood" in browser.one("main").text)[1], 30, "what was not understood")
    assert "04 0B" not in browser.one("main").text
    shown(browser, "queues", "/health/queues")
    browser.press("Read again")
    browser.wait_for("Done.")
    eventually(lambda: (browser.open("/health/queues"), "Not understood" in browser.one("main").text)[1], 30, "what is still not understood")
    browser.press("Drop")
    browser.wait_for("Nothing waits for you here.")


def test_the_log_goes_on_while_it_is_looked_at(daemon, browser):
    sign_in(browser)
    browser.open("/health/log")
    browser.wait_for("ready", ".log")
    before = len(browser.all(".log li"))
    other = Browser(f"http://{HOST}:{daemon.http}")
    try:
        other.open("/sign-in")
        other.fill(name="alice", password="wrong password")
        other.press("Sign in")
        other.wait_for("The name or the password is wrong", within=30)
    finally:
        other.close()
    eventually(lambda: len(browser.all(".log li")) > before, 45, "a new line")
    browser.wait_for("sign-in refused", ".log")
    shown(browser, "log", "/health/log")
    browser.open("/health/log?level=warning")
    assert "sign-in refused" not in browser.one("main").text
    assert [line for line in browser.complaints() if "Content Security Policy" in line or "Refused" in line] == []


def test_the_commands_say_the_same(daemon, tmp_path):
    followed = subprocess.Popen([homeline(), "log", "--config", daemon.config], stdout=subprocess.PIPE, text=True)
    try:
        assert followed.stdout.readline().strip()
    finally:
        followed.terminate()
        followed.wait(10)
    bundle = tmp_path / "bundle.txt"
    daemon.command("support", "--config", daemon.config, "--output", bundle)
    text = bundle.read_text()
    assert "== Health" in text and "line/home: working" in text and "schema " in text and "== Log" in text
    for canary in ("+15550100999", "15550100123", "where are you now?", PIN, PASSWORD):
        assert canary not in text, canary
    assert bundle.stat().st_mode & 0o077 == 0
