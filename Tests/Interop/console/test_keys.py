"""Signing in before a real browser: codes of an app, passkeys of Chromium's virtual authenticator, browsers, tokens and the audit log."""

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from browser import PHONE, Browser
from homeline_daemon import HomelineDaemon
from pages import PASSWORD, look
from programs import eventually
from selenium.webdriver.common.virtual_authenticator import VirtualAuthenticatorOptions


@pytest.fixture(scope="module")
def daemon(tmp_path_factory):
    daemon = HomelineDaemon(tmp_path_factory.mktemp("keys"), {}, mirrors=["home"])
    # Passkeys are for a name; this machine's is localhost.
    daemon.config.write_text(daemon.config.read_text().replace(f"public-url: http://127.0.0.1:{daemon.http}", f"public-url: http://localhost:{daemon.http}"))
    daemon.start()
    yield daemon
    daemon.stop()


@pytest.fixture
def start_browser(daemon):
    started = []

    def start(host="localhost", **rest):
        started.append(Browser(f"http://{host}:{daemon.http}", **rest))
        return started[-1]

    yield start
    for browser in started:
        browser.close()


def with_authenticator(browser):
    """A device of its own, which always finds its user."""
    options = VirtualAuthenticatorOptions(
        protocol="ctap2", transport="internal", has_resident_key=True, has_user_verification=True, is_user_consenting=True, is_user_verified=True)
    browser.driver.add_virtual_authenticator(options)
    return browser


def at(browser, path):
    eventually(lambda: browser.path == path, 10, lambda: f"{path}, not {browser.path}:\n{browser.one('main').text}\n: this")


def code_of(secret, step):
    """RFC 6238 by ourselves."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[19] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def sign_out(browser):
    browser.open("/you")
    browser.press("Sign out")
    browser.wait_for("You are signed out")


def by_password(browser, name):
    browser.open("/sign-in")
    browser.fill(name=name, password=PASSWORD)
    browser.press("Sign in")


def test_a_passkey_from_the_first_visit_on(daemon, start_browser):
    browser = with_authenticator(start_browser())
    browser.open(daemon.command("console", "link", "--config", daemon.config).strip())
    look(browser, "keys-welcome")
    browser.fill(name="alice")
    browser.press("Use a passkey instead of a password")
    at(browser, "/")
    sign_out(browser)
    look(browser, "keys-sign-in")
    browser.press("Sign in with a passkey")
    at(browser, "/")

    # The counter rose and the key was used; both are shown and checked at the next time.
    browser.open("/you/passkeys")
    assert "last used" in browser.one("main").text
    look(browser, "keys-passkeys")
    browser.press("Remove")
    browser.wait_for("Set a password first")
    browser.open("/you")
    look(browser, "keys-you")
    browser.fill(new=PASSWORD, again=PASSWORD)
    browser.press("Save") if len(browser.all("button")) == 1 else browser.driver.execute_script("document.querySelector('[action=\"/you/password\"]').requestSubmit()")
    browser.wait_for("Saved.")
    assert [line for line in browser.complaints() if "Content Security Policy" in line or "Refused" in line] == []
    assert daemon.command("console", "factors", "alice", "--config", daemon.config).startswith("codes: off\npasskey: Chrome on Linux  for localhost")


def test_a_passkey_is_added_renamed_and_confirms(daemon, start_browser):
    browser = with_authenticator(start_browser())
    by_password(browser, "alice")
    at(browser, "/")
    browser.open("/you/passkeys")
    browser.driver.execute_script("document.querySelector('[data-passkey] [name=name]').value = 'second phone'")
    browser.press("Add a passkey")
    browser.wait_for("second phone", ".facts")
    browser.open("/you/confirm?next=/settings")
    look(browser, "keys-confirm")
    browser.press("Confirm with a passkey")
    at(browser, "/settings")
    # A device without the key has nothing to show, and says so on the page.
    stranger = with_authenticator(start_browser())
    stranger.open("/sign-in")
    stranger.press("Sign in with a passkey")
    stranger.wait_for("The browser gave no passkey")


def test_an_address_is_no_name(daemon, start_browser):
    browser = with_authenticator(start_browser("127.0.0.1"))
    by_password(browser, "alice")
    at(browser, "/")
    browser.open("/you/passkeys")
    # What is configured is a name, so the form is there; the browser itself refuses to make a passkey for it here.
    browser.press("Add a passkey")
    browser.wait_for("The browser gave no passkey")


def test_a_code_is_asked_for_after_the_password(daemon, start_browser):
    browser = start_browser(size=PHONE)
    browser.open(daemon.command("console", "link", "--person", "bob", "--role", "member", "--config", daemon.config).strip().replace("127.0.0.1", "localhost"))
    browser.fill(password=PASSWORD, again=PASSWORD)
    browser.press("Start")
    at(browser, "/")
    browser.open("/you/codes")
    browser.press("Continue")
    secret = browser.one(".secret").text
    look(browser, "keys-codes-phone")
    step = int(time.time()) // 30
    browser.fill(code=code_of(secret, step))
    browser.press("Turn on")
    browser.wait_for("shown now and never again")
    recovery = [item.text for item in browser.all(".secrets .secret")]
    assert len(set(recovery)) == 10 and all(re.fullmatch(r"([a-z2-7]{4}-){3}[a-z2-7]{4}", item) for item in recovery)
    look(browser, "keys-recovery-phone")

    sign_out(browser)
    by_password(browser, "bob")
    browser.wait_for("Now the code of your app")
    look(browser, "keys-code-phone")
    # That one was used; the next is within what clocks may be off.
    browser.fill(code=code_of(secret, step))
    browser.press("Sign in")
    browser.wait_for("This code is wrong")
    browser.fill(code=code_of(secret, step + 1))
    browser.press("Sign in")
    at(browser, "/")
    sign_out(browser)
    by_password(browser, "bob")
    browser.fill(code=recovery[3])
    browser.press("Sign in")
    at(browser, "/")
    # A member has no settings.
    browser.open("/settings/audit")
    assert "Only owners may do this" in browser.one("main").text
    assert "9 recovery codes left" in daemon.command("console", "factors", "bob", "--config", daemon.config)
    daemon.command("console", "factors", "bob", "--remove", "--config", daemon.config)
    sign_out(browser)
    by_password(browser, "bob")
    at(browser, "/")


def test_browsers_tokens_and_the_audit_log(daemon, start_browser):
    browser, other = start_browser(), start_browser(size=PHONE)
    for one in (browser, other):
        by_password(one, "alice")
        at(one, "/")
    browser.open("/you/browsers")
    assert "this one" in browser.one("main").text and "this machine" in browser.one("main").text
    look(browser, "keys-browsers")
    browser.press("End all others")
    eventually(lambda: other.open("/") or other.path == "/sign-in", 20, "the end of the other's session")

    browser.open("/settings/tokens")
    browser.fill(name="my-app")
    browser.press("Make it")
    browser.wait_for("never again")
    assert browser.one(".secret").text.startswith("hl_")
    look(browser, "keys-tokens")
    assert "my-app  read,send" in daemon.command("token", "list", "--state", daemon.state)
    browser.open("/settings/audit")
    page = browser.one("main").text
    for told in ("An API token was made: my-app", "A browser was signed out: all others", "Codes were turned off: bob", "Signed in: passkey"):
        assert told in page, page
    look(browser, "keys-audit")
    printed = daemon.command("console", "audit", "--count", 200, "--config", daemon.config)
    assert "tokenMade  alice  127.0.0.1  my-app" in printed
    assert PASSWORD not in printed


def test_signing_out_from_the_command_line(daemon, start_browser):
    browser = start_browser()
    by_password(browser, "alice")
    at(browser, "/")
    assert "of alice are signed out" in daemon.command("console", "sign-out", "alice", "--config", daemon.config)
    browser.open("/")
    assert browser.path == "/sign-in"
