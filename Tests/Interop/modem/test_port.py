"""What a terminal program lives through on the port itself, when the device misbehaves."""

import os
import select
import time
import tty

import pytest

from virtual_modem import eventually

# An SMS-SUBMIT of "Hello" to +15551234567; its length is 18 octets.
PDU = "0011000B915155214365F70000A705C8329BFD06"


class Terminal:
    """One open terminal on the modem's port."""

    def __init__(self, path):
        self.port = os.open(path, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(self.port)

    def type(self, text, until, within=5):
        """Writes the text and reads until an end is seen; an error when the device is gone."""
        os.write(self.port, text.encode())
        seen, deadline = "", time.monotonic() + within
        while until not in seen:
            ready = select.select([self.port], [], [], max(0, deadline - time.monotonic()))[0]
            assert ready, f"no {until!r} in {seen!r}"
            octets = os.read(self.port, 4096)
            if not octets:
                raise OSError("the device is gone")
            seen += octets.decode()
        return seen

    def close(self):
        os.close(self.port)


@pytest.fixture
def terminal(modem):
    terminals = []

    def open_terminal():
        terminals.append(Terminal(modem.pty))
        return terminals[-1]

    yield open_terminal
    for one in terminals:
        one.close()


def test_settings_outlive_the_terminal(terminal):
    first = terminal()
    first.type("ATE0;+CNMI=2,1,0,2,0\r", "OK\r\n")
    second = terminal()
    assert second.type("AT+CNMI?\r", "OK\r\n") == "\r\n+CNMI: 2,1,0,2,0\r\n\r\nOK\r\n"


def test_the_device_goes_in_the_middle_of_a_pdu_and_comes_back(modem, terminal):
    modem.order("fault", fault="disconnect", octets=20, seconds=0.5)
    first = terminal()
    first.type("ATE0\r", "OK\r\n")
    first.type(f"AT+CMGS={len(PDU) // 2 - 1}\r", "> ")
    with pytest.raises(OSError):
        first.type(PDU + "\x1a", "OK\r\n")
    eventually(lambda: modem.pty.exists() and modem.state()["attached"], 10, "the device, and its network")
    assert modem.sent() == []
    second = terminal()
    second.type("ATE0\r", "OK\r\n")
    second.type(f"AT+CMGS={len(PDU) // 2 - 1}\r", "> ")
    assert "+CMGS: " in second.type(PDU + "\x1a", "OK\r\n")
    assert modem.wait_sent("Hello")["to"] == "+15551234567"


def test_the_answer_is_lost_and_the_message_is_not(modem, terminal):
    modem.order("fault", fault="loseAnswer")
    port = terminal()
    port.type("ATE0\r", "OK\r\n")
    port.type(f"AT+CMGS={len(PDU) // 2 - 1}\r", "> ")
    with pytest.raises(AssertionError):
        port.type(PDU + "\x1a", "+CMGS", within=0.5)
    assert len(modem.sent()) == 1
    assert port.type("AT\r", "OK\r\n") == "\r\nOK\r\n"


def test_texts_wait_while_the_device_is_away(modem, terminal):
    modem.order("fault", fault="vanish")
    eventually(lambda: not os.path.lexists(modem.pty), 20, "the link to go")
    modem.text("+15551234567", "one")
    modem.text("+15551234567", "two")
    assert modem.state()["waiting"] == 2
    modem.order("fault", fault="plug")
    eventually(lambda: modem.state()["stored"]["SM"] == 2, 20, "both texts on the card")
    assert terminal().type("ATE0;+CMGL=4\r", "OK\r\n").count("+CMGL: ") == 2
