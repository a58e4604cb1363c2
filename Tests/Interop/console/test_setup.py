"""The first run before a real browser: from an empty directory to a text that came back and an account for an app."""

import subprocess

import pytest
from browser import Browser
from pages import PASSWORD, look_in_both_widths
from programs import eventually, free_port, homeline
from virtual_modem import VirtualModem


@pytest.fixture
def modem(tmp_path):
    port = free_port()
    place = tmp_path / "modem"
    place.mkdir()
    modem = VirtualModem(place, tcp=port, pin="1234")
    modem.port = port
    yield modem
    modem.stop()


@pytest.fixture
def browser(machine):
    browser = Browser(f"http://127.0.0.1:{machine.port}")
    yield browser
    browser.close()


def at(browser, path):
    eventually(lambda: browser.path.split("?")[0] == path, 20, lambda: f"{path}, not {browser.path} with\n{browser.one('main').text}\n")


def choose(browser, name, value):
    browser.driver.execute_script("const s = document.querySelector(`[name=${arguments[0]}]`); s.value = arguments[1]", name, value)


def test_from_nothing_to_a_text_and_an_account(machine, modem, browser):
    modem.order("phones", mode="echo")
    browser.open(machine.link())
    browser.fill(name="alice", password=PASSWORD, again=PASSWORD)
    browser.press("Start")

    # The time zone came from the browser; the country and the address are asked first.
    at(browser, "/setup/place")
    look_in_both_widths(browser, "setup-place")
    choose(browser, "country", "DE")
    browser.fill(domain="127.0.0.1")
    browser.press("Go on")

    at(browser, "/lines/new")
    look_in_both_widths(browser, "setup-line")
    browser.fill(place=f"tcp:127.0.0.1:{free_port()}")
    browser.press("Try it")
    assert "Nothing that could hold a line answers there" in browser.one(".mistake").text
    browser.fill(place=f"tcp:127.0.0.1:{modem.port}")
    browser.press("Try it")
    browser.wait_for("The SIM asks for its PIN", within=40)
    look_in_both_widths(browser, "setup-found")
    browser.click(".found a.button")

    # A PIN that is none costs no try.
    browser.fill(name="home", pin="12")
    browser.press("Add the line")
    assert "4 to 8 digits" in browser.one(".mistake").text
    look_in_both_widths(browser, "setup-modem")
    browser.fill(pin="1234")
    browser.press("Add the line")

    at(browser, "/setup/start")
    look_in_both_widths(browser, "setup-start")
    browser.press("Start")
    browser.wait_for("✓", ".state", within=60)
    look_in_both_widths(browser, "setup-state")
    browser.click("a.button")

    at(browser, "/setup/test")
    browser.fill(to="+4915112345679")
    browser.press("Send the test")
    browser.wait_for("Arrived here", "[data-arrived]", within=40)
    look_in_both_widths(browser, "setup-test")
    assert "Homeline says hello" in browser.one("[data-arrived] .text").text
    browser.click("a.button")

    at(browser, "/setup/app")
    look_in_both_widths(browser, "setup-app")
    browser.press("Make the account")
    browser.wait_for("The account is made")
    look_in_both_widths(browser, "setup-account")
    assert "sip:alice@127.0.0.1" in browser.one("main").text
    browser.press("Linphone")
    browser.one("svg.qr")
    browser.open("/")
    at(browser, "/")
    assert len(browser.all(".list a")) == 1
    assert [line for line in browser.complaints() if "Content Security Policy" in line or "Refused" in line] == []

    # What was written is a configuration that others can read, but for its secrets.
    assert "1234" not in machine.config.read_text() and oct(machine.config.stat().st_mode)[-3:] == "600"
    pins = list((machine.directory / "state/secrets").iterdir())
    assert [oct(pin.stat().st_mode)[-3:] for pin in pins] == ["600"]
    assert machine.program.process.poll() is None


def test_a_wrong_pin_is_tried_once_and_put_right(machine, modem, browser):
    machine.command("config", "set", "country=DE", "endpoints.softphone.domain=127.0.0.1", f"endpoints.softphone.listen=[udp:127.0.0.1:{free_port()}]")
    browser.open(machine.link())
    browser.fill(name="alice", password=PASSWORD, again=PASSWORD)
    browser.press("Start")
    at(browser, "/lines/new")
    browser.open(f"/lines/new/modem?device=tcp:127.0.0.1:{modem.port}&card=wantsPIN")
    browser.fill(name="home", pin="9999")
    browser.press("Add the line")
    at(browser, "/setup/start")
    browser.press("Start")
    browser.wait_for("PIN", ".state p", within=60)
    eventually(lambda: "Something is wrong" in browser.one("main").text, 60, lambda: browser.one("main").text)
    assert modem.state()["pinTries"] == 2
    look_in_both_widths(browser, "setup-trouble")
    browser.driver.execute_script("document.querySelector('details').open = true")
    browser.fill(pin="1234")
    browser.press("Try this PIN")
    # Fewer than three tries are left: the guard sends none, and says so.
    browser.wait_for("2", ".state p", within=60)
    eventually(lambda: modem.state()["pinTries"] == 2, 5, lambda: f"{modem.state()}")


FORMS = {
    "httpsms": {"phone": "+12025550147", "api-key": "an-api-key-of-theirs"},
    "twilio": {"user": "AC0123456789abcdef", "secret": "an auth token", "from": "+12025550100", "callback-url": "https://sms.example.org"},
    "telnyx": {"secret": "KEY0123", "from": "+12025550100", "public-key": "e5jeIo4ZGZoTJmCYMbJV9XuSRBVDHQJz2VeRUEv3QGk="},
    "voipms": {"user": "me@example.org", "secret": "an API password", "from": "+12025550100", "poll-every": "60s"},
    "vonage": {"user": "abcd1234", "secret": "an API secret", "from": "+12025550100", "callback-secret": "a signature secret"},
    "kannel": {"url": "http://10.0.0.7:13013", "user": "homeline", "secret": "a password", "from": "+12025550100"},
    "smseagle": {"url": "https://10.0.0.7", "secret": "an access token"},
    "nowsms": {"url": "http://10.0.0.9:8800", "user": "homeline", "secret": "a password"},
    "yeastar": {"host": "10.0.0.8", "user": "apiuser", "secret": "a secret", "sim-port": "1"},
}


def test_every_provider_and_gateway_has_a_form_that_makes_a_line(machine, browser):
    machine.command("config", "set", "country=US", "endpoints.softphone.domain=127.0.0.1", f"endpoints.softphone.listen=[udp:127.0.0.1:{free_port()}]")
    browser.open(machine.link())
    browser.fill(name="alice", password=PASSWORD, again=PASSWORD)
    browser.press("Start")
    at(browser, "/lines/new")
    look_in_both_widths(browser, "setup-ways")

    # What does not hold is said beside its field, and what was typed stays but for secrets.
    browser.open("/lines/new/twilio")
    look_in_both_widths(browser, "setup-twilio")
    browser.fill(**{"name": "rented", **FORMS["twilio"], "callback-url": ""})
    browser.press("Add the line")
    assert "public-url" in browser.one("#callback-url-mistake").text
    assert browser.one("[name=user]").get_attribute("value") == FORMS["twilio"]["user"] and browser.one("[name=secret]").get_attribute("value") == ""
    look_in_both_widths(browser, "setup-twilio-mistake")

    for kind, fields in FORMS.items():
        browser.open(f"/lines/new/{kind}")
        browser.fill(name=f"by-{kind}", **fields)
        browser.press("Add the line")
        at(browser, "/setup/start")
    written = machine.config.read_text()
    assert all(f"by-{kind}:" in written for kind in FORMS) and "template: twilio" in written and "trunk: yeastar-tg" in written
    # Every secret is in a file of its own, which nobody else can read.
    assert not [secret for fields in FORMS.values() for name, secret in fields.items() if name in ("secret", "api-key", "callback-secret") and secret in written]
    secrets = list((machine.directory / "state/secrets").glob("by-*"))
    assert len(secrets) == 15 and {oct(secret.stat().st_mode)[-3:] for secret in secrets} == {"600"}
    browser.press("Start")
    # Those that call nobody by themselves work at once; the daemon runs with all of them.
    eventually(lambda: len(browser.all("section.state")) == len(FORMS), 60, lambda: f"{browser.one('main').text}\n: this")
    assert machine.program.process.poll() is None


def test_everything_is_a_command_too(machine, modem):
    pin = machine.directory / "pin"
    pin.write_text("1234\n")
    assert machine.command("config", "set", "country=DE", "endpoints.softphone.domain=127.0.0.1", f"endpoints.softphone.listen=[udp:127.0.0.1:{free_port()}]")[0] == 0
    code, said = machine.command("line", "add", "home", f"device=tcp:127.0.0.1:{modem.port}", "speed=9600")
    assert code == 78 and "speed" in said
    assert machine.command("line", "add", "home", f"device=tcp:127.0.0.1:{modem.port}", f"pin-file={pin}")[0] == 0
    assert machine.command("line", "add", "home", "trunk=loopback")[0] == 1
    assert machine.command("restart")[0] == 0

    def state():
        code, said = machine.command("line", "list")
        return said if code == 0 else ""

    eventually(lambda: state().startswith("home  ") and "working" in state(), 60, lambda: f"a working line, not {state()}: this")
    assert "alice" in machine.command("person", "add", "alice")[1]
    machine.command("line", "remove", "home")
    assert machine.command("restart")[0] == 0
    eventually(lambda: "home" not in state() and machine.command("line", "list")[0] == 0, 20, "no line")


def test_setup_on_the_command_line_asks_nothing_without_a_terminal(tmp_path, modem):
    config = tmp_path / "homeline.yaml"

    def setup(*options):
        done = subprocess.run(
            [homeline(), "setup", "--config", config, "--state", tmp_path / "state", *options], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout + done.stderr

    code, said = setup("--domain", "127.0.0.1")
    assert code == 64 and "--country" in said and not config.exists()
    code, said = setup("--domain", "127.0.0.1", "--country", "DE", "--device", f"tcp:127.0.0.1:{modem.port}")
    assert code == 0 and "asks for a PIN" in said and "Password" in said, said
    assert f"device: tcp:127.0.0.1:{modem.port}" in config.read_text()
    code, said = setup("--domain", "127.0.0.1", "--country", "DE", "--device", f"tcp:127.0.0.1:{modem.port}")
    assert code == 73 and "--force" in said
