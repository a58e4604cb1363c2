"""ofono, whose phonesim driver takes a modem over TCP: identify, send and receive. It refuses emoji by itself."""

import socket

import pytest

from message_bus import MessageBus
from programs import eventually, free_port, need

MODEM = "/sim0"


@pytest.fixture
def ofono(start_modem, run, tmp_path):
    """Calls on a running ofono whose modem is online; the modem; a record of ofono's signals."""
    port = free_port()
    modem = start_modem("generic", tcp=port)
    # ofono's driver is for a modem that does not echo and never says ATE0.
    with socket.create_connection(("127.0.0.1", port), 5) as terminal:
        terminal.sendall(b"ATE0\r")
        assert terminal.recv(64)
    bus = MessageBus(run, tmp_path)
    settings = tmp_path / "phonesim.conf"
    settings.write_text(f"[sim0]\nDriver=phonesim\nAddress=127.0.0.1\nPort={port}\n")
    run("ofonod", need("ofonod", "ofono"), "-n", "-d", env={**bus.env, "OFONO_PHONESIM_CONFIG": str(settings), "OFONO_AT_DEBUG": "1"})
    call = lambda method, *arguments: bus.call("org.ofono", MODEM, f"org.ofono.{method}", *arguments)
    eventually(lambda: call("Modem.SetProperty", "Powered", "<true>"), 20, "the modem powered")
    eventually(lambda: call("Modem.SetProperty", "Online", "<true>"), 20, "the modem online")
    eventually(lambda: "org.ofono.MessageManager" in call("Modem.GetProperties"), 20, "ofono's message manager")
    signals = run("signals", bus.gdbus, "monitor", "--session", "-d", "org.ofono", env={**bus.env, "LC_ALL": "C.UTF-8"})
    signals.wait_for("Monitoring signals")
    return call, modem, signals


def test_identifies_sends_and_receives(ofono):
    call, modem, signals = ofono
    assert "Generic" in call("Modem.GetProperties")
    eventually(lambda: "registered" in call("NetworkRegistration.GetProperties"), 20, "registration")

    assert call("MessageManager.SendMessage", "+491701234567", "from ofono: Grüße")
    assert modem.wait_sent("from ofono: Grüße")["to"] == "+491701234567"

    assert call("MessageManager.SetProperty", "UseDeliveryReports", "<true>")
    long = "from ofono, in Kyrillisch: Привет, и ещё раз привет. " * 3
    assert call("MessageManager.SendMessage", "+491701234567", long)
    sent = modem.wait_sent(long)
    assert sent["segments"] > 1 and sent["report"]

    # A sender of this run's own: ofono keeps segments of earlier runs on disk.
    sender = f"+1555{free_port():07}"
    modem.text(sender, "for ofono: Привет " * 5)
    signals.wait_for("for ofono: Привет " * 5)
    assert sender in signals.output()
