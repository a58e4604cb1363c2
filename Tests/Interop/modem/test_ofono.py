"""ofono, whose phonesim driver takes a modem over TCP: identify, send and receive. It refuses emoji by itself."""

import pytest

from message_bus import MessageBus
from programs import eventually, free_port, need

MODEM = "/sim0"


@pytest.fixture
def ofono(start_modem, run, tmp_path):
    """Calls on a running ofono whose modem is online; the modem; the daemon."""
    port = free_port()
    modem = start_modem("generic", tcp=port)
    bus = MessageBus(run, tmp_path)
    settings = tmp_path / "phonesim.conf"
    settings.write_text(f"[sim0]\nDriver=phonesim\nAddress=127.0.0.1\nPort={port}\n")
    daemon = run("ofonod", need("ofonod", "ofono"), "-n", "-d", env={**bus.env, "OFONO_PHONESIM_CONFIG": str(settings), "OFONO_AT_DEBUG": "1"})
    call = lambda method, *arguments: bus.call("org.ofono", MODEM, f"org.ofono.{method}", *arguments)
    eventually(lambda: call("Modem.SetProperty", "Powered", "<true>"), 20, "the modem powered")
    eventually(lambda: call("Modem.SetProperty", "Online", "<true>"), 20, "the modem online")
    eventually(lambda: "org.ofono.MessageManager" in call("Modem.GetProperties"), 20, "ofono's message manager")
    return call, modem, daemon


def test_identifies_sends_and_receives(ofono):
    call, modem, daemon = ofono
    assert "Generic" in call("Modem.GetProperties")
    eventually(lambda: "registered" in call("NetworkRegistration.GetProperties"), 20, "registration")

    assert call("MessageManager.SendMessage", "+491701234567", "from ofono: Grüße")
    assert modem.wait_sent("from ofono: Grüße")["to"] == "+491701234567"

    watch = daemon.log.stat().st_size
    modem.text("+15551234567", "for ofono")
    eventually(lambda: "+CMTI" in daemon.output()[watch:] or "+CMT:" in daemon.output()[watch:], 10, "the indication")
    eventually(lambda: modem.state()["stored"]["SM"] == 0, 10, "ofono to take the text off the card")
