"""A server to judge: the one that HOMELINE_URL and HOMELINE_TOKEN name, else a daemon of our own over a loopback line."""

import os
import subprocess
import time
import urllib.error
import urllib.request

import pytest
from programs import free_port


def wait_until_answered(url, process, seconds=20):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, "the daemon ended by itself"
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the daemon did not answer")


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """URL and admin token."""
    url, token = os.environ.get("HOMELINE_URL"), os.environ.get("HOMELINE_TOKEN")
    if url and token:
        yield url.rstrip("/"), token
        return
    homeline = os.environ.get("HOMELINE")
    if not homeline:
        pytest.skip("neither HOMELINE_URL and HOMELINE_TOKEN nor HOMELINE are set")
    directory = tmp_path_factory.mktemp("daemon")
    port = free_port()
    configuration = directory / "homeline.yaml"
    configuration.write_text(
        f"state: {directory}/state\ncountry: US\nlines:\n  home:\n    trunk: loopback\n"
        f"endpoints:\n  verification:\n    countries: [US]\nhttp:\n  listen: 127.0.0.1:{port}\n"
    )
    with open(directory / "log", "wb") as log:
        daemon = subprocess.Popen([homeline, "run", "--config", configuration], stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until_answered(url + "/health", daemon)
            create = [homeline, "token", "create", "judge", "--scope", "admin", "--config", configuration]
            made = subprocess.run(create, capture_output=True, text=True, check=True, timeout=20)
            yield url, made.stdout.strip()
        finally:
            daemon.terminate()
            daemon.wait(timeout=20)
