"""Another house in the place of a fresh one, by a browser: from a backup that `homeline backup` made, with its lines, keys and accounts."""

import os
import socket
import time

import pytest
from browser import DESK, PHONE, Browser
from fresh_machine import FreshMachine
from homeline_daemon import HOST, HomelineDaemon
from pages import PASSWORD, look, make_account
from programs import eventually
from provisioning import scan
from test_keys import code_of

PASSPHRASE = "a passphrase of the house"


@pytest.fixture
def start_browser():
    started = []

    def start(url, **rest):
        started.append(Browser(url, **rest))
        return started[-1]

    yield start
    for browser in started:
        browser.close()


@pytest.fixture
def old_house(tmp_path):
    house = HomelineDaemon(tmp_path / "old", {}, mirrors=["home"])
    house.start()
    yield house
    house.stop()


@pytest.fixture
def machine(tmp_path):
    place = tmp_path / "new"
    place.mkdir()
    machine = FreshMachine(place)
    yield machine
    machine.program.stop(20)


def both(browser, name):
    for size, kind in ((DESK, "desk"), (PHONE, "phone")):
        browser.resize(size)
        look(browser, f"{name}-{kind}")
    browser.resize(DESK)


def turn_codes_on(browser, directory):
    """What a phone reads from the screen is what stands beside it; the secret, and the step that was used."""
    browser.open("/you/codes")
    browser.press("Continue")
    both(browser, "codes")
    browser.driver.execute_script("document.querySelector('svg.qr').scrollIntoView({ block: 'center' })")
    browser.picture(directory / "codes.png")
    secret = browser.one(".secret").text
    link = scan(directory / "codes.png")
    assert link == browser.one("a[href^='otpauth:']").get_attribute("href") and f"secret={secret}" in link
    step = int(time.time()) // 30
    browser.fill(code=code_of(secret, step))
    browser.press("Turn on")
    browser.wait_for("shown now and never again")
    return secret, step


def test_a_house_goes_on_from_its_backup_on_another_machine(old_house, machine, start_browser, tmp_path):
    browser = start_browser(f"http://{HOST}:{old_house.http}")
    make_account(old_house, browser)
    secret, step = turn_codes_on(browser, tmp_path)
    browser.open("/new")
    browser.fill(to="+1 555 010 0123", text="of the old house")
    browser.press("Send")
    old_house.wait_recorded(["of the old house"])
    (tmp_path / "passphrase").write_text(PASSPHRASE + "\n")
    backup = tmp_path / "house.tar.age"
    old_house.command("backup", backup, "--passphrase-file", tmp_path / "passphrase", "--config", old_house.config)
    old_house.stop()
    # The machine burnt down: nothing that the configuration names is where it was.
    os.rename(tmp_path / "old", tmp_path / "ashes")

    fresh = start_browser(f"http://127.0.0.1:{machine.port}")
    fresh.open(machine.link())
    both(fresh, "restore-offer")
    fresh.press("Restore")
    fresh.wait_for("Choose the file", "#file-mistake")
    (tmp_path / "holiday.jpg").write_bytes(os.urandom(70_000))
    fresh.fill(passphrase=PASSPHRASE)
    fresh.one("[name=file]").send_keys(str(tmp_path / "holiday.jpg"))
    fresh.press("Restore")
    fresh.wait_for("cannot be used", "#file-mistake")
    fresh.fill(passphrase="a guess of somebody")
    fresh.one("[name=file]").send_keys(str(backup))
    fresh.press("Restore")
    fresh.wait_for("does not open it", "#passphrase-mistake", within=60)
    both(fresh, "restore-mistake")
    # The file is there already; nothing of the house is.
    fresh.fill(passphrase=PASSPHRASE)
    fresh.press("Restore")
    fresh.wait_for("Everything is as it was", within=60)
    both(fresh, "restored")
    assert fresh.one("main a.button").get_attribute("href") == f"http://{HOST}:{old_house.http}/sign-in"
    assert [line for line in fresh.complaints() if "Content Security Policy" in line or "Refused" in line] == []

    # Its pages are where its settings have them, and let its owner in with the app that makes codes.
    def answers():
        with socket.socket() as caller:
            return caller.connect_ex((HOST, old_house.http)) == 0

    eventually(answers, 60, lambda: f"the pages, while the daemon said\n{machine.output()[-3000:]}\n: this")
    fresh.url = f"http://{HOST}:{old_house.http}"
    fresh.open("/sign-in")
    fresh.fill(name="alice", password=PASSWORD)
    fresh.press("Sign in")
    fresh.wait_for("Now the code of your app")
    fresh.fill(code=code_of(secret, max(step + 1, int(time.time()) // 30)))
    fresh.press("Sign in")
    eventually(lambda: fresh.path == "/", 20, lambda: f"the inbox, not {fresh.path}:\n{fresh.one('main').text}\n: this")
    fresh.wait_for("of the old house")
    fresh.open("/settings/audit")
    fresh.wait_for("A backup was restored")
    fresh.open("/settings")
    fresh.wait_for("running for", "[data-program]")
    code, said = machine.command("line", "list")
    assert code == 0 and "working  Loops back." in said
    assert "public-url" in machine.config.read_text() and str(tmp_path / "new" / "state") in machine.config.read_text()
    assert machine.program.process.poll() is None
