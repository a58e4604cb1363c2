"""What every page of the Console has to be, whoever made it: asked of the page itself, in a real browser."""

import os
from pathlib import Path

from accessibility import faults
from browser import DESK, PHONE
from programs import eventually

PASSWORD = "correct horse battery"
# Where HOMELINE_SCREENSHOTS names a directory, what the pages look like is kept there.
SCREENSHOTS = os.environ.get("HOMELINE_SCREENSHOTS")

SESSION_COOKIES = {"homeline", "__Host-homeline"}
# By page address and name: the cookie of who signed in there before.
SESSIONS = {}


def look(browser, name):
    """Whoever comes can use the page as it stands; and its picture, where somebody wants to look themselves."""
    found = faults(browser)
    assert found == [], f"{name}: {found}"
    if SCREENSHOTS:
        browser.picture(Path(SCREENSHOTS) / f"{name}.png")


def look_in_both_widths(browser, name):
    """As a telephone and as a desk."""
    for size, width in ((PHONE, "phone"), (DESK, "desk")):
        browser.resize(size)
        look(browser, f"{name}-{width}")


def make_account(daemon, browser, name="alice", *options):
    """The owner's first visit, or another's; signed in then."""
    browser.open(daemon.command("console", "link", *options, "--config", daemon.config).strip())
    if browser.all("[name=name]"):
        browser.fill(name=name)
    browser.fill(password=PASSWORD, again=PASSWORD)
    browser.click("main form button")
    eventually(lambda: browser.path == "/", 10, lambda: f"the inbox, not {browser.path}")


def sign_in(browser, name="alice"):
    """Signed in: with the session of an earlier browser where that still holds, as a password takes a debug program seconds."""
    browser.open("/sign-in")
    held = SESSIONS.get((browser.url, name))
    if held:
        browser.driver.add_cookie(held)
        browser.open("/")
        if browser.path == "/":
            return
        browser.open("/sign-in")
    browser.fill(name=name, password=PASSWORD)
    browser.click("main form button")
    eventually(lambda: browser.path == "/", 20, lambda: f"the inbox, not {browser.path}")
    SESSIONS[browser.url, name] = session(browser)


def session(browser):
    """The cookie of who is signed in."""
    found = [cookie for cookie in browser.driver.get_cookies() if cookie["name"] in SESSION_COOKIES]
    assert len(found) == 1, f"one session cookie in {[cookie['name'] for cookie in browser.driver.get_cookies()]}"
    return found[0]
