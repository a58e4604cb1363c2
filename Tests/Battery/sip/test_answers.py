"""What a peer may answer to a text, and when it is tried again: once on each device, whatever happens on the way."""

import socket
import time

import pytest

from house import uri
from programs import eventually
from sip_phone import Phone, unique

NUMBER = "+15550100125"


def delivery(house, text):
    """State and attempts of the one delivery of a text to a device."""
    deliveries = house.daemon.message(text)["deliveries"]
    return [one for one in deliveries if "device" in str(one) or one.get("endpoint") == "softphone"]


def behaviour(*answers):
    """Answers the first copy with the first list of start lines, the next with the second, all further ones with 200."""
    return lambda octets, count: answers[count - 1] if count <= len(answers) else ["200 OK"]


# What a phone says to the first copy of a text; how many messages (not copies of one) it is sent, and how long it may take until it has it.
CASES = {
    "at once": (behaviour(["200 OK"]), 1),
    "202": (behaviour(["202 Accepted"]), 1),
    "100 and then 200": (behaviour(["100 Trying", "200 OK"]), 1),
    "two answers": (behaviour(["200 OK", "200 OK"]), 1),
    "a failure after the answer": (behaviour(["200 OK", "500 Oops"]), 1),
    "an answer after a failure": (behaviour(["486 Busy Here", "200 OK"]), 2),
    "the answer is lost": (behaviour([], ["200 OK"]), 1),
    "100 only, then the answer": (behaviour(["100 Trying"], ["200 OK"]), 1),
    "408": (behaviour(["408 Request Timeout"]), 2),
    "480": (behaviour(["480 Temporarily Unavailable"]), 2),
    "486": (behaviour(["486 Busy Here"]), 2),
    "500": (behaviour(["500 Server Internal Error"]), 2),
    "503 with Retry-After": (behaviour(["503 Service Unavailable\r\nRetry-After: 8"]), 2),
    "503 with Retry-After of nothing": (behaviour(["503 Service Unavailable\r\nRetry-After: 0"]), 2),
    "302": (behaviour(["302 Moved Temporarily\r\nContact: <sip:ELSEWHERE>"]), None),
    "305": (behaviour(["305 Use Proxy\r\nContact: <sip:ELSEWHERE>"]), None),
}
FINAL = {"404": "404 Not Found", "603": "603 Decline", "606": "606 Not Acceptable"}


@pytest.fixture(scope="module")
def elsewhere():
    """Where a redirection points: somebody listens there."""
    with socket.socket(type=socket.SOCK_DGRAM) as place:
        place.bind(("127.14.4.1", 0))
        yield place


@pytest.fixture(scope="module")
def crowd(tmp_path_factory, elsewhere):
    """A house in which each case has a person of its own, so that all cases can run at once."""
    from house import House
    people = {f"p{number}": ["home"] for number in range(len(CASES))}
    house = House(tmp_path_factory.mktemp("answers"), people)
    address = "%s:%d" % elsewhere.getsockname()

    def pointing(behave):
        return lambda octets, count: [start.replace("ELSEWHERE", address) for start in behave(octets, count)]

    phones = {
        name: Phone(house.accounts[f"p{number}"], f"127.14.0.{number + 1}", behave=pointing(CASES[name][0])).register()
        for number, name in enumerate(CASES)}
    yield house, phones
    for phone in phones.values():
        phone.close()
    house.close()


@pytest.fixture(scope="module")
def text(crowd):
    """One text to them all, and time for what is tried again: the first wait is five seconds at most."""
    house, phones = crowd
    text = unique("whatever you answer")
    house.modem.text(NUMBER, text)
    for phone in phones.values():
        assert phone.await_text(text, 20)
    deadline = time.monotonic() + 14
    while time.monotonic() < deadline and any(
            wanted and len(attempts(phones[name], text)) < wanted for name, (_, wanted) in CASES.items()):
        time.sleep(0.2)
    # Long enough for a copy too many.
    time.sleep(3)
    return text


def attempts(phone, text):
    """Distinct transactions: copies of one have the same branch."""
    return {octets.partition(b"branch=")[2].partition(b";")[0].partition(b"\r")[0] for _, octets in phone.copies.get(text, [])}


def names(phone, text):
    """Distinct messages, as an app tells them apart."""
    return {octets.lower().partition(b"call-id: ")[2].partition(b"\r")[0] for _, octets in phone.copies[text]}


@pytest.mark.parametrize("name", CASES)
def test_each_answer_has_its_consequence(crowd, text, name):
    """R21 An answer settles it, a passing failure is tried again after seconds, and every try is the same message by its Call-ID."""
    _, phones = crowd
    wanted = CASES[name][1]
    tries = attempts(phones[name], text)
    assert len(names(phones[name], text)) == 1
    if wanted:
        assert len(tries) == wanted
    else:
        assert 1 <= len(tries) <= 3


def test_a_redirection_is_not_followed(crowd, text, elsewhere):
    """R21 A text goes where its person registered, and to nobody that a peer points to."""
    elsewhere.setblocking(False)
    with pytest.raises(BlockingIOError):
        print(elsewhere.recv(65536))


def test_the_waits_are_those_of_the_table(crowd, text):
    """R21 After a passing failure: four to five seconds, by the policy's base and jitter; as long as the peer asks where that is longer."""
    _, phones = crowd
    waits = {}
    for name, (_, wanted) in CASES.items():
        if wanted == 2:
            times = [at for at, _ in phones[name].copies[text]]
            waits[name] = max(times) - min(times)
    print("\n" + ", ".join(f"{name}: {wait:.1f} s" for name, wait in waits.items()))
    asked = waits.pop("503 with Retry-After")
    assert 8 <= asked < 12
    assert all(3.5 < wait < 8 for wait in waits.values())


def test_an_answer_from_another_port_counts(house):
    """R21 A peer behind a balancer answers from another socket: the transaction, not the port, says what it belongs to."""
    with Phone(house.accounts["alice"], "127.14.1.1", behave=lambda octets, count: []) as phone:
        phone.register()
        text = unique("from another port")
        house.modem.text(NUMBER, text)
        assert phone.await_text(text)
        octets = phone.copies[text][0][1]
        with socket.socket(type=socket.SOCK_DGRAM) as other:
            other.bind(("127.14.1.1", 0))
            other.connect(("127.0.0.1", house.daemon.ports["udp"]))
            other.send(Phone.response(octets, "200 OK"))
        # What was on its way when the answer was sent.
        time.sleep(0.3)
        copies = len(phone.copies[text])
        # Unanswered it is repeated after 1 and 2 s more, under the same branch, and given up after ten.
        time.sleep(6)
        assert len(phone.copies[text]) == copies


def test_an_answer_by_somebody_else_does_not_count(house):
    """R21 A stranger who does not know the branch cannot take a text from its phone."""
    with Phone(house.accounts["alice"], "127.14.1.2", behave=lambda octets, count: [] if count == 1 else ["200 OK"]) as phone:
        phone.register()
        text = unique("not answered by a stranger")
        house.modem.text(NUMBER, text)
        assert phone.await_text(text)
        octets = phone.copies[text][0][1].replace(b"branch=z9hG4bK", b"branch=z9hG4bKx")
        with socket.socket(type=socket.SOCK_DGRAM) as other:
            other.bind(("127.14.1.3", 0))
            other.connect(("127.0.0.1", house.daemon.ports["udp"]))
            other.send(Phone.response(octets, "200 OK"))
        eventually(lambda: len(phone.copies[text]) > 1, 5, "the second copy")


@pytest.mark.parametrize("status", FINAL)
def test_a_refusal_for_good_is_final(house, status):
    """R21 What a device refuses for good is shown as failed and not tried again."""
    with Phone(house.accounts["alice"], f"127.14.2.{list(FINAL).index(status) + 1}", behave=lambda octets, count: [FINAL[status]]) as phone:
        phone.register()
        text = unique(f"refused by {status}")
        house.modem.text(NUMBER, text)
        assert phone.await_text(text)
        eventually(lambda: "failed" in str(house.daemon.message(text)), 10, "a failed delivery")
        assert len(attempts(phone, text)) == 1


def test_no_answer_at_all_is_tried_again_when_the_phone_comes_back(house):
    """R21 Nobody answers: the transaction repeats it for ten seconds; the next registration brings it at once, with the same name."""
    silent, text = [True], unique("nobody answers")
    with Phone(
            house.accounts["bob"], "127.14.3.1", behave=lambda octets, count: [] if silent[0] and text.encode() in octets else ["200 OK"]) as phone:
        phone.register()
        house.modem.text(NUMBER, text)
        assert phone.await_text(text)
        time.sleep(11)
        silent[0] = False
        before = len(phone.copies[text])
        phone.register()
        eventually(lambda: len(phone.copies[text]) > before, 10, "another try")
        time.sleep(1)
        assert len(names(phone, text)) == 1
        gaps = [later[0] - earlier[0] for earlier, later in zip(phone.copies[text], phone.copies[text][1:])]
        print("\nrepeated after " + ", ".join(f"{gap:.2f}" for gap in gaps) + " s")
        # Half a second, one and two: their sum tells of all three and bears a late look at one.
        assert before >= 4 and 3 < sum(gaps[:3]) < 5
