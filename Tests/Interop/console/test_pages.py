"""The pages of the Console before a real browser: from the first visit to signing out."""

from browser import DESK, PHONE, Browser
from pages import PASSWORD, look, sign_in
from programs import eventually


def test_from_the_first_visit_to_signing_out(daemon, browser):
    browser.open(daemon.command("console", "link", "--config", daemon.config).strip())
    look(browser, "welcome")
    browser.fill(name="alice", password=PASSWORD, again=PASSWORD)
    browser.press("Start")
    eventually(lambda: browser.path == "/", 10, lambda: f"the inbox, not {browser.path}")
    browser.wait_for("No messages yet")

    # A new text, to which the line's echo answers while the page is open.
    browser.open("/new")
    look(browser, "new")
    browser.fill(to="+1 555 010 0123", text="See you at the station’s clock at eight?")
    browser.wait_for("Unicode because of", "[data-count]")
    browser.press("Send")
    eventually(lambda: browser.path.startswith("/conversations/"), 10, lambda: f"the thread, not {browser.path}")
    eventually(lambda: len(browser.all(".bubble")) == 2, 10, lambda: f"an answer in\n{browser.one('.scroll').text}\n: this")
    assert len(browser.all(".bubble.ours")) == 1
    eventually(lambda: browser.all(".ticks.delivered, .ticks.sent"), 10, "a tick")

    # Sent by the keyboard; a hostile text is a text; the ticks say in words what they mean.
    field = browser.one("textarea")
    field.send_keys("<script>document.title='hacked'</script> \"'><img src=x onerror=alert(1)>")
    browser.driver.execute_script("arguments[0].form.requestSubmit()", field)
    browser.wait_for("<script>document.title", ".scroll")
    eventually(lambda: len(browser.all(".bubble")) == 4, 10, "four bubbles")
    assert "hacked" not in browser.driver.title and not browser.all("img")
    # The page is fresh by itself, so an element held on to may be gone.
    browser.driver.execute_script("document.querySelector('.ticks summary').click()")
    told = "return document.querySelector('.ticks[open] span')?.textContent"
    eventually(lambda: "Sent" in (browser.driver.execute_script(told) or ""), 10, "what the tick means")
    look(browser, "thread-desk")
    browser.resize(PHONE)
    look(browser, "thread-phone")
    browser.resize(DESK)

    # Nothing is unread that was looked at, and search finds what was written.
    browser.open("/")
    assert not browser.all(".badge")
    look(browser, "inbox-desk")
    browser.fill(q="stat")
    browser.one("[name=q]").submit()
    browser.wait_for("the station’s clock")
    look(browser, "search")

    browser.open("/you")
    look(browser, "you")
    browser.press("Sign out")
    browser.wait_for("You are signed out")
    browser.open("/")
    assert browser.path == "/sign-in"
    # The one complaint is ours: the link's last visit came with a script-free icon, and nothing was refused.
    assert [line for line in browser.complaints() if "Content Security Policy" in line or "Refused" in line] == []


def test_on_a_telephone_in_the_dark(daemon):
    browser = Browser(f"http://127.0.0.1:{daemon.http}", PHONE, dark=True)
    try:
        sign_in(browser)
        look(browser, "inbox-phone-dark")
        browser.click(".list a")
        browser.one("textarea")
        look(browser, "thread-phone-dark")
    finally:
        browser.close()


def test_a_double_click_sends_once(daemon, browser):
    sign_in(browser)
    browser.open("/new")
    browser.fill(to="+15550100777", text="only once")
    browser.driver.execute_script("const b = document.querySelector('.write button'); b.click(); b.click();")
    eventually(lambda: browser.path.startswith("/conversations/"), 10, "the thread")
    eventually(lambda: len(browser.all(".bubble")) == 2, 10, "the answer")
    assert len(browser.all(".bubble.ours")) == 1


def test_what_cannot_be_sent_is_said_beside_the_field(daemon, browser):
    sign_in(browser)
    browser.open("/new")
    browser.fill(to="hello", text="kept as it was typed")
    browser.press("Send")
    assert "not a telephone number" in browser.one(".mistake").text
    assert browser.one("textarea").get_property("value") == "kept as it was typed"
    look(browser, "mistake")


def test_everything_works_without_script(daemon, browser):
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    sign_in(browser)
    browser.click(".list a")
    browser.fill(text="without script")
    browser.press("Send")
    browser.wait_for("without script", ".scroll")
