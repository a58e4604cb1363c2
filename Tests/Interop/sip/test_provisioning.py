"""Apps that are set up by a link and nothing else, or by what a person types."""

import pytest

from baresip import Baresip
from homeline_daemon import DOMAIN
from house import uri
from linphone import LinphoneDaemon, ProvisionedLinphone
from programs import eventually
from provisioning import ProvisioningDaemon, scan_half_blocks

NUMBER = "+15550100123"


@pytest.fixture
def apps():
    """Apps that are switched off after the test, however it ends."""
    started = []
    yield started
    for app in started:
        app.lose_power()


@pytest.fixture(params=["tcp", "tls"])
def daemon(tmp_path, request, modem):
    daemon = ProvisioningDaemon(tmp_path / "homeline", request.param, modem)
    daemon.add_person("alice", ["home"])
    daemon.start()
    yield daemon
    daemon.stop()


@pytest.fixture
def plain_daemon(tmp_path):
    daemon = ProvisioningDaemon(tmp_path / "homeline")
    daemon.add_person("alice", ["home"])
    daemon.start()
    yield daemon
    daemon.stop()


def linphone(daemon, apps, tmp_path, link):
    app = ProvisionedLinphone(tmp_path / f"app{len(apps)}", alice(daemon), link, daemon.authority)
    apps.append(app)
    return app


def alice(daemon):
    from homeline_daemon import Account
    return Account("alice", "", daemon.ports)


def test_linphone_needs_nothing_but_the_link(daemon, modem, apps, tmp_path):
    link, _ = daemon.provision("alice", "--label", "pocket")
    assert link.startswith(daemon.url + "/provision/hl_")
    app = linphone(daemon, apps, tmp_path, link).on()
    assert app.trace().count("REGISTER sip:" + DOMAIN) >= 1
    app.send(uri(NUMBER), "set up by a code 😀")
    assert modem.wait_sent("set up by a code 😀")["to"] == NUMBER
    app.wait_state("set up by a code 😀", "deliveredToUser")
    modem.text(NUMBER, "welcome")
    app.wait_texts(uri(NUMBER), ["welcome"])
    # It has arrived, so the link is good for nobody any more, and the app does not ask again when it starts.
    assert daemon.fetch(link)[0] == 410
    eventually(lambda: "pocket" in daemon.command("person", "list", "--config", daemon.config), 5, "the label of the app")
    app.off()
    settings = app.settings.read_text()
    assert "config-uri" not in settings and "ha1=" in settings and "passwd=" not in settings
    (app.home / "trace.log").unlink()
    app.on()
    modem.text(NUMBER, "still here")
    app.wait_texts(uri(NUMBER), ["welcome", "still here"])


def test_a_fetch_that_was_lost_can_be_made_again_from_the_same_place(plain_daemon, apps, tmp_path):
    daemon = plain_daemon
    link, _ = daemon.provision("alice")
    for _ in range(2):
        status, kind, document = daemon.fetch(link)
        assert (status, kind) == (200, "application/xml") and "auth_info_0" in document
    assert daemon.fetch(link, source="127.0.0.2")[0] == 410
    # A browser is told what it is, and previews of chats take nothing.
    fresh, _ = daemon.provision("alice")
    assert daemon.fetch(fresh, {"Accept": "*/*"})[0] == 400
    status, kind, page = daemon.fetch(fresh, {"Accept": "text/html"})
    assert status == 200 and kind.startswith("text/html") and "<svg" in page
    assert daemon.fetch(fresh, source="127.0.0.2")[0] == 200
    assert daemon.fetch(daemon.url + "/provision/hl_nothing")[0] == 404


def test_the_code_in_the_terminal_is_the_link(plain_daemon):
    link, picture = plain_daemon.provision("alice")
    assert scan_half_blocks(picture) == link


def test_an_app_that_is_forgotten_is_shut_out_and_others_go_on(plain_daemon, apps, tmp_path):
    daemon = plain_daemon
    lost = linphone(daemon, apps, tmp_path, daemon.provision("alice", "--label", "lost")[0]).on()
    kept = linphone(daemon, apps, tmp_path, daemon.provision("alice", "--label", "kept")[0]).on()
    listed = lambda: daemon.command("person", "list", "--config", daemon.config)
    line = eventually(lambda: next((line for line in listed().splitlines() if line.endswith("lost")), None), 5, "the lost app")
    daemon.command("person", "forget", "alice", line.split()[0], "--config", daemon.config)
    kept.send(uri(NUMBER), "only for the one that is kept")
    kept.wait_texts(uri(NUMBER), ["only for the one that is kept"])
    lost.lose_power()
    (lost.home / "trace.log").unlink()
    lost.switch_on()
    eventually(lambda: "to [LinphoneRegistrationFailed]" in lost.trace(), 20, "the lost app's failure")
    assert not lost.is_registered() and "lost" not in listed()
    assert lost.texts(uri(NUMBER)) == []


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_baresip_by_what_a_person_types(plain_daemon, apps, tmp_path, transport):
    account = plain_daemon.plain("alice")
    assert account.ports == plain_daemon.ports and len(account.password) == 20
    app = Baresip(tmp_path / "app", account, uri(NUMBER), transport)
    apps.append(app)
    app.on()
    app.send("typed by hand 😀")
    app.wait_text(uri(NUMBER), "typed by hand 😀")
    # The account's own password is as good as before.
    other = LinphoneDaemon(tmp_path / "other", plain_daemon.add_person("alice", ["home"]), "tcp")
    apps.append(other)
    other.on()
