"""The inbox before a real browser: files, schedules, codes, notices, both languages, keys, and hostile texts."""

import http.client
import json
import socket
import struct
import time
import urllib.parse
import zlib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from browser import DESK, PHONE, Browser
from homeline_daemon import HOST
from pages import look, make_account, sign_in
from programs import eventually
from selenium.webdriver import ActionChains, Keys

def picture(width=64, height=48):
    """A PNG of a plain colour."""

    def chunk(name, octets):
        return struct.pack(">I", len(octets)) + name + octets + struct.pack(">I", zlib.crc32(name + octets))

    rows = (b"\0" + b"\x30\x80\xc0" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture(scope="module", autouse=True)
def owner(daemon):
    browser = Browser(f"http://{HOST}:{daemon.http}")
    make_account(daemon, browser)
    browser.close()


def write(browser, to, text):
    browser.open("/new")
    browser.fill(to=to, text=text)
    browser.press("Send")
    eventually(lambda: browser.path.startswith("/conversations/"), 10, lambda: f"the thread, not {browser.path}")
    eventually(lambda: len(browser.all(".bubble")) == 2, 10, "the answer")
    return browser.path


def run(browser, script, *arguments):
    return browser.driver.execute_script(script, *arguments)


def texts(browser, selector):
    return run(browser, "return [...document.querySelectorAll(arguments[0])].map((node) => node.textContent)", selector)


def test_a_picture_is_picked_looked_at_and_sent(daemon, browser, tmp_path):
    sign_in(browser)
    write(browser, "+15550100300", "a picture follows")
    file = tmp_path / "harbour.png"
    file.write_bytes(picture())
    browser.one("[data-files]").send_keys(str(file))
    browser.wait_for("harbour.png", ".files")
    browser.wait_for("1 kB", ".files")
    look(browser, "files-desk")
    browser.fill(text="the harbour")
    browser.press("Send")
    eventually(lambda: len(browser.all(".bubble img")) == 2, 15, "the picture, and its echo")
    browser.click(".menu summary")
    look(browser, "menu-desk")
    browser.driver.get(browser.one(".sheet a").get_attribute("href"))
    eventually(lambda: len(browser.all(".gallery img")) == 2, 10, "two pictures")
    look(browser, "pictures-desk")


def open_refused(browser, path, answers):
    """Opens a page whose first stream is refused, and whose questions after that get these answers before the daemon's own."""
    script = browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": """
        window.asked = 0;
        window.questions = 0;
        window.EventSource = class extends EventSource {
          constructor(url) { super(window.asked++ ? url : "/assets/none/none"); }
        };
        const answers = ANSWERS, real = window.fetch;
        window.fetch = (url, options) => {
          if (options?.method !== "HEAD") return real(url, options);
          window.questions++;
          return answers.length ? Promise.resolve(new Response(null, { status: answers.shift() })) : real(url, options);
        };""".replace("ANSWERS", json.dumps(answers))})
    browser.open(path)
    eventually(lambda: run(browser, "return window.asked") == 1, 5, "the stream that is refused")
    browser.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": script["identifier"]})


@pytest.mark.parametrize(
    ("number", "answers"), [("+15550100399", []), ("+15550100398", [502]), ("+15550100397", [404]), ("+15550100396", [429])], ids=["at-once", "502", "404", "429"])
def test_a_page_whose_stream_was_refused_once_listens_again(daemon, browser, number, answers):
    """As a proxy before the daemon refuses it while that begins anew, whatever it says: browsers do not ask again by themselves then."""
    sign_in(browser)
    path = write(browser, number, "before")
    open_refused(browser, path, answers)
    # What comes while nobody listens, and after.
    other = Browser(browser.url)
    sign_in(other)
    other.open(path)
    other.fill(text="meanwhile")
    other.press("Send")
    # After five seconds, and ten more where the first question is in vain.
    eventually(lambda: any("meanwhile" in text for text in texts(browser, ".bubble")), 30, lambda: f"the text in\n{texts(browser, '.bubble')}\n: this")
    assert run(browser, "return window.questions") == len(answers) + 1
    other.close()


@pytest.mark.parametrize("status", [401, 403])
def test_a_page_that_is_let_in_no_more_asks_no_further(daemon, browser, status):
    sign_in(browser)
    browser.open("/")
    open_refused(browser, "/", [status])
    eventually(lambda: run(browser, "return window.questions") == 1, 10, "a question")
    # The next would come after five seconds, or ten.
    time.sleep(12)
    assert (run(browser, "return window.questions"), run(browser, "return window.asked")) == (1, 1)


def test_a_file_is_dropped_or_pasted_and_too_much_is_said(daemon, browser):
    sign_in(browser)
    write(browser, "+15550100301", "files")
    give = """
      const all = new DataTransfer();
      all.items.add(new File([new Uint8Array(arguments[1])], arguments[2], { type: "image/jpeg" }));
      const event = arguments[0] === "paste" ? new ClipboardEvent("paste", { clipboardData: all, bubbles: true, cancelable: true })
        : new DragEvent("drop", { dataTransfer: all, bubbles: true, cancelable: true });
      document.querySelector("textarea").dispatchEvent(event);
    """
    run(browser, give, "drop", 2000, "dropped.jpg")
    run(browser, give, "paste", 3000, "pasted.jpg")
    assert [text.split(".jpg")[0] for text in texts(browser, ".files li")] == ["dropped", "pasted"]
    run(browser, give, "drop", 6 * 1024 * 1024, "film.jpg")
    browser.wait_for("5 MB", ".mistake")
    browser.all(".files button")[2].click()
    eventually(lambda: not browser.all(".mistake"), 5, "no warning")


def test_what_is_written_is_there_again_in_another_browser(daemon, browser):
    sign_in(browser)
    path = write(browser, "+15550100302", "first")
    browser.one("textarea").send_keys("half a sentence")
    other = Browser(browser.url)
    try:
        sign_in(other)

        def there():
            other.open(path)
            return other.one("textarea").get_property("value") == "half a sentence"

        eventually(there, 15, "the draft")
        other.open("/")
        other.wait_for("Draft:", ".list")
    finally:
        other.close()


def test_a_text_waits_for_its_time_through_a_restart_and_is_sent_now(daemon, browser):
    sign_in(browser)
    path = write(browser, "+15550100303", "now")
    browser.click(".later summary")
    zone = run(browser, "return Intl.DateTimeFormat().resolvedOptions().timeZone")
    at = datetime.now(ZoneInfo(zone)) + timedelta(hours=3)
    run(browser, "document.querySelector('[name=at]').value = arguments[0]", at.strftime("%Y-%m-%dT%H:%M"))
    browser.fill(text="later")
    browser.press("Send")
    browser.wait_for("Will be sent", ".held")
    browser.wait_for(at.strftime("%H:%M"), ".held")
    look(browser, "held-desk")
    daemon.stop()
    daemon.start()
    browser.open("/held")
    browser.wait_for("later")
    look(browser, "held-list")
    browser.open(path)
    browser.press("Send it now")
    eventually(lambda: len(browser.all(".bubble")) == 4 and not browser.all(".held"), 15, "the text and its echo")


def test_a_code_is_copied_with_one_click(daemon, browser):
    sign_in(browser)
    browser.driver.execute_cdp_cmd("Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]})
    write(browser, "+15550100304", "Your verification code is 493817.")
    # No more news of the conversation is to come: they would make the button anew.
    eventually(lambda: browser.all(".ticks.delivered, .ticks.sent"), 10, "a tick")
    browser.click(".chip button")
    browser.wait_for("Copied", ".chip")
    assert run(browser, "return navigator.clipboard.readText()") == "493817"
    look(browser, "code-desk")


def test_the_keys_do_what_their_page_says(daemon, browser):
    sign_in(browser)
    write(browser, "+15550100305", "keys")
    press = lambda *keys: ActionChains(browser.driver).send_keys(*keys).perform()  # noqa: E731
    run(browser, "document.activeElement.blur()")
    press("?")
    eventually(lambda: browser.all("dialog[open]"), 5, "the keys")
    look(browser, "keys-desk")
    press(Keys.ESCAPE)
    eventually(lambda: not browser.all("dialog[open]"), 5, "no keys")
    press("r")
    assert run(browser, "return document.activeElement.tagName") == "TEXTAREA"
    press(Keys.ESCAPE)
    press(Keys.ESCAPE)
    eventually(lambda: browser.path == "/", 10, lambda: f"the list, not {browser.path}")
    press("j")
    press("j")
    press("k")
    assert run(browser, "return document.activeElement === document.querySelector('.list a')")
    press("/")
    assert run(browser, "return document.activeElement.name") == "q"
    press(Keys.ESCAPE, "n")
    eventually(lambda: browser.path == "/new", 10, lambda: f"the new one, not {browser.path}")


def test_every_page_in_french_and_in_the_dark_on_a_telephone(daemon):
    browser = Browser(f"http://{HOST}:{daemon.http}", PHONE, dark=True)
    try:
        sign_in(browser)
        path = write(browser, "+15550100306", "bonjour")
        browser.open("/you/pages")
        look(browser, "personal-phone-dark")
        speak(browser, "fr", "Enregistré.")
        try:
            for page in ("/", "/new", "/you", "/you/pages", "/held", "/search?q=bonjour", "/?show=archived", path, path + "/pictures"):
                browser.open(page)
                look(browser, f"french{page.replace('/', '-').replace('?', '-')}")
                assert run(browser, "return document.documentElement.lang") == "fr"
        finally:
            browser.open("/you/pages")
            speak(browser, "", "Saved.")
    finally:
        browser.close()


def speak(browser, language, saved):
    run(browser, "document.querySelector('[name=language]').value = arguments[0]; document.querySelector('main form').requestSubmit()", language)
    browser.wait_for(saved)


HOSTILE = {
    "combining": "e" + "\u0301" * 10000,
    "turned": "\u202egnp.exe \u2066 \u2067",
    "script": "<script>document.title='hacked'</script><img src=x onerror=alert(1)>",
    "wide": "\ufdfd" * 300,
    "unbroken": "W" * 8000,
    "families": "👩‍👩‍👧‍👦" * 200,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_text_breaks_a_page(daemon, browser, kind):
    text = HOSTILE[kind]
    sign_in(browser)
    path = write(browser, f"+155501005{list(HOSTILE).index(kind):02}", "before")
    count = len(browser.all(".bubble"))
    run(browser, "document.querySelector('textarea').value = arguments[0]; document.querySelector('[data-compose]').requestSubmit()", text)
    eventually(lambda: len(browser.all(".bubble")) >= count + 2, 60, "the text and its echo, of up to 150 segments each")
    for size in (PHONE, DESK):
        browser.resize(size)
        for page in (path, "/"):
            browser.open(page)
            look(browser, "hostile")
            assert "hacked" not in browser.driver.title
    # What stands after it stands where it did: nothing of the text reaches over its own line.
    browser.open(path)
    box = run(browser, "const b = [...document.querySelectorAll('.bubble')].at(-1).getBoundingClientRect(); return [b.left, b.right, innerWidth]")
    assert box[0] >= 0 and box[1] <= box[2]


def test_four_gigabytes_are_refused_before_they_are_sent(daemon, browser):
    sign_in(browser)
    path = write(browser, "+15550100308", "large")
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in browser.driver.get_cookies())
    with socket.create_connection((HOST, daemon.http), timeout=10) as connection:
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {4 << 30}\r\n\r\n"
        begin = time.monotonic()
        connection.sendall(head.encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 413")
        assert time.monotonic() - begin < 5


def test_it_can_be_installed_and_says_so_without_a_connection(daemon, browser):
    sign_in(browser)
    manifest = browser.driver.execute_cdp_cmd("Page.getAppManifest", {})
    assert manifest["errors"] == [] and json.loads(manifest["data"])["start_url"] == "/"
    ready = "const done = arguments[0]; navigator.serviceWorker.ready.then((worker) => done(worker.active.state))"
    assert browser.driver.execute_async_script(ready) in ("activating", "activated")
    kept = "const done = arguments[0]; caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((c) => c.keys())))).then((all) => done(all.flat().map((r) => new URL(r.url).pathname)))"
    eventually(lambda: "/offline" in browser.driver.execute_async_script(kept), 10, "the page without a connection")
    assert all(path == "/offline" or path.startswith("/assets/") for path in browser.driver.execute_async_script(kept))
    daemon.stop()
    try:
        browser.open("/")
        browser.wait_for("No connection")
    finally:
        daemon.start()


def test_a_push_service_gets_what_only_the_browser_can_open(daemon, browser, push_service):
    """Opened by http_ece, and its signature checked by cryptography, which are no code of ours."""
    sign_in(browser)
    service = push_service(f"{HOST}")
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in browser.driver.get_cookies())
    token = run(browser, "return document.querySelector('input[name=token], [data-token]')?.value") or ""
    if not token:
        browser.open("/new")
        token = run(browser, "return document.querySelector('input[name=token]').value")

    def post(path, **fields):
        connection = http.client.HTTPConnection(HOST, daemon.http, timeout=10)
        connection.request("POST", path, urllib.parse.urlencode(fields), {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"})
        return connection.getresponse().status

    assert post("/push", token=token, endpoint=service.url, key=service.public, secret=service.secret) == 204
    write(browser, "+15550100309", "who is there")
    headers, body = eventually(lambda: service.calls and service.calls[0], 15, "a call")
    said = json.loads(service.open(body))
    assert said["body"] == "New message" and said["path"].startswith("/conversations/") and "who is there" not in json.dumps(said)
    assert headers["Content-Encoding"] == "aes128gcm" and int(headers["TTL"]) > 0
    claims = service.claims(headers["Authorization"])
    assert claims["aud"] == service.url.rsplit("/", 1)[0] and claims["exp"] <= time.time() + 86400 and claims["sub"]
    service.status = 410
    write(browser, "+15550100310", "once more")
    eventually(lambda: len(service.calls) == 2, 15, "another call")
    service.status = 201
    write(browser, "+15550100311", "and again")
    time.sleep(3)
    assert len(service.calls) == 2, "a browser that is gone is not called"
