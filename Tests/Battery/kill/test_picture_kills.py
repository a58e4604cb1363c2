"""R01 for pictures: kill -9 while photos move in both directions."""

import base64
import http.client
import random
import subprocess
import threading
import time
from collections import Counter

import pytest

from homeline_daemon import HomelineDaemon, UnixConnection
from programs import eventually, need
from virtual_modem import VirtualModem

FRIEND = "+15550100123"


class PictureDaemon(HomelineDaemon):
    level = "info"

    def line(self, modem):
        return {**super().line(modem), "mms": f'{{bearer: host, proxy: none, mmsc: "{modem.mmsc()}"}}'}

    def octets(self, message, number):
        """Those of one part."""
        connection = UnixConnection(self.state / "control.sock")
        try:
            connection.request("GET", f"/api/v1/messages/{message}/parts/{number}")
            answer = connection.getresponse()
            assert answer.status == 200
            return answer.read()
        finally:
            connection.close()


class Writer(threading.Thread):
    """A program that sends pictures over the daemon's socket, each under its own key, and asks again until it is told 202."""

    def __init__(self, daemon, photos):
        super().__init__(daemon=True)
        self.house, self.photos, self.accepted, self.is_open = daemon, photos, {}, True

    def run(self):
        number = 0
        while self.is_open:
            number += 1
            kind = list(self.photos)[number % len(self.photos)]
            self.submit(f"{kind} {number}", self.photos[kind])
            time.sleep(0.4)

    def submit(self, text, photo):
        parts = [{"contentType": "image/jpeg", "name": "photo.jpg", "base64": base64.b64encode(photo.read_bytes()).decode()}]
        body = {"line": "home", "to": [FRIEND], "text": text, "parts": parts, "idempotencyKey": text.replace(" ", "-")}
        while self.is_open:
            try:
                status, document = self.house.api("POST", "/api/v1/messages", body)
            except (OSError, http.client.HTTPException, ValueError):
                time.sleep(0.05)
                continue
            if status == 202:
                self.accepted[text] = document["id"]
                return
            assert status == 503, f"{status} {document}"
            time.sleep(0.1)


@pytest.fixture
def photos(tmp_path):
    """One that leaves as it is, and one that bears a comment, for which it is encoded anew by a tool before it leaves."""
    source = ["-f", "lavfi", "-i", "testsrc=size=640x480", "-frames:v", "1"]
    made = {name: tmp_path / f"{name}.jpg" for name in ("bare", "noted")}
    for name, options in (("bare", ["-flags:v", "+bitexact", "-fflags", "+bitexact"]), ("noted", [])):
        subprocess.run([need("ffmpeg", "ffmpeg"), "-loglevel", "error", "-y", *source, *options, str(made[name])], check=True)
    assert b"Lavc" in made["noted"].read_bytes() and b"Lavc" not in made["bare"].read_bytes()
    return made


def picture_in(message):
    """The JPEG of a message that left; the words behind it have no such octets."""
    octets = bytes.fromhex(message["pdu"])
    return octets[octets.index(b"\xff\xd8\xff"):octets.rindex(b"\xff\xd9") + 2]


def test_kills_while_photos_move_both_ways(tmp_path, photos, long):
    """R01 Photos come from the carrier and leave for it while the daemon is killed at random moments: none is lost, none is doubled, each is whole;
    the sends in doubt are those whose answer was cut off."""
    rounds, seed = 100 if long else 8, random.randrange(1 << 30)
    chance = random.Random(seed)
    modem = VirtualModem(tmp_path, mmsc=0)
    daemon = PictureDaemon(tmp_path / "homeline", {"home": modem})
    daemon.start()
    writer = Writer(daemon, photos)
    writer.start()
    sent = []
    for number in range(rounds):
        for half in "ab":
            sent.append(f"in {number}{half}")
            modem.order("picture", **{"from": FRIEND, "files": [str(photos["noted"])], "text": sent[-1]})
        time.sleep(chance.uniform(0.2, 2.5))
        daemon.kill()
        daemon.start()
    writer.is_open = False
    writer.join(30)
    assert not writer.is_alive()

    def quiet():
        messages = daemon.messages()
        return set(sent) <= {message["text"] for message in messages} and "queued" not in [message["state"] for message in messages]
    eventually(quiet, 240, lambda: f"an end of it (seed {seed}), where {[(m['text'], m['state']) for m in daemon.messages()]}: this")

    messages, octets = daemon.messages(), {name: photo.read_bytes() for name, photo in photos.items()}
    incoming = [message for message in messages if message["direction"] == "incoming" and message["sender"]["text"] == FRIEND]
    assert sorted(message["text"] for message in incoming) == sorted(sent), f"seed {seed}"
    for message in incoming:
        assert octets["noted"] in [daemon.octets(message["id"], number) for number in range(len(message["parts"]))], f"seed {seed}: {message}"
    outgoing = [message for message in messages if message["direction"] == "outgoing"]
    recorded = Counter(message["text"] for message in outgoing)
    assert len(writer.accepted) > rounds, "too few photos left to mean anything"
    assert {text: recorded[text] for text in writer.accepted} == dict.fromkeys(writer.accepted, 1), f"seed {seed}"
    assert set(recorded.values()) == {1}, f"seed {seed}: {recorded}"
    states = {message["text"]: message["state"] for message in outgoing}
    assert set(states.values()) <= {"sent", "delivered", "inDoubt"}, f"seed {seed}: {states}"
    doubtful = {text for text, state in states.items() if state == "inDoubt"}
    assert len(doubtful) <= rounds, f"seed {seed}: {doubtful}"
    pictures = modem.order("pictures")["pictures"]
    outside = [text_of(picture) for picture in pictures]
    assert len(outside) == len(set(outside)), f"seed {seed}: doubled {outside}"
    assert set(states) - doubtful <= set(outside) <= set(states), f"seed {seed}"
    came = {name: {picture_in(picture) for picture in pictures if text_of(picture).startswith(name)} for name in photos}
    assert came["bare"] == {octets["bare"]}, f"seed {seed}: not whole"
    # The same octets are encoded to the same octets.
    assert len(came["noted"]) == 1, f"seed {seed}: not whole"
    subprocess.run(["ffmpeg", "-loglevel", "error", "-xerror", "-i", "-", "-f", "null", "-"], input=came["noted"].pop(), check=True)
    print(f"R01: {rounds} kills, {len(sent)} photos in, {len(outgoing)} out, each whole, lost 0, doubled 0, in doubt {len(doubtful)}")
    daemon.stop()
    modem.stop()


def text_of(picture):
    return next(part["text"] for part in picture["parts"] if part.get("text"))
