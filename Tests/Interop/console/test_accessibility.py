"""Every page of the Console, in both widths and both colours, as an owner and as a member, in a house where something happened and in an empty one:
can it be used by whoever comes? And is every page that the sources serve looked at here?"""

import os
import re
from pathlib import Path

import pytest
from accessibility import faults, in_every_look
from browser import Browser
from homeline_daemon import HOST, HomelineDaemon
from lived_in import LivedIn
from pages import PASSWORD, make_account
from programs import eventually

SOURCES = Path(__file__).parents[3] / "Sources/Console"
SCREENSHOTS = os.environ.get("HOMELINE_SCREENSHOTS")

# A page of the sources, and where it is looked at; names in braces are of what happened in the house.
FOR_ALL = {
    "/": ["/", "/?show=archived", "/?show=unread", "/?line=home"],
    "/conversations/{number}": ["/conversations/{talk}", "/conversations/{pictures}", "/conversations/{group}", "/conversations/{blocked}"],
    "/conversations/{number}/pictures": ["/conversations/{pictures}/pictures", "/conversations/{talk}/pictures"],
    "/messages/{id}": ["/messages/{failed}", "/messages/{doubtful}", "/messages/{pictured}"],
    "/new": ["/new", "/new?to=%2B15550100100"],
    "/held": ["/held"],
    "/search": ["/search", "/search?q=harbour", "/search?q=nothingofthekind"],
    "/contacts": ["/contacts"],
    "/contacts/edit": ["/contacts/edit"],
    "/blocked": ["/blocked"],
    "/lines": ["/lines"],
    "/lines/{line}": ["/lines/mobile", "/lines/home"],
    "/people/{name}": ["/people/{visitor}"],
    "/you": ["/you"],
    "/you/apps": ["/you/apps"],
    "/you/browsers": ["/you/browsers"],
    "/you/codes": ["/you/codes"],
    "/you/confirm": ["/you/confirm?next=/you"],
    "/you/pages": ["/you/pages"],
    "/you/passkeys": ["/you/passkeys"],
}
FOR_OWNERS = {
    "/people": ["/people"],
    "/people/{name}/apps/{id}": ["/people/alice/apps/{app}"],
    "/health/parts": ["/health/parts"],
    "/health/queues": ["/health/queues"],
    "/health/log": ["/health/log", "/health/log?level=error"],
    "/settings": ["/settings"],
    "/settings/audit": ["/settings/audit"],
    "/settings/backup": ["/settings/backup"],
    "/settings/moving": ["/settings/moving"],
    "/settings/tokens": ["/settings/tokens"],
    "/settings/wireguard": ["/settings/wireguard"],
    "/lines/new": ["/lines/new"],
    "/lines/new/{holder.rawValue}": [
        f"/lines/new/{holder}" for holder in (
            "modem", "hilink", "sms-gate", "fossify", "httpsms", "twilio", "telnyx", "voipms", "vonage", "kannel", "smseagle", "nowsms", "yeastar")
    ],
    "/setup": ["/setup"],
    "/setup/you": ["/setup/you"],
    "/setup/place": ["/setup/place"],
    "/setup/start": ["/setup/start"],
    "/setup/test": ["/setup/test"],
    "/setup/app": ["/setup/app"],
}
# Seen by whoever comes.
FOR_STRANGERS = {
    "/sign-in": ["/sign-in"],
    "/welcome/{secret}": ["/welcome/{invitation}"],
    "/provision/{secret}": ["/provision/{link}"],
    "/offline": ["/offline"],
}
# What is no page: files, and what scripts ask for. Where a path stands beside it, it is asked for and must be none indeed.
NO_PAGES = {
    "/assets/{mark}/{name}": "/assets/0/console.css",
    "/manifest/{language}": "/manifest/en",
    "/worker.js": "/worker.js",
    "/push": "/push",
    "/live": None,
    "/health/log/events": None,
    "/health/support": "/health/support",
    "/health/queues/receipts/{id}": "/health/queues/receipts/{receipt}",
    "/messages/{id}/files/{number}": "/messages/{pictured}/files/1",
    "/contacts/export": "/contacts/export",
    "/settings/moving/export": "/settings/moving/export?format=json",
    "/settings/backup/file": None,
}


def routes():
    """What the Console answers to GET, but for the API, by the sources."""
    found = set()
    for file in SOURCES.rglob("*.swift"):
        text = file.read_text()
        for expression in re.findall(r"""(?:\bpages\.(?:page|open|ownersPage)\(|Operation\(\s*\.get,)\s*("[^"]*"|[\w.]+)""", text):
            # The ways to make a page themselves, and the feed, which is opened too.
            if expression in ("path", "for"):
                continue
            # A constant of the same file, or a step of the first run.
            for name in re.findall(r"Self\.(\w+)", expression):
                value = re.search(rf"static let {name} = (.*)", text)[1]
                step = re.fullmatch(r"SetupStep\.(\w+)\.path", value)
                path = f'"/setup/{step[1]}"' if step else value
                expression = expression.replace(f"\\(Self.{name})", path.strip('"')).replace(f"Self.{name}", path)
            path = re.fullmatch(r'"([^"]*)"', expression)
            assert path, f"{file.name} serves {expression}, which this test cannot read"
            found.add(re.sub(r"\\\(([^)]*)\)", r"{\1}", path[1]))
    return {path for path in found if not path.startswith(("/api/", "/metrics")) and path != "/health"}


def test_every_page_of_the_sources_is_looked_at():
    listed = [*FOR_ALL, *FOR_OWNERS, *FOR_STRANGERS, *NO_PAGES]
    assert len(listed) == len(set(listed))
    assert routes() == set(listed)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = LivedIn(tmp_path_factory.mktemp("livedin"))
    yield house
    house.close()


@pytest.fixture
def stranger(house):
    browser = Browser(house.url)
    yield browser
    browser.close()


def status(browser):
    return browser.driver.execute_script("return performance.getEntriesByType('navigation')[0].responseStatus")


def look(browser, name):
    """All that is wrong with what is shown, in every look, and what the browser complains about."""
    wrong = []
    for how in in_every_look(browser):
        wrong += [f"{name} {how}: {fault}" for fault in faults(browser)]
        if SCREENSHOTS:
            browser.picture(Path(SCREENSHOTS) / f"{name}-{how}.png")
    return wrong + [f"{name}: the browser says {line}" for line in browser.complaints() if not re.search(r"status of 4\d\d", line)]


def walk(browser, who, visits, places, expected=200):
    """Looks at each page there, and holds that it was answered as it should be."""
    wrong = []
    for visit in (visit for all in visits.values() for visit in all):
        path = visit.format(**places)
        browser.open(path)
        if status(browser) != expected:
            wrong.append(f"{who} {path}: {status(browser)}, not {expected}")
        wrong += look(browser, f"{who}{re.sub('[^a-z]+', '-', visit) or '-'}".rstrip("-"))
    return wrong


def no_faults(wrong):
    assert not wrong, f"{len(wrong)} faults:\n" + "\n".join(sorted(wrong))


def test_an_owner_can_use_every_page(house):
    places = {**house.places, "visitor": "alice"}
    no_faults(walk(house.browser, "owner", FOR_ALL, places) + walk(house.browser, "owner", FOR_OWNERS, places))


def test_a_member_can_use_every_page_of_theirs_and_sees_no_other(house):
    browser = house.member()
    try:
        places = {**house.places, "visitor": "bob"}
        no_faults(walk(browser, "member", FOR_ALL, places) + walk(browser, "member", FOR_OWNERS, places, expected=403))
    finally:
        browser.close()


def test_whoever_comes_can_use_what_they_are_shown(house, stranger):
    link = house.daemon.command("console", "link", "--person", "carol", "--role", "member", "--config", house.daemon.config)
    provision = house.daemon.command("person", "provision", "bob", "--label", "a phone", "--config", house.daemon.config)
    places = {"invitation": link.strip().rsplit("/", 1)[1], "link": provision.splitlines()[0].rsplit("/", 1)[1]}
    wrong = walk(stranger, "stranger", FOR_STRANGERS, places)
    stranger.open("/sign-in")
    stranger.fill(name="alice", password="not this one")
    stranger.press("Sign in")
    stranger.one(".mistake")
    wrong += look(stranger, "stranger-refused")
    stranger.open("/provision/hl_unknown")
    no_faults(wrong + look(stranger, "stranger-spent"))


def test_what_is_no_page_is_none(house):
    asked = {path: visit.format(**house.places) for path, visit in NO_PAGES.items() if visit}
    kind = "const done = arguments[1]; fetch(arguments[0]).then((answer) => done([answer.status, answer.headers.get('content-type') || '']))"
    for path, visit in asked.items():
        code, told = house.browser.driver.execute_async_script(kind, visit)
        assert code in (200, 404) and (code == 404 or not told.startswith("text/html")), f"{path}: {code} {told}"


def submit(browser, selector, **fields):
    """Fills in a form that is told by its beginning, and sends it."""
    browser.driver.execute_script(
        """const form = document.querySelector(arguments[0]), given = arguments[1];
           if (!form) throw new Error(`no ${arguments[0]} among ${[...document.forms].map((one) => one.getAttribute("action"))}`);
           form.querySelectorAll("[required]").forEach((field) => field.required = false);
           for (const [name, value] of Object.entries(given)) form.elements[name].value = value;
           window.stays = true; form.requestSubmit(form.querySelector("button:not([formmethod])"))""", selector, fields)
    eventually(lambda: not browser.driver.execute_script("return window.stays"), 40, f"an answer to {selector}")
    browser.one("main")


# What a form answers is a page too: where it stands, the form, what is filled in.
ANSWERS = {
    "new-mistake": ("/new", "form[action='/new']", {"to": "hello", "text": "kept"}),
    "contact-mistake": ("/contacts/edit", "form[action='/contacts/edit']", {"name": ""}),
    "block-mistake": ("/blocked", "form[action='/blocked/add']", {"sender": "+"}),
    "ussd": ("/lines/mobile", "form[action^='/lines/mobile/ussd']", {"text": "*101#"}),
    "ussd-mistake": ("/lines/mobile", "form[action^='/lines/mobile/ussd']", {"text": ""}),
    "person-mistake": ("/people", "form[action='/people']", {"name": "Bob!"}),
    "app-mistake": ("/people/alice", "form[action='/people/alice/apps']", {"label": ""}),
    "app-link": ("/people/alice", "form[action='/people/alice/apps']", {"label": "The tablet in the kitchen"}),
    "password-made": ("/people/bob", "form[action='/people/bob/password']", {}),
    "person-not-removed": ("/people/bob", "form[action='/people/bob/remove']", {}),
    "password-mistake": ("/you", "form[action='/you/password']", {"new": "short", "again": "other"}),
    "codes-begun": ("/you/codes", "form[action='/you/codes/begin']", {}),
    "confirm-mistake": ("/you/confirm?next=/you", "form[action='/you/confirm']", {"password": "wrong"}),
    "token-mistake": ("/settings/tokens", "form[action='/settings/tokens']", {"name": "a/b"}),
    "token-made": ("/settings/tokens", "form[action='/settings/tokens']", {"name": "the heating"}),
    "tunnel-mistake": ("/settings/wireguard", "form[action='/settings/wireguard/phones']", {"name": "?"}),
    "tunnel-phone": ("/settings/wireguard", "form[action='/settings/wireguard/phones']", {"name": "bob-phone"}),
    "place-mistake": ("/setup/place", "form[action='/setup/place']", {"domain": "a b"}),
    "you-mistake": ("/setup/you", "form[action='/setup/you']", {"zone": "Nowhere/None"}),
    "line-not-there": ("/lines/new", "form[action='/lines/new/at']", {"place": "tcp:127.0.0.1:9"}),
    "line-mistake": ("/lines/new/sms-gate", "form[action='/lines/new/sms-gate']", {"name": "a b", "url": "x"}),
    "test-mistake": ("/setup/test", "form[action='/setup/test']", {"to": "x"}),
    "parts-tested": ("/health/parts", "form[action='/health/parts']", {}),
}


def test_what_forms_answer_can_be_used_too(house):
    wrong = []
    for name, (path, form, fields) in ANSWERS.items():
        house.browser.open(path)
        submit(house.browser, form, **fields)
        wrong += look(house.browser, f"answer-{name}")
    house.browser.open("/nothing/here")
    no_faults(wrong)


def test_a_menu_and_what_a_tick_means_can_be_used_when_open(house):
    wrong = []
    for thread in ("talk", "pictures"):
        house.browser.open(f"/conversations/{house.places[thread]}")
        for opened in (".menu", ".later", ".ticks"):
            house.browser.driver.execute_script("document.querySelectorAll(arguments[0]).forEach((node) => node.open = true)", opened)
            wrong += look(house.browser, f"open-{thread}{opened.replace('.', '-')}")
            house.browser.driver.execute_script("document.querySelectorAll(arguments[0]).forEach((node) => node.open = false)", opened)
    no_faults(wrong)


def test_an_empty_house_can_be_used_and_says_what_comes_next(tmp_path):
    daemon = HomelineDaemon(tmp_path / "empty", {}, mirrors=["home"])
    browser = None
    try:
        daemon.start()
        browser = Browser(f"http://{HOST}:{daemon.http}")
        make_account(daemon, browser)
        plain = {path: [path] for path in [*FOR_ALL, *FOR_OWNERS] if "{" not in path}
        no_faults(walk(browser, "empty", plain, {}))
    finally:
        if browser:
            browser.close()
        daemon.stop()
