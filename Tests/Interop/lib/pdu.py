"""SMS-DELIVER (3GPP TS 23.040 §9.2.2.1) as the network hands it to a modem, for what the control interface's `text` cannot say."""

from datetime import datetime, timedelta, timezone


def swapped(digits):
    digits += "F" * (len(digits) % 2)
    return "".join(digits[place + 1] + digits[place] for place in range(0, len(digits), 2))


def timestamp(seconds, quarters):
    """TP-SCTS: local time and its distance from UTC in quarter hours."""
    local = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=15 * quarters)))
    zone = f"{abs(quarters):02d}"
    if quarters < 0:
        zone = f"{int(zone[0]) | 8:X}{zone[1]}"
    return swapped(local.strftime("%y%m%d%H%M%S") + zone)


def deliver(sender, text, seconds, quarters=0):
    """From an international number, in UCS-2, with an empty service-centre field before it."""
    digits = sender.lstrip("+")
    body = text.encode("utf-16-be")
    assert len(body) <= 140
    return f"0004{len(digits):02X}91{swapped(digits)}0008{timestamp(seconds, quarters)}{len(body):02X}{body.hex().upper()}"
