"""Whether people can use a page, however they see, point and type: as far as a program can tell (WCAG 2.2 AA). `accessibility.js` has the rules."""

from pathlib import Path

from browser import DESK, PHONE
from selenium.webdriver import ActionChains, Keys

RULES = (Path(__file__).parent / "accessibility.js").read_text()


def faults(browser):
    """What is wrong with the page as it stands in the browser, a sentence each."""
    # Someone who uses keys is shown where they are; the browser has to have seen one.
    ActionChains(browser.driver).send_keys(Keys.SHIFT).perform()
    return browser.driver.execute_script(RULES)


def in_every_look(browser):
    """Goes through the widths and the colours that people have, and says which is shown; then it is a desk by day again."""
    for size, width in ((PHONE, "phone"), (DESK, "desk")):
        browser.resize(size)
        for scheme in ("light", "dark"):
            browser.colours(scheme)
            yield f"{width}-{scheme}"
    browser.colours("light")
