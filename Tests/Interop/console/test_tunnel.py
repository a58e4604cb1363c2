"""The tunnel's page before a real browser: made, a phone added, and the code on the screen read by zbar as the phone would."""

import pytest
from pages import PASSWORD, look_in_both_widths
from programs import eventually
from provisioning import scan


@pytest.fixture
def owner(daemon, browser):
    daemon.command("console", "password", "olivia", "--config", daemon.config, stdin=PASSWORD + "\n")
    browser.open("/sign-in")
    browser.fill(name="olivia", password=PASSWORD)
    browser.press("Sign in")
    eventually(lambda: browser.path == "/", 20, lambda: f"the inbox, not {browser.path}")
    return browser


def test_an_owner_makes_the_tunnel_and_a_phone_reads_its_profile(daemon, owner, tmp_path):
    owner.open("/settings")
    look_in_both_widths(owner, "tunnel-settings")
    owner.click("a[href='/settings/wireguard']")
    owner.fill(endpoint="a b")
    owner.press("Make the tunnel")
    owner.wait_for("A name or an address is wanted", ".mistake")
    look_in_both_widths(owner, "tunnel-mistake")
    owner.fill(endpoint="home.example.org")
    owner.press("Make the tunnel")
    owner.wait_for("home.example.org:51820 (UDP)")
    owner.fill(name="alice")
    owner.press("Add the phone")
    profile = owner.one("details pre").get_attribute("textContent")
    look_in_both_widths(owner, "tunnel-profile")
    owner.driver.execute_script("document.querySelector('.qr').scrollIntoView()")
    owner.picture(tmp_path / "screen.png")
    assert scan(tmp_path / "screen.png").strip() == profile.strip()
    owner.open("/settings/wireguard")
    look_in_both_widths(owner, "tunnel-phones")
    # The command line sees the same tunnel.
    assert "alice  10." in daemon.command("wireguard", "list", "--state", daemon.state)
    # What was wrong in the form was answered 422, as it should be.
    assert [complaint for complaint in owner.complaints() if "422" not in complaint] == []
