"""Servers that webhooks are sent to: whatever they do, the others get theirs; and nobody is called who may not be."""

import hashlib
import hmac
import json
import re
import time
from pathlib import Path

import pytest

import receivers
from programs import eventually
from raw_http import Probe, ask, request
from receivers import Receiver

GUIDE = Path(__file__).resolve().parents[3] / "Docs" / "Guides" / "receiving-webhooks.md"
SECRET = "a secret of the receiver's"


@pytest.fixture
def receive():
    """Starts receivers."""
    started = []

    def start(behave, host="127.0.0.1"):
        started.append(Receiver(behave, host))
        return started[-1]

    yield start
    for receiver in started:
        receiver.close()


def webhook(tmp_path, name, url, *more):
    """An endpoint's section."""
    secret = tmp_path / "secret"
    secret.write_text(SECRET + "\n")
    return "".join(f"    {line}\n" for line in ("kind: webhook", f'url: "{url}"', f"secret-file: {secret}", *more)).join([f"  {name}:\n", ""])


def deliveries(door, token):
    """Each endpoint's deliveries of texts that came in: states and failures."""
    found = {}
    for message in ask(door.port, "GET", "/api/v1/messages?limit=500", token=token).document["messages"]:
        if message["direction"] == "incoming":
            for delivery in ask(door.port, "GET", f"/api/v1/messages/{message['id']}", token=token).document["deliveries"]:
                if "endpoint" in delivery["destination"]:
                    found.setdefault(delivery["destination"]["endpoint"], []).append(delivery)
    return found


BEHAVIOURS = {
    "hangs": receivers.hangs, "never-reads": receivers.never_reads, "drips": receivers.drips, "drips-its-body": receivers.drips_its_body,
    "floods": receivers.floods, "floods-with-fields": receivers.floods_with_fields, "answers-garbage": receivers.answers_garbage,
    "hangs-up": receivers.hangs_up, "fails": receivers.fails,
}


def test_a_bad_receiver_holds_up_nobody_else(start_door, twin, receive, tmp_path, long):
    """R19 for webhooks: nine servers that hang, drip, flood, break or fail beside one that takes: it gets every text at once and only
    once, memory and descriptors stay bounded, and each bad server's trouble is told."""
    bad = {name: receive(behave) for name, behave in BEHAVIOURS.items()}
    good = receive(receivers.takes)
    sections = "".join(
        webhook(tmp_path, name, f"http://127.0.0.1:{receiver.port}/x", "private: yes", "timeout: 3s") for name, receiver in {**bad, "takes": good}.items())
    door = start_door(endpoints=sections)
    token = door.token("both", "read", "send")
    before = door.resident()
    count = 200 if long else 20
    with Probe(door.port, twin, request("GET", "/health")) as probe:
        began = time.monotonic()
        for number in range(count):
            assert door.submit(token, f"text {number}", to=f"+1555010{number:04}").status == 202
        # Each text is told twice: that it came in, and, echoed, that it was taken by the carrier is told as a status where there is one.
        eventually(lambda: len(texts(good)) == count, 20, lambda: f"{count} texts at the good receiver, which has {len(texts(good))}: this")
        took = time.monotonic() - began
        time.sleep(8)
        descriptors, grown = door.descriptors(), door.resident() - before
    p99 = probe.report(f"{count} texts beside nine bad receivers reached the good one in {took:.1f} s")
    print(f"memory grew by {grown / 1e6:.1f} MB, {descriptors} descriptors, flooded with {getattr(bad['floods'], 'flooded', 0) / 1e6:.1f} MB a time")
    # One bad receiver waited for, even once a text, is a minute.
    assert not probe.failures and p99 < 250
    names = [fields["x-homeline-delivery"] for _, fields, _ in good.requests]
    assert len(names) == len(set(names)), "a delivery that was taken was made again"
    assert grown < 60_000_000 and descriptors < 400
    found = deliveries(door, token)
    for name in BEHAVIOURS:
        states = {delivery["state"] for delivery in found[name]}
        failures = {delivery["failure"]["message"] for delivery in found[name] if "failure" in delivery}
        print(f"{name}: {states} {failures}")
        # Where the status was 2xx it was taken, whatever came after it; all others wait for their next try.
        assert states <= ({"accepted", "claimed", "pending"} if name in ("floods", "drips-its-body") else {"pending", "claimed"})
    assert any(delivery["state"] == "accepted" for delivery in found["floods"])
    parts = {part["name"]: part["health"] for part in ask(door.port, "GET", "/health", token=token).document["parts"]}
    assert {name for name in BEHAVIOURS if parts[name]["state"] == "working"} <= {"floods", "drips-its-body", "never-reads"}
    assert parts["takes"]["state"] == "working"


def texts(receiver):
    """The texts that came in, of those that the receiver was told of."""
    documents = [json.loads(body) for _, _, body in receiver.requests]
    return {document["message"]["text"] for document in documents if document["event"] == "message.received"}


# Hosts that are this machine or no business of ours, in every notation that some reader takes for an address.
PRIVATE = [
    "127.0.0.1", "localhost", "127.1", "0", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1", "127.0.0.1.", "[::1]", "[::]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "[fc00::1]", "169.254.169.254",
    "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "224.0.0.1", "255.255.255.255",
]


def test_no_private_address_is_called_unless_named(start_door, receive, tmp_path):
    """S18: webhooks whose address is private, in every notation, are refused; nobody is connected to; one allowed by name is called."""
    trap, allowed = receive(receivers.takes), receive(receivers.takes)
    sections = "".join(webhook(tmp_path, f"private{number}", f"http://{host}:{trap.port}/x") for number, host in enumerate(PRIVATE))
    sections += webhook(tmp_path, "allowed", f"http://localhost:{allowed.port}/x", "private: yes")
    door = start_door(endpoints=sections)
    token = door.token("both", "read", "send")
    assert door.submit(token, "hello").status == 202
    eventually(lambda: allowed.requests, 10, "the webhook that is allowed")

    def settled():
        found = deliveries(door, token)
        return len(found) > len(PRIVATE) and all(found[f"private{number}"][0]["state"] not in ("claimed",) for number in range(len(PRIVATE))) and found

    found = eventually(settled, 20, "an end of all deliveries")
    assert trap.connections == 0, "a private address was called"
    for number, host in enumerate(PRIVATE):
        delivery = found[f"private{number}"][0]
        failure = delivery.get("failure", {}).get("message", "")
        print(f"{host}: {delivery['state']}, {failure}")
        # What is an address is refused for good; what the name service does not know may be known later.
        assert delivery["state"] == "failed" and "private address" in failure or "not known to the name service" in failure, host


@pytest.mark.parametrize("url", [
    "file:///etc/passwd", "gopher://127.0.0.1:70/", "ftp://example.org/", "dict://127.0.0.1:11211/", "http://user@example.org/", "http://example.org:0/",
    "http://[fe80::1%25eth0]/", "http://example.org\\\\@127.0.0.1/", "//example.org/", "http:/example.org/", "javascript:alert(1)", "",
])
def test_a_url_that_is_none_of_the_web_s_is_refused_by_the_configuration(tmp_path, url):
    """S18: schemes and forms that are not plain http or https never become an endpoint."""
    from door import Door
    door = Door(tmp_path / "door", endpoints=webhook(tmp_path, "odd", url))
    checked = door.command("check")
    assert checked.returncode != 0 and "url" in checked.stdout + checked.stderr, checked.stdout + checked.stderr


@pytest.mark.parametrize("port", [22, 25, 1, 143, 445])
def test_ports_of_other_services_are_not_called(start_door, tmp_path, port):
    """S18: an allowed scheme at a port of another service is refused before anything is resolved or sent."""
    door = start_door(endpoints=webhook(tmp_path, "odd", f"http://198.51.100.1:{port}/"))
    token = door.token("both", "read", "send")
    assert door.submit(token, "hello").status == 202
    delivery = eventually(lambda: next((each for each in deliveries(door, token).get("odd", []) if each["state"] == "failed"), None), 10, "the refusal")
    assert "is not a web server's" in delivery["failure"]["message"]


def test_a_redirect_takes_a_delivery_nowhere(start_door, receive, tmp_path):
    """S18: a receiver that is allowed redirects to one that is not, and to files: nothing is sent there, and the delivery is given up."""
    trap = receive(receivers.takes)
    places = [f"http://127.0.0.1:{trap.port}/", f"//127.0.0.1:{trap.port}/", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "/again"]
    turning = [receive(receivers.redirects_to(place)) for place in places]
    door = start_door(endpoints="".join(
        webhook(tmp_path, f"turns{number}", f"http://localhost:{receiver.port}/x", "private: yes") for number, receiver in enumerate(turning)))
    token = door.token("both", "read", "send")
    assert door.submit(token, "hello").status == 202
    eventually(lambda: all(receiver.requests for receiver in turning), 10, "a delivery at each")
    ended = lambda: all(each["state"] == "failed" for found in deliveries(door, token).values() for each in found)
    eventually(ended, 10, "the end of each")
    assert trap.connections == 0 and all(len(receiver.requests) <= 2 for receiver in turning)


def test_the_guide_s_recipe_tells_genuine_deliveries_from_forged_ones(start_door, receive, tmp_path):
    """S21 webhooks: the code in the guide, run as it stands, takes what was sent and refuses every change and what is old."""
    good = receive(receivers.takes)
    door = start_door(endpoints=webhook(tmp_path, "good", f"http://127.0.0.1:{good.port}/x", "private: yes"))
    token = door.token("both", "read", "send")
    assert door.submit(token, "hello").status == 202
    eventually(lambda: texts(good), 10, "a delivery")
    recipe = re.search(r"```python\n(.*?)```", GUIDE.read_text(), re.S).group(1)
    recipe = re.sub(r"^   ", "", recipe, flags=re.M)

    class Request:
        pass

    class Headers(dict):
        def __getitem__(self, name):
            return super().__getitem__(name.lower())

    def is_genuine(fields, body, secret=SECRET, now=None):
        given = Request()
        given.headers = Headers(fields)
        clock = Request()
        clock.time = lambda: now or time.time()
        names = {"request": given, "body": body, "secret": secret.encode(), "hmac": hmac, "hashlib": hashlib, "time": clock}
        exec(recipe, names)
        return names["genuine"]

    for _, fields, body in good.requests:
        assert is_genuine(fields, body)
        signature = fields["x-homeline-signature"]
        stamp = int(re.search(r"t=(\d+)", signature).group(1))
        assert not is_genuine(fields, body + b" ")
        assert not is_genuine(fields, body.replace(b"hello", b"hullo"))
        assert not is_genuine({**fields, "x-homeline-signature": signature.replace(f"t={stamp}", f"t={stamp + 1}")}, body)
        assert not is_genuine({**fields, "x-homeline-signature": signature[:-1] + ("0" if signature[-1] != "0" else "1")}, body)
        assert not is_genuine(fields, body, secret="another secret of somebody")
        assert not is_genuine(fields, body, now=stamp + 301) and not is_genuine(fields, body, now=stamp - 301)
        assert SECRET.encode() not in body and SECRET not in str(fields)
