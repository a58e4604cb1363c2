"""The modem's cable comes out at every point of a delivery report's way: no report is lost, none is told twice."""

import time

from programs import eventually, together

# Seconds from the unplugging to the report: while it is handed over, as it comes, before it is due.
MOMENTS = [-0.02, -0.002, 0, 0.001, 0.002, 0.004, 0.006, 0.008, 0.016, 0.05, 0.5]
SHORT = MOMENTS[1::3]
DUE = 0.6


def test_a_report_comes_though_the_modem_is_unplugged_when_it_is_handed_over(start_house, long, show):
    """R28: `generic` keeps reports until they are read; `sim800` hands them over at once and asks for no word of it, so what had not
    been read from the cable when it came out is gone with it."""
    kinds = ["generic", "sim800"]
    houses = [start_house(answer_after=0, personality=kind) for kind in kinds]
    taken = together(unplug_at_reports, [(house, MOMENTS if long else SHORT) for house in houses])
    for kind, (times, gone) in zip(kinds, taken):
        told = f"told after {min(times):.1f} to {max(times):.1f} s" if times else "none told"
        show(f"R28: {kind}, unplugged at {len(times) + gone} moments around a report: {told}, gone with the cable {gone}")


def unplug_at_reports(house, moments):
    """The seconds after which each text was reported, and how many reports were in the cable when it came out."""
    house.modem.order("reports", outcome="delivered", seconds=DUE)
    times, gone = [], 0
    for number, moment in enumerate(moments):
        text = f"report {number}"
        message = house.daemon.api(
            "POST", "/api/v1/messages", {"line": "home", "to": ["+15550100201"], "text": text, "idempotencyKey": f"report-{number}"})[1]["id"]

        def state():
            return house.daemon.api("GET", f"/api/v1/messages/{message}")[1]["state"]

        # Looked at closely, for the moments are milliseconds apart.
        began = time.monotonic()
        while len(house.modem.sent()) <= number:
            assert time.monotonic() < began + 10, "the text did not leave"
        sent = time.monotonic()
        eventually(lambda: state() != "queued", 10, "the modem's answer")
        time.sleep(max(0, sent + DUE - moment - time.monotonic()))
        house.modem.order("fault", fault="vanish", seconds=0.7)
        unplugged = house.modem.state()
        assert not unplugged["plugged"]
        try:
            eventually(lambda: state() == "delivered", 30, lambda: f"the report of '{text}', {state()}, modem {house.modem.state()}: it")
            times.append(time.monotonic() - sent)
        except AssertionError:
            # Only octets that were still in the cable excuse a modem that keeps nothing.
            if unplugged["personality"] != "sim800" or unplugged["lost"] == 0:
                raise
            gone += 1
        eventually(lambda: house.daemon.health() == "working" and house.modem.state()["attached"], 30, "a working modem")
    statuses = house.hook.statuses()
    assert all(len(names) == 1 for names in statuses.values()), statuses
    return times, gone
