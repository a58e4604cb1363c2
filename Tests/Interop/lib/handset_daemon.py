"""A daemon whose line's SIM is in somebody's phone."""

import base64
import subprocess

from homeline_daemon import HomelineDaemon
from programs import Background, eventually, homeline, need

FRIEND = "+12025550123"


class HandsetDaemon(HomelineDaemon):
    """A daemon with one line; its keys are what `home` says."""

    def line(self, keys):
        return keys

    def restart_while_away(self):
        """Kills it as a power cut does, and starts it without waiting for the phone."""
        self.kill()
        self.begin()

    def begin(self):
        self.program = Background(self.directory, "homeline", homeline(), "run", "--config", self.config)
        eventually(lambda: self.health() is not None, 30, "the daemon")

    def submit(self, key, text="", files=()):
        """A message to the friend, which is taken."""
        status, answer = self.hand_in(key, text, files)
        assert status in (200, 201, 202), answer
        return answer

    def hand_in(self, key, text="", files=()):
        """What is answered to a message to the friend."""
        body = {"line": "home", "to": [FRIEND], "idempotencyKey": key}
        if text:
            body["text"] = text
        if files:
            body["parts"] = [{"contentType": "image/jpeg", "base64": base64.b64encode(octets).decode(), "name": "photo.jpg"} for octets in files]
        return self.api("POST", "/api/v1/messages", body)

    def delivery(self, text):
        """The one delivery to the carrier."""
        return self.message(text)["deliveries"][0]

    def told(self, text):
        """What the message's timeline says, line by line."""
        return [entry["detail"] for entry in self.api("GET", f"/api/v1/messages/{self.message(text)['id']}/timeline")[1]["entries"]]

    def wait_delivery(self, text, state, within=30):
        eventually(lambda: self.delivery(text)["state"] == state, within, lambda: f"'{state}' in {self.message(text)}: this")

    def wait_health(self, state, words="", within=30):
        """Waits until the line is so, and says so in these words."""
        def is_so():
            line = self.parts()["home"]
            return line["state"] == state and words in line["summary"]
        eventually(is_so, within, lambda: f"'{state}' with '{words}' of the line, which says {self.parts()['home']}: this")


def photo(directory, name, size):
    """A JPEG of noise: one that does not become small by itself."""
    path = directory / name
    command = [need("ffmpeg", "ffmpeg"), "-loglevel", "error", "-f", "lavfi", "-i", f"nullsrc=s={size},geq=random(1)*255:128:128", "-frames:v", "1", path]
    subprocess.run(command, check=True, timeout=60)
    return path.read_bytes()
