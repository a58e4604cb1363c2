"""How soon the pages are there: measured in the browser itself, and told with the figure."""

import statistics
from datetime import datetime

from pages import make_account
from programs import eventually

# Twice what was set out to be reached: the suite has the machine to itself seldom.
FIRST_PAINT = 400
ON_SCREEN = 300


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000


def painted(browser):
    ask = "const p = performance.getEntriesByName('first-contentful-paint')[0] || performance.getEntriesByName('first-paint')[0]; return p && p.startTime"
    return eventually(lambda: browser.driver.execute_script(ask), 10, "a first paint")


def test_a_page_is_painted_at_once(daemon, browser):
    make_account(daemon, browser)
    times = []
    for _ in range(7):
        browser.open("/")
        times.append(painted(browser))
    print(f"R61: first paint of the inbox {statistics.median(times):.0f} ms")
    # Other work on the machine only ever adds.
    assert min(times) < FIRST_PAINT


def test_a_new_text_is_on_the_screen_soon_after_its_commit(daemon, browser):
    """From the time that the ledger gives it to the change of the page, by the clock that both read."""
    make_account(daemon, browser, "bob", "--person", "bob")
    browser.open("/new")
    browser.fill(to="+15550100400", text="the first")
    browser.press("Send")
    eventually(lambda: len(browser.all(".bubble")) == 2, 10, "the answer")
    watch = """
      window.seen = {};
      new MutationObserver(() => {
        for (const row of document.querySelectorAll(".bubble:not(.ours)")) window.seen[row.id] ??= performance.timeOrigin + performance.now();
      }).observe(document.querySelector(".scroll"), { childList: true, subtree: true });
    """
    times = []
    for number in range(7):
        browser.driver.execute_script(watch)
        before = browser.driver.execute_script("return document.querySelectorAll('.bubble').length")
        daemon.api("POST", "/api/v1/messages", {"line": "home", "to": ["+15550100400"], "text": f"number {number}"})
        eventually(lambda: browser.driver.execute_script("return document.querySelectorAll('.bubble').length") >= before + 2, 10, "the echo")
        known = {f"m{one['id']}": moment(one["recordedAt"]) for one in daemon.messages() if one["direction"] == "incoming"}
        seen = browser.driver.execute_script("return window.seen")
        times += [seen[row] - known[row] for row in seen if row in known][-1:]
    print(f"R62: a new text on the screen {statistics.median(times):.0f} ms after its commit")
    assert min(times) < ON_SCREEN
