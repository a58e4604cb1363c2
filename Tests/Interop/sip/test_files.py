"""Files that apps leave here for their messages, and files that come in, over a line that brings everything back."""

import re
import urllib.error
import urllib.request
from xml.etree import ElementTree

import pytest

from file_client import AGENT, FileClient, address
from house import House, uri
from homeline_daemon import DOMAIN
from programs import eventually
from raw_sip import RawSIP

FILE = "application/vnd.gsma.rcs-ft-http+xml"
SPACE = "{urn:gsma:params:xml:ns:rcs:rcs:fthttp}"
FRIEND = "+15550160001"
# The beginning and end of a JPEG around octets that a form could trip over.
PHOTO = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + b"\r\n--" + bytes(range(256)) * 190 + b"\r\n\xff\xd9"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("files"), {"alice": ["mirror"], "bob": ["mirror"]}, lines=(), mirrors=("mirror",))
    yield house
    house.close()


def leave(house, name="my photo.jpg", octets=PHOTO, person="alice", **rest):
    """Leaves a file here as Linphone does; its document."""
    with FileClient(house.accounts[person], house.daemon.http) as client:
        answer = client.upload(name, "image/jpeg", octets, **rest)
    assert answer.status == 200, answer.body
    return answer.body.decode()


def write(house, recipient, body, kind=FILE, person="alice", **rest):
    with RawSIP(house.accounts[person], "tcp") as client:
        return client.call("MESSAGE", uri(recipient), f"Content-Type: {kind}", f"User-Agent: {AGENT}", body=body, **rest).status


def fetch(url, **headers):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        return answer.status, answer.headers, answer.read()


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
def test_a_file_is_left_and_fetched_as_linphone_does_it(place, algorithm):
    document = leave(place, algorithm=algorithm)
    entry = ElementTree.fromstring(document).find(f"{SPACE}file-info")
    assert entry.get("type") == "file"
    assert entry.find(f"{SPACE}file-size").text == str(len(PHOTO))
    assert entry.find(f"{SPACE}file-name").text == "my%20photo.jpg"
    assert entry.find(f"{SPACE}content-type").text == "image/jpeg"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entry.find(f"{SPACE}data").get("until"))
    status, headers, octets = fetch(entry.find(f"{SPACE}data").get("url"))
    assert (status, octets, headers["Content-Type"], headers["Content-Length"]) == (200, PHOTO, "image/jpeg", str(len(PHOTO)))
    assert headers["X-Content-Type-Options"] == "nosniff"
    status, headers, octets = fetch(entry.find(f"{SPACE}data").get("url"), Range="bytes=100-199")
    assert (status, octets, headers["Content-Range"]) == (206, PHOTO[100:200], f"bytes 100-199/{len(PHOTO)}")


def test_strangers_leave_nothing(place):
    with FileClient(place.accounts["alice"], place.daemon.http) as client:
        answer = client.ask("POST", "/files")
        assert answer.status == 401
        assert [re.search(r"algorithm=([^,]*)", value).group(1) for value in answer.all("www-authenticate")] == ["SHA-256", "MD5"]
        assert all(f'realm="{DOMAIN}"' in value and 'qop="auth"' in value for value in answer.all("www-authenticate"))
    with FileClient(place.accounts["alice"], place.daemon.http) as client:
        client.account = type(client.account)("alice", "wrong", client.account.ports)
        assert client.log_in() == 401


def test_a_forged_address_is_nothing(place):
    url = address(leave(place))
    for other in (url[:-1], url.replace("/m.", "/p."), re.sub(r"(?<=/files/m\.)\w", "f", url)):
        with pytest.raises(urllib.error.HTTPError) as refusal:
            fetch(other)
        assert refusal.value.code == 404


def test_words_and_photos_from_one_app_leave_and_come_back_as_one(place):
    app = place.linphone("alice", "tcp").on()
    try:
        one, two = leave(place, "one.jpg"), leave(place, "two.jpg", PHOTO[::-1])
        assert [write(place, FRIEND, one), write(place, FRIEND, "Two photos", "text/plain"), write(place, FRIEND, two)] == [202, 202, 202]
        sent = eventually(
            lambda: [message for message in place.daemon.messages() if message["direction"] == "outgoing" and message["text"] == "Two photos"], 20,
            "the message that was gathered")
        assert [part.get("name") for part in sent[0]["parts"]] == ["one.jpg", None, "two.jpg"]
        assert [part["size"] for part in sent[0]["parts"]] == [len(PHOTO), len("Two photos"), len(PHOTO)]
        # The line brings it back: words first, then each file in a message of its own.
        offers = eventually(
            lambda: len(found := app.offers(uri(FRIEND))) >= 2 and found, 30, lambda: f"two files for Linphone, which saw\n{app.trace()[-3000:]}\n: this")
        assert app.texts(uri(FRIEND))[0] == "Two photos"
        assert [fetch(address(document))[2] for document in offers.values()] == [PHOTO, PHOTO[::-1]]
    finally:
        app.off()


def test_a_text_alone_is_a_text(place):
    assert write(place, "+15550160002", "no photo at all", "text/plain", person="bob") == 202
    eventually(lambda: place.daemon.texts().count("no photo at all") == 2, 20, "the text and its echo")


def test_a_file_on_a_server_of_others_is_not_fetched(place):
    foreign = leave(place).replace(f"http://127.0.0.1:{place.daemon.http}", "http://169.254.169.254")
    assert write(place, FRIEND, foreign) == 403
    assert write(place, FRIEND, leave(place).replace("/files/m.", "/files/m.9")) == 404


def test_a_file_within_the_house_arrives(place):
    app = place.linphone("bob", "tcp").on()
    try:
        assert write(place, "bob", leave(place, "for bob.jpg")) == 202
        offers = eventually(lambda: app.offers(f"sip:alice@{DOMAIN}"), 20, "the file for Bob")
        assert [fetch(address(document))[2] for document in offers.values()] == [PHOTO]
    finally:
        app.off()


def test_linphone_fetches_what_comes_in(place):
    app = place.linphone("bob", "tcp", fetches=True).on()
    try:
        assert write(place, FRIEND, leave(place, "fetched.jpg")) == 202
        files = eventually(lambda: app.files(), 30, lambda: f"a file that Linphone fetched, which says\n{app.trace()[-4000:]}\n: this")
        assert files == [("fetched.jpg", PHOTO)]
    finally:
        app.off()


def test_a_group_is_one_contact_and_its_answer_goes_to_all(place):
    members = ["+15550170001", "+15550170002"]
    app = place.linphone("alice", "tcp").on()
    try:
        status, _ = place.daemon.api("POST", "/api/v1/messages", {"line": "mirror", "to": members, "text": "hello all"})
        assert status == 202
        group = eventually(lambda: next((peer for peer, _ in app.rooms() if "sip:group-" in peer), None), 30, lambda: f"a group, not {app.rooms()}: this")
        app.wait_texts(group, [f"{members[0]}: hello all"])
        app.send(group, "hello back")
        app.wait_texts(group, [f"{members[0]}: hello all", f"{members[0]}: hello back"])
        written = next(message for message in place.daemon.messages() if message["direction"] == "outgoing" and message["text"] == "hello back")
        assert [party["text"] for party in written["participants"]] == members
    finally:
        app.off()


def test_nobody_writes_to_a_group_that_is_not_theirs(place):
    assert write(place, "group-4711", "hello?", "text/plain") == 404


def test_files_go_out_from_the_command_line_too(place, tmp_path):
    photo = tmp_path / "from the command line.jpg"
    photo.write_bytes(PHOTO)
    place.daemon.command("send", "--state", place.daemon.state, "--file", photo, "--subject", "Holiday", FRIEND, "by command")
    # The line brings it back, too, and a picture message calls its files otherwise.
    message = next(message for message in place.daemon.messages() if message["text"] == "by command" and message["direction"] == "outgoing")
    assert [part.get("name") for part in message["parts"]] == [None, photo.name]
    assert message["subject"] == "Holiday"


def test_an_app_that_knows_texts_alone_gets_an_address(place):
    app = place.baresip("bob", uri(FRIEND), "tcp").on()
    try:
        assert write(place, FRIEND, leave(place, "for baresip.jpg")) == 202
        url = eventually(
            lambda: re.search(r"for.baresip\.jpg \(\d+ kB\): (http://[^\s\x1b]+)", app.process.output()), 30,
            lambda: f"an address for baresip, which shows\n{app.process.output()[-2000:]}\n: this").group(1)
        assert fetch(url)[2] == PHOTO
    finally:
        app.lose_power()
