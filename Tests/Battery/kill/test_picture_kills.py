"""R01 for pictures: kill -9 while photos move in both directions."""

import base64
import http.client
import random
import subprocess
import threading
import time

import pytest

from homeline_daemon import HomelineDaemon
from programs import eventually, need
from virtual_modem import VirtualModem

FRIEND = "+15550100123"


class PictureDaemon(HomelineDaemon):
    level = "info"

    def line(self, modem):
        return {**super().line(modem), "mms": f'{{bearer: host, proxy: none, mmsc: "{modem.mmsc()}"}}'}


class Writer(threading.Thread):
    """A program that sends pictures over the daemon's socket, each under its own key, and asks again until it is told 202."""

    def __init__(self, daemon, photo):
        super().__init__(daemon=True)
        self.house, self.photo, self.accepted, self.is_open = daemon, base64.b64encode(photo).decode(), {}, True

    def run(self):
        number = 0
        while self.is_open:
            number += 1
            self.submit(f"out {number}")
            time.sleep(0.4)

    def submit(self, text):
        parts = [{"contentType": "image/jpeg", "name": "photo.jpg", "base64": self.photo}]
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
def photo(tmp_path):
    path = tmp_path / "photo.jpg"
    source = ["-f", "lavfi", "-i", "testsrc=size=640x480", "-frames:v", "1"]
    subprocess.run([need("ffmpeg", "ffmpeg"), "-loglevel", "error", "-y", *source, str(path)], check=True)
    return path


def test_kills_while_photos_move_both_ways(tmp_path, photo, long):
    """R01 Photos come from the carrier and leave for it while the daemon is killed at random moments: none is lost, none is doubled, each is whole;
    the sends in doubt are those whose answer was cut off."""
    rounds, seed = 100 if long else 8, random.randrange(1 << 30)
    chance = random.Random(seed)
    modem = VirtualModem(tmp_path, mmsc=0)
    daemon = PictureDaemon(tmp_path / "homeline", {"home": modem})
    daemon.start()
    writer = Writer(daemon, photo.read_bytes())
    writer.start()
    sent = []
    for number in range(rounds):
        for half in "ab":
            sent.append(f"in {number}{half}")
            modem.order("picture", **{"from": FRIEND, "files": [str(photo)], "text": sent[-1]})
        time.sleep(chance.uniform(0.2, 2.5))
        daemon.kill()
        daemon.start()
    writer.is_open = False
    writer.join(30)

    def quiet():
        messages = pages(daemon)
        return set(sent) <= {message["text"] for message in messages} and "queued" not in [message["state"] for message in messages]
    eventually(quiet, 240, lambda: f"an end of it (seed {seed}), where {[(m['text'], m['state']) for m in pages(daemon)]}: this")

    messages = pages(daemon)
    incoming = [message["text"] for message in messages if message["direction"] == "incoming" and message["sender"]["text"] == FRIEND]
    assert sorted(incoming) == sorted(sent), f"seed {seed}"
    size = photo.stat().st_size
    assert all(size in [part["size"] for part in message["parts"]] for message in messages if message["text"] in sent), f"seed {seed}"
    outgoing = {message["text"]: message["state"] for message in messages if message["direction"] == "outgoing"}
    assert set(writer.accepted) <= set(outgoing), f"seed {seed}"
    outside = [part["text"] for picture in modem.order("pictures")["pictures"] for part in picture["parts"] if part.get("text")]
    doubtful = {text for text, state in outgoing.items() if state == "inDoubt"}
    assert len(outside) == len(set(outside)), f"seed {seed}: doubled {outside}"
    assert {text for text, state in outgoing.items() if state in ("sent", "delivered")} <= set(outside), f"seed {seed}"
    assert set(outside) - doubtful <= set(outgoing), f"seed {seed}"
    print(f"R01: {rounds} kills, {len(sent)} photos in, {len(outgoing)} out, lost 0, doubled 0, in doubt {len(doubtful)}")
    daemon.stop()
    modem.stop()


def pages(daemon):
    found, after = [], ""
    while True:
        page = daemon.api("GET", f"/api/v1/messages?limit=100{after}")[1]["messages"]
        found += page
        if len(page) < 100:
            return found
        after = f"&after={page[-1]['id']}"
