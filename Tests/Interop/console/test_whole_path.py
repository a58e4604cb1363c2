"""One person's first day, from an empty machine to signing out, before a real browser and with a real app: nothing else is set anywhere."""

import json
import re
import subprocess

import pytest
from browser import DESK, PHONE, Browser
from homeline_daemon import Account
from linphone import ProvisionedLinphone
from pages import look
from programs import eventually, free_port, need
from provisioning import scan
from test_setup import PASSWORD, at, choose
from virtual_modem import OWN_NUMBER, VirtualModem

FRIEND = "+4915112345679"


@pytest.fixture
def modem(tmp_path):
    port = free_port()
    place = tmp_path / "modem"
    place.mkdir()
    modem = VirtualModem(place, tcp=port, pin="1234", mmsc=0)
    modem.port = port
    yield modem
    modem.stop()


@pytest.fixture
def browser(machine):
    browser = Browser(f"http://127.0.0.1:{machine.port}")
    yield browser
    browser.close()


@pytest.fixture
def apps():
    started = []
    yield started
    for app in started:
        app.lose_power()


@pytest.fixture(scope="module")
def photo(tmp_path_factory):
    path = tmp_path_factory.mktemp("photo") / "garden.jpg"
    source = ["-f", "lavfi", "-i", "testsrc=size=640x480", "-frames:v", "1"]
    subprocess.run([need("ffmpeg", "ffmpeg"), "-loglevel", "error", "-y", *source, str(path)], check=True)
    return path


def texts(browser):
    """What stands in the bubbles, oldest first, with whose each is."""
    return [tuple(pair) for pair in browser.driver.execute_script(
        "return [...document.querySelectorAll('.bubble')]"
        ".map((node) => [node.classList.contains('ours'), node.querySelector('.text')?.textContent.trim() ?? ''])")]


def wait_text(browser, text, ours):
    eventually(lambda: (ours, text) in texts(browser), 20, lambda: f"'{text}' in {texts(browser)}: this")


def is_unread(browser, text):
    """Whether the conversation whose latest text this is has something new."""
    return browser.driver.execute_script(
        "const of = [...document.querySelectorAll('.list a')].find((node) => node.textContent.includes(arguments[0]));"
        "return of ? of.querySelector('.badge') !== null : null", text)


def set_up(browser, machine, modem):
    """The wizard, as `test_setup` walks it more slowly; ends at the page of apps."""
    browser.open(machine.link())
    browser.fill(name="alice", password=PASSWORD, again=PASSWORD)
    browser.press("Start")
    at(browser, "/setup/place")
    choose(browser, "country", "DE")
    browser.fill(domain="127.0.0.1")
    browser.press("Go on")
    at(browser, "/lines/new")
    browser.fill(place=f"tcp:127.0.0.1:{modem.port}")
    browser.press("Try it")
    browser.wait_for("The SIM asks for its PIN", within=40)
    browser.click(".found a.button")
    browser.fill(name="home", pin="1234")
    browser.press("Add the line")
    at(browser, "/setup/start")
    browser.press("Start")
    browser.wait_for("✓", ".state", within=60)
    browser.click("a.button")
    at(browser, "/setup/test")
    modem.order("phones", mode="echo")
    browser.fill(to=OWN_NUMBER)
    browser.press("Send the test")
    browser.wait_for("Arrived here", "[data-arrived]", within=40)
    modem.order("phones", mode="silent")
    browser.click("a.button")
    at(browser, "/setup/app")


def take_picture_messages(machine, modem):
    """What a carrier that Homeline knows has set by itself: here it is a simulated one, on this machine."""
    code, said = machine.command(
        "config", "set", "lines.home.mms.bearer=host", "lines.home.mms.proxy=none", f"lines.home.mms.mmsc={modem.mmsc()}", f"lines.home.number={OWN_NUMBER}")
    assert code == 0, said
    mark = machine.program.mark()
    code, said = machine.command("restart")
    assert code == 0, said
    machine.program.wait_for("[Daemon] ready", 60, mark)
    eventually(lambda: "working" in machine.command("line", "list")[1], 60, lambda: f"the line, not {machine.command('line', 'list')[1]}: this")


def test_a_person_s_first_day(machine, modem, browser, apps, photo, tmp_path):
    set_up(browser, machine, modem)
    take_picture_messages(machine, modem)

    # The app gets all of its settings from the code in the page, as a camera sees it.
    browser.press("Make the account")
    browser.wait_for("The account is made")
    browser.press("Linphone")
    code = browser.one("svg.qr")
    code.screenshot(str(tmp_path / "code.png"))
    link = scan(tmp_path / "code.png")
    assert re.fullmatch(rf"http://127\.0\.0\.1:{machine.port}/provision/hl_\S+", link), link
    ports = {"tcp": 0, "udp": 0, "tls": 0}
    app = ProvisionedLinphone(tmp_path / "app", Account("alice", "", ports), link)
    apps.append(app)
    app.on()
    far = f"sip:{FRIEND}@127.0.0.1"

    browser.open("/")
    at(browser, "/")

    # A text arrives in the app and, while the page is open, in the page; it is new until it was read in one of them.
    modem.text(FRIEND, "Are you home by eight?")
    app.wait_texts(far, ["Are you home by eight?"], within=40)
    browser.wait_for("Are you home by eight?", ".list", within=20)
    assert is_unread(browser, "by eight?") is True
    look(browser, "day-inbox")
    browser.driver.execute_script(
        "[...document.querySelectorAll('.list a')].find((node) => node.textContent.includes('eight')).click()")
    wait_text(browser, "Are you home by eight?", ours=False)
    browser.open("/")
    eventually(lambda: is_unread(browser, "by eight?") is False, 10, "a conversation with nothing new")

    # The answer leaves from the SIM, and the page says that it arrived.
    browser.driver.back()
    browser.one("textarea").send_keys("By seven, if the train’s on time")
    browser.press("Send")
    assert modem.wait_sent("By seven, if the train’s on time")["to"] == FRIEND
    eventually(lambda: browser.all(".bubble.ours .ticks.delivered"), 30, "the tick of a text that arrived")

    # What the app writes stands in the page as well, and the other way round.
    app.send(far, "and I bring cake")
    assert modem.wait_sent("and I bring cake")["to"] == FRIEND
    wait_text(browser, "and I bring cake", ours=True)

    # Pictures, both ways.
    browser.one("[data-files]").send_keys(str(photo))
    browser.wait_for("garden.jpg", ".files")
    browser.fill(text="the garden today")
    browser.press("Send")
    sent = eventually(
        lambda: [picture for picture in modem.order("pictures")["pictures"] if picture["parts"][0].get("text") == "the garden today"], 30, "a picture outside")
    assert [part["type"] for part in sent[0]["parts"]] == ["text/plain", "image/jpeg"]
    modem.order("picture", **{"from": FRIEND, "text": "and ours", "files": [str(photo)]})
    eventually(lambda: app.offers(far), 40, "the picture in the app")
    eventually(lambda: browser.all(".bubble:not(.ours) img"), 20, "the picture in the page")
    drawn = "const image = document.querySelector('.bubble:not(.ours) img'); image.scrollIntoView(); return image.complete && image.naturalWidth"
    eventually(lambda: browser.driver.execute_script(drawn), 10, "a picture that is drawn")
    look(browser, "day-thread")
    browser.resize(PHONE)
    look(browser, "day-thread-phone")
    browser.resize(DESK)

    # Found again by a word of it.
    browser.open("/")
    browser.fill(q="train")
    browser.one("[name=q]").submit()
    browser.wait_for("By seven, if the train’s on time")

    # Its journey names every step.
    identifier = next(
        message["id"] for message in messages(machine) if message.get("text") == "By seven, if the train’s on time")
    browser.open(f"/messages/{identifier}")
    for step in ("Submitted by console", "over home", "The network took this piece", "has arrived"):
        browser.wait_for(step)
    look(browser, "day-journey")

    # After signing out nothing is shown, the way back neither.
    browser.open("/you")
    browser.press("Sign out")
    browser.wait_for("You are signed out")
    browser.driver.back()
    browser.open("/")
    assert browser.path == "/sign-in"
    assert [line for line in browser.complaints() if "Content Security Policy" in line or "Refused" in line] == []
    app.off()
    assert machine.program.process.poll() is None


def messages(machine):
    code, token = machine.command("token", "create", "looking", "--replace", "--scope", "read", "--days", "1")
    assert code == 0, token
    done = subprocess.run(
        ["curl", "-sS", "-H", f"Authorization: Bearer {token.strip()}", f"http://127.0.0.1:{machine.port}/api/v1/messages?limit=100"],
        capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["messages"]
