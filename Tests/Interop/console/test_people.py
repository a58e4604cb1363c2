"""People and their apps before a real browser: a person is added, their Linphone set up by the code on the page, and seen when it comes."""

import pytest
from browser import PHONE, Browser
from homeline_daemon import Account
from house import uri
from linphone import ProvisionedLinphone
from pages import PASSWORD, look_in_both_widths, sign_in
from programs import eventually
from provisioning import ProvisioningDaemon, scan
from raw_sip import RawSIP

NUMBER = "+15550100123"


@pytest.fixture(scope="module")
def daemon(tmp_path_factory):
    daemon = ProvisioningDaemon(tmp_path_factory.mktemp("people"))
    daemon.start()
    daemon.command("console", "password", "alice", "--config", daemon.config, stdin=PASSWORD + "\n")
    yield daemon
    daemon.stop()


@pytest.fixture
def browser(daemon):
    browser = Browser(daemon.url)
    sign_in(browser)
    yield browser
    browser.close()


def code(browser, directory):
    """What a phone that is held before the screen reads."""
    browser.driver.execute_script("document.querySelector('.qr').scrollIntoView()")
    picture = directory / "screen.png"
    browser.picture(picture)
    return scan(picture)


def test_a_person_is_added_and_their_linphone_comes(daemon, browser, tmp_path):
    browser.open("/people")
    look_in_both_widths(browser, "people-empty")
    browser.fill(name="Bob")
    browser.press("Add")
    browser.wait_for("Small letters, digits", ".mistake")
    look_in_both_widths(browser, "people-mistake")
    browser.fill(name="bob")
    browser.press("Add")
    eventually(lambda: browser.path == "/people/bob", 10, lambda: f"bob's page, not {browser.path}")
    look_in_both_widths(browser, "people-new")
    browser.fill(label="Bob’s phone")
    browser.press("Linphone")
    link = browser.one("code.copy").text
    look_in_both_widths(browser, "people-link")
    assert code(browser, tmp_path) == link and link.startswith(daemon.url + "/provision/hl_")

    # Somebody who opens the link in a browser is told what it is, and uses nothing up.
    other = Browser(daemon.url, PHONE)
    try:
        other.open(link)
        other.wait_for("Set up Linphone")
        assert code(other, tmp_path) == link
    finally:
        other.close()

    browser.wait_for("Waiting for Bob’s phone")
    app = ProvisionedLinphone(tmp_path / "app", Account("bob", "", daemon.ports), link)
    try:
        app.on()
        browser.wait_for("Here is Bob’s phone", within=20)
        look_in_both_widths(browser, "people-arrived")
        app.send(uri(NUMBER), "from a new app")
        app.wait_texts(uri(NUMBER), ["from a new app"])
        browser.open("/people/bob")
        browser.wait_for("● here")
        browser.wait_for("127.0.0.1:")
        look_in_both_widths(browser, "people-person")
        browser.open("/people")
        browser.wait_for("1 app, 1 here")
        look_in_both_widths(browser, "people-list")
        browser.open("/people/bob")
        browser.press("Forget\nBob’s phone") if any(button.text == "Forget\nBob’s phone" for button in browser.all("button")) else browser.click(".apps button")
        browser.wait_for("No app yet")
    finally:
        app.lose_power()
    assert [line for line in browser.complaints() if "Content Security Policy" in line or "Refused" in line] == []


def test_settings_to_type_are_shown_once(daemon, browser):
    browser.open("/people")
    browser.fill(name="carol")
    browser.press("Add")
    browser.fill(label="desk")
    browser.press("Another SIP app")
    browser.one(".settings code")
    secret = [element.text for element in browser.all(".settings code")][2]
    look_in_both_widths(browser, "people-settings")
    with RawSIP(Account("carol", secret, daemon.ports), "tcp") as client:
        assert client.register("Contact: <sip:carol@127.0.0.1:5099>").status == 200
    browser.wait_for("Here is desk", within=20)
    browser.open("/people/carol")
    assert secret not in browser.driver.page_source


def test_what_is_read_in_an_app_is_read_here(daemon, browser, tmp_path):
    """Everybody's apps and pages share how far one has read; others' reading is their own."""
    account = daemon.add_person("alice", ["home"])
    app = ProvisionedLinphone(tmp_path / "app", account, daemon.provision("alice")[0])
    try:
        app.on()
        app.send(uri(NUMBER), "bring this back")
        app.wait_texts(uri(NUMBER), ["bring this back"])
        browser.open("/")
        browser.one(".badge")
        call = app.rows("select call_id from conference_chat_message_event where direction = 0")[-1][0]
        body = (
            '<?xml version="1.0" encoding="UTF-8"?>\r\n<imdn xmlns="urn:ietf:params:xml:ns:imdn">'
            f"<message-id>{call}</message-id><datetime>2026-03-30T14:24:20Z</datetime>"
            "<display-notification><status><displayed/></status></display-notification></imdn>")
        with RawSIP(account, "tcp") as client:
            assert client.call("MESSAGE", uri(NUMBER), "Content-Type: message/imdn+xml", "Content-Disposition: notification", body=body).status == 200
        browser.open("/")
        eventually(lambda: browser.open("/") or not browser.all(".badge"), 10, "no badge")
    finally:
        app.lose_power()


def test_a_member_sees_their_own_page_alone(daemon, browser):
    link = daemon.command("console", "link", "--person", "carol", "--role", "member", "--config", daemon.config).strip()
    member = Browser(daemon.url, PHONE)
    try:
        member.open(link)
        member.fill(password=PASSWORD, again=PASSWORD)
        member.press("Start")
        eventually(lambda: member.path == "/", 20, lambda: f"the inbox, not {member.path}")
        member.open("/you/apps")
        assert member.path == "/people/carol"
        member.wait_for("Add an app")
        look_in_both_widths(member, "people-member")
        member.open("/people")
        member.wait_for("Only owners may do this")
    finally:
        member.close()
