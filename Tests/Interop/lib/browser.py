"""Chromium without a window, driven by its own driver, as a telephone and as a desk."""

import os
import site
import time
from pathlib import Path

from programs import eventually, need

# Selenium comes from PyPI, into a place of its own (Scripts/install-missing).
for place in (Path(__file__).parents[3] / "var/venv/lib").glob("python3*/site-packages"):
    site.addsitedir(str(place))

from selenium import webdriver  # noqa: E402
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402

# Not the script of that name, which does not end with what it started.
SHELL = "/usr/lib/chromium/chromium-headless-shell"
PHONE = (390, 844)
DESK = (1280, 800)
# Notes in the page that it is about to give way to another.
WATCH = """
if (!("leaving" in window)) {
  window.leaving = false;
  addEventListener("submit", (event) => { window.leaving ||= !event.defaultPrevented; });
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    window.leaving ||= !!link && !event.defaultPrevented && !link.download && !link.target && link.href.split("#")[0] !== location.href.split("#")[0];
  });
}"""


class Browser:
    def __init__(self, url, size=DESK, dark=False):
        self.url = url
        options = webdriver.ChromeOptions()
        options.binary_location = need(SHELL, "chromium-headless-shell")
        for argument in ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--lang=en"):
            options.add_argument(argument)
        if dark:
            options.add_argument("--force-dark-mode")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        os.environ.setdefault("SE_OFFLINE", "true")
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(need("chromedriver", "chromium-driver")))
        # A window is never as small as a telephone, the page in it is.
        self.resize(size)
        if dark:
            self.colours("dark")

    def colours(self, scheme):
        """`light` or `dark`, as people have their devices."""
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def resize(self, size):
        width, height = size
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})

    def open(self, path):
        self.driver.get(path if path.startswith("http") else self.url + path)

    @property
    def path(self):
        return self.driver.current_url.removeprefix(self.url)

    def all(self, selector):
        """What there is now; nothing between two pages."""
        try:
            return self.driver.find_elements(By.CSS_SELECTOR, selector)
        except WebDriverException:
            return []

    def one(self, selector):
        return eventually(lambda: self.all(selector), 10, lambda: f"{selector} in\n{self.driver.page_source[:3000]}\n: this")[0]

    def fill(self, **fields):
        for name, value in fields.items():
            field = self.one(f"[name={name}]")
            field.clear()
            field.send_keys(value)

    def click(self, selector):
        self.on_fresh(lambda: self.go(self.one(selector)))

    def press(self, words):
        self.on_fresh(lambda: self.press_at_once(words))

    def press_at_once(self, words):
        buttons = [button for button in self.all("button") if button.text == words]
        assert buttons, f"no button {words} in\n{self.driver.page_source[:3000]}"
        self.driver.execute_script("arguments[0].scrollIntoView()", buttons[0])
        self.go(buttons[0])

    def go(self, element):
        """Clicks, and waits for the next page where the click leads to one; a file that is saved leaves the page as it is."""
        self.driver.execute_script(WATCH)
        element.click()
        end = time.monotonic() + 3
        while self.is_leaving() and time.monotonic() < end:
            time.sleep(0.005)

    def is_leaving(self):
        try:
            return self.driver.execute_script("return window.leaving === true")
        except WebDriverException:
            # Between two pages.
            return True

    def on_fresh(self, act):
        """Does it again where the page brought its list up to date between finding and doing: the element is another then."""
        def done():
            try:
                act()
            except StaleElementReferenceException:
                return False
            return True

        eventually(done, 10, "an element that stays")

    def wait_for(self, text, selector="main", within=10):
        # Asked within the page: an element held on to is gone when the page is another or fresh.
        script = "return [...document.querySelectorAll(arguments[0])].map((element) => element.textContent).join()"

        def told():
            try:
                return self.driver.execute_script(script, selector)
            except WebDriverException:
                return ""

        eventually(lambda: text in told(), within, lambda: f"'{text}' in\n{told()[:2000]}\n: this")

    def complaints(self):
        """What the browser had to say about the pages: refused scripts, styles, missing files."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def picture(self, file):
        self.driver.save_screenshot(str(file))

    def close(self):
        self.driver.quit()
