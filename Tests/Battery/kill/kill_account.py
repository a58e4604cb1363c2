"""The account of every id, end to end.

Lost: accepted (202 over HTTP or SIP, taken from the network by its acknowledgement) and not at its destination, nor shown in doubt.
Out of order: what one person wrote to another, at its destination.
Doubled: in the cellular network, the same text completely twice. At a phone, one text under two Call-IDs; at a webhook, one text under two
deliveries. The same Call-ID or delivery again is a transport's repetition, by which the receiver knows what it has: allowed, and counted.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field


@dataclass
class Account:
    written: int = 0
    brought: int = 0
    lost: list = field(default_factory=list)
    doubled: list = field(default_factory=list)
    disordered: list = field(default_factory=list)
    # In doubt and in the network; in doubt and not.
    doubts_sent: list = field(default_factory=list)
    doubts_unsent: list = field(default_factory=list)
    repeated: list = field(default_factory=list)
    sip_repetitions: int = 0
    hook_repetitions: int = 0

    @property
    def doubts(self):
        return self.doubts_sent + self.doubts_unsent

    def __str__(self):
        return (
            f"{self.written} written, {self.brought} brought; lost {len(self.lost)}, doubled {len(self.doubled)}, out of order "
            f"{len(self.disordered)}; in doubt {len(self.doubts)}, of which the network has {len(self.doubts_sent)}; repeated by policy "
            f"{len(self.repeated)}; repetitions under the same name: SIP {self.sip_repetitions}, webhook {self.hook_repetitions}")

    def check(self):
        assert not self.lost, f"lost: {self.lost[:10]}; {self}"
        assert not self.doubled, f"doubled: {self.doubled[:10]}; {self}"
        assert not self.disordered, f"out of order: {self.disordered[:10]}; {self}"


def account(house):
    """Compares what was accepted with what came, in both directions. `house` is drained."""
    found = Account()
    messages = house.daemon.messages()
    account_written(house, messages, found)
    account_brought(house, messages, found)
    account_news(house, messages, found)
    return found


def account_written(house, messages, found):
    written = house.written()
    found.written = len(written)
    records = defaultdict(list)
    for message in messages:
        if message["direction"] == "outgoing":
            records[message["text"]].append(message)
    sent = house.modem.order("sent")["sent"]
    complete = Counter(message["text"] for message in sent if message["complete"])
    for text, name in written.items():
        short = text[:20]
        if len(records[text]) != 1:
            (found.doubled if records[text] else found.lost).append(("record", short, len(records[text])))
            continue
        record = records[text][0]
        if text not in house.writer.accepted and record["id"] != name:
            found.doubled.append(("identifier", short))
        times = complete[text]
        # Only these can have been made again: the timelines of all would take long. One of two segments is whole once, also where its first came twice.
        is_plain = times == 1 and (len(text) < 160 or parts_sent(sent, text) == 2) and record["state"] in ("sent", "delivered")
        kinds = [] if is_plain else house.daemon.kinds(record["id"])
        repeats = kinds.count("repeated")
        if repeats:
            found.repeated.append(short)
        if times > 1 + repeats:
            found.doubled.append(("network", short, times))
        if record["state"] == "inDoubt":
            assert "inDoubt" in kinds, f"{short} is in doubt and its timeline does not say so: {kinds}"
            (found.doubts_sent if parts_sent(sent, text) > kinds.count("segmentAccepted") else found.doubts_unsent).append(short)
        elif times < 1 or record["state"] == "failed":
            found.lost.append(("network", short, times, record["state"]))
    for text, times in complete.items():
        if text not in written and text not in records:
            found.doubled.append(("from nowhere", text[:20], times))
    account_order(house, {text: messages[0]["id"] for text, messages in records.items()}, sent, found)


def account_order(house, identifiers, sent, found):
    """What one writer wrote to one person came in this order, but for what was in doubt: that is decided later, or by a person."""
    first = {message["text"]: message for message in reversed(sent) if message["complete"]}
    for part in (*house.callers, house.writer):
        conversations = defaultdict(list)
        for text in part.accepted:
            if text in first and text in identifiers:
                conversations[first[text]["to"]].append(text)
        for recipient, texts in conversations.items():
            if is_ordered(texts, first):
                continue
            # Only these: the timelines of all would take long.
            certain = [text for text in texts if not {"inDoubt", "repeated"} & set(house.daemon.kinds(identifiers[text]))]
            if not is_ordered(certain, first):
                found.disordered.append(("network", part.name, recipient))


def is_ordered(texts, first):
    """Whether their first segments came in this order."""
    places = [first[text]["id"] for text in texts]
    return places == sorted(places)


def parts_sent(sent, text):
    """Segments of the text that the network has, complete or not."""
    return sum(len(message["tpdus"]) for message in sent if message["text"] and (text == message["text"] or text.startswith(message["text"]) and not message["complete"]))


def account_brought(house, messages, found):
    outside = house.outside.accepted
    found.brought = len(outside)
    records = Counter(message["text"] for message in messages if message["direction"] == "incoming" and message["text"] in outside)
    places = {"webhook": house.hook.received(), **{phone.name: phone.texts() for phone in house.phones}}
    for text in outside:
        if records[text] != 1:
            (found.doubled if records[text] else found.lost).append(("record", text[:20], records[text]))
        for place, came in places.items():
            names = came.get(text, [])
            if len(names) != 1:
                (found.doubled if names else found.lost).append((place, text[:20], names))
    by_sender = defaultdict(list)
    for text, sender in outside.items():
        by_sender[sender].append(text)
    for sender, texts in by_sender.items():
        for place, order in [("webhook", house.hook.order(sender)), *((phone.name, phone.order(sender)) for phone in house.phones)]:
            if [text for text in order if text in outside] != texts:
                found.disordered.append((place, sender))
    found.sip_repetitions = sum(count - 1 for phone in house.phones for count in phone.copies.values())
    found.hook_repetitions = sum(count - 1 for count in house.hook.posts.values())


def account_news(house, messages, found):
    """Reports: each delivered text was told to the webhook once, and to the phone that wrote it once."""
    statuses = house.hook.statuses()
    ticks = house.phones[0].ticks()
    for message in messages:
        if message["direction"] != "outgoing" or message["state"] != "delivered":
            continue
        told = statuses.get((message["id"], "delivered"), [])
        if len(told) != 1:
            (found.doubled if told else found.lost).append(("news", message["text"][:20], told))
        call = house.writer.accepted.get(message["text"])
        if call and ticks.get(call, 0) != 1:
            (found.doubled if ticks.get(call) else found.lost).append(("tick", message["text"][:20], ticks.get(call, 0)))
