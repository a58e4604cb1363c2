"""Floods of every method from thousands of addresses: a phone that is registered writes and is written to as if nothing were."""

import time

import pytest

from house import uri
from sip_phone import Delays, Phone, unique
from stream_flood import StreamFlood

NUMBER = "+15550100123"
METHODS = ["REGISTER", "OPTIONS", "INVITE", "MESSAGE", "SUBSCRIBE", "NONSENSE"]
# Octets that strangers together may be sent beyond what they sent, at once and each second: a new phone's first challenge is longer than its request.
FUND, FUND_RATE = 1_048_576, 16_384
# Whether the daemon has been flooded before: the tables are full then, and no flood may need more.
SEEN = []


def measure(house, phone, running, memory):
    """A text from outside and one of the phone's own, again and again while it lasts."""
    incoming, outgoing = Delays("a text to the phone"), Delays("a text of the phone's")
    while running():
        text = unique("from outside")
        start = time.monotonic()
        house.modem.text(NUMBER, text)
        arrived = phone.await_text(text)
        assert arrived, "a text did not come within 10 s"
        incoming.add(arrived - start)
        outgoing.add(phone.write(uri("bob"), unique("to bob")))
        memory.note()
        time.sleep(0.05)
    return incoming, outgoing


def is_undelayed(delays, quiet):
    """Half of them within 250 ms and 95 of 100 within 500, or within three times what they took before the flood."""
    return delays.is_within(250, quiet) and delays.is_within(500, quiet, 0.95)


def warm(house, phone):
    """Some texts before anything is measured, so that memory is what it is in use."""
    for _ in range(20):
        phone.write(uri("bob"), unique("warm"))


@pytest.mark.parametrize("method", METHODS)
def test_a_flood_does_not_delay_a_phone_that_is_known(house, phone, flooder, long, memory, method):
    """S04 While strangers at 10,000 addresses flood, half of a known phone's texts come and go within 250 ms and 95 of 100 within 500, memory
    stays below twice what it was and does not grow in a second flood, and strangers are sent hardly more than they sent."""
    warm(house, phone)
    memory.before = memory.now()
    quiet = measure(house, phone, iter([True] * 10 + [False]).__next__, memory)
    flood = flooder(house, method, 10_000, 20_000 if long else 4_000, 60 if long else 5, 64 + METHODS.index(method))
    incoming, outgoing = measure(house, phone, flood.is_running, memory)
    result = flood.result()
    print(f"\n{method}: {result['sent']} sent, {result['received']} answered {result['answers']}; {result['received_octets']} of"
          f" {result['sent_octets']} octets; {incoming}; {outgoing}; quiet: {quiet[0]}; {quiet[1]}; {memory}")
    assert result["sent"] > (100_000 if long else 5_000)
    assert is_undelayed(incoming, quiet[0]) and is_undelayed(outgoing, quiet[1])
    assert memory.peak < (1.25 if SEEN else 2) * memory.before
    SEEN.append(method)
    assert result["received_octets"] <= result["sent_octets"] + FUND + FUND_RATE * (62 if long else 7)


@pytest.mark.parametrize("method", ["OPTIONS", "MESSAGE"])
def test_a_flood_over_many_connections_does_not_delay_a_phone_that_is_known(house, phone, long, memory, method):
    """S04 Strangers write 600 requests a second over 300 TCP connections, or with --long as fast as they are read over 800, and connect anew
    when they are cut off: half of a known phone's texts come and go within 250 ms and 95 of 100 within 500, and memory grows by less than 64 KiB
    a connection."""
    connections = 800 if long else 300
    warm(house, phone)
    memory.before = memory.now()
    quiet = measure(house, phone, iter([True] * 10 + [False]).__next__, memory)
    batch, pause, seconds = (20, 0, 60) if long else (1, 0.5, 6)
    flood = StreamFlood(house, method, connections, batch, pause, seconds)
    incoming, outgoing = measure(house, phone, flood.is_running, memory)
    result = flood.result()
    print(f"\n{method} over {connections} connections: {result['sent']} sent, cut off {result['closed']} times; {result['received_octets']} of"
          f" {result['sent_octets']} octets; {incoming}; {outgoing}; quiet: {quiet[0]}; {quiet[1]}; {memory}")
    assert result["sent"] > 2_000
    assert is_undelayed(incoming, quiet[0]) and is_undelayed(outgoing, quiet[1])
    assert memory.peak < memory.before + 64 * connections
