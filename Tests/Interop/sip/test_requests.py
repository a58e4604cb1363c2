"""What the SIP side answers to single requests, right and wrong ones, and what becomes of them."""

import pytest

from house import House, uri
from homeline_daemon import DOMAIN
from programs import eventually
from raw_sip import RawSIP, Response

NUMBER = "+15550100123"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("requests"), {"alice": ["home"], "bob": ["home"]})
    yield house
    house.close()


@pytest.fixture(params=["udp", "tcp"])
def client(request, house):
    with RawSIP(house.accounts["alice"], request.param) as client:
        yield client


@pytest.fixture
def datagrams(house):
    with RawSIP(house.accounts["alice"], "udp") as client:
        yield client


@pytest.fixture
def stream(house):
    with RawSIP(house.accounts["alice"], "tcp") as client:
        yield client


def sent_like(house, text):
    """How often a text left: looked at when a later one has left, so that nothing is on its way any more."""
    with RawSIP(house.accounts["alice"]) as client:
        marker = f"after {text}"
        assert client.message(uri(NUMBER), marker).status == 202
    house.modem.wait_sent(marker)
    return sum(message["text"] == text for message in house.modem.sent())


@pytest.mark.parametrize("algorithm", ["SHA-256", "MD5"])
def test_both_digests_are_taken(house, client, algorithm):
    text = f"{client.transport} {algorithm}"
    assert client.message(uri(NUMBER), text, algorithm=algorithm).status == 202
    assert house.modem.wait_sent(text)["to"] == NUMBER


def test_a_retransmitted_message_is_one_message(house, datagrams):
    first = datagrams.exchange(datagrams.request("MESSAGE", uri(NUMBER), "Content-Type: text/plain", body="again"))
    proof = datagrams.authorization(
        first.get("www-authenticate"), "MESSAGE", uri(NUMBER), datagrams.account.user, datagrams.account.password)
    octets = datagrams.request("MESSAGE", uri(NUMBER), "Content-Type: text/plain", proof, body="again")
    answers = [datagrams.exchange(octets) for _ in range(3)]
    assert {answer.status for answer in answers} == {202}
    assert len({answer.get("to") for answer in answers}) == 1
    assert sent_like(house, "again") == 1


def test_a_message_is_known_by_its_call_id(house, client):
    text = f"one name over {client.transport}"
    for _ in range(3):
        assert client.message(uri(NUMBER), text, Call_ID=f"the-same-{client.transport}").status == 202
    assert sent_like(house, text) == 1


def test_the_same_words_are_another_message(house, client):
    text = f"ok over {client.transport}"
    for _ in range(2):
        assert client.message(uri(NUMBER), text).status == 202
    assert sent_like(house, text) == 2


def test_options_tell_what_is_understood(client):
    answer = client.exchange(client.request("OPTIONS", f"sip:{DOMAIN}", From="<sip:stranger@example.org>;tag=x"))
    assert answer.status == 200
    assert {"MESSAGE", "REGISTER", "OPTIONS"} <= {method.strip() for method in answer.get("allow").split(",")}
    assert "text/plain" in answer.get("accept")


def test_an_unknown_method_is_refused(client):
    answer = client.exchange(client.request("PUBLISH", f"sip:{DOMAIN}"))
    assert answer.status == 405
    assert "MESSAGE" in answer.get("allow")


def test_typing_is_answered_and_goes_nowhere(house, client):
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing">'
        "<state>active</state><refresh>60</refresh></isComposing>")
    before = len(house.daemon.messages())
    assert client.call("MESSAGE", uri(NUMBER), "Content-Type: application/im-iscomposing+xml", body=body).status == 200
    assert len(house.daemon.messages()) == before


@pytest.mark.parametrize("kind", ["image/png", "multipart/mixed; boundary=x", "text/html"])
def test_what_cannot_be_a_text_is_refused_with_what_can(client, kind):
    answer = client.call("MESSAGE", uri(NUMBER), f"Content-Type: {kind}", body="octets")
    assert answer.status == 415
    assert "text/plain" in answer.get("accept")


@pytest.mark.parametrize("other", ["bob", "+15550100123", "nobody"])
def test_nobody_writes_in_anothers_name(house, client, other):
    answer = client.message(uri(NUMBER), f"as {other}", From=f"<sip:{other}@{DOMAIN}>;tag=1")
    assert answer.status == 403
    assert f"as {other}" not in house.daemon.texts()


def test_nobody_registers_for_another(client):
    contact = f"Contact: <sip:alice@{client.address}>"
    assert client.register(contact, To=f"<sip:bob@{DOMAIN}>").status == 403


@pytest.mark.parametrize("number", ["112", "911", "not a number!", ""])
def test_what_cannot_be_texted_is_refused_with_a_reason(client, number):
    answer = client.message(f"sip:{number}@{DOMAIN}" if number else f"sip:{DOMAIN}", "help")
    assert 400 <= answer.status < 500
    assert len(answer.first.split(" ", 2)[2]) > 5


def test_line_ends_in_a_text_stay_in_it(house, client):
    # What would be commands, were it to leave its field.
    end = f"the end over {client.transport}"
    assert client.message(uri(NUMBER), f"one\r\n\x1a\x1bAT+CMGD=1,4\r\n{end}").status == 202
    sent = eventually(lambda: [message for message in house.modem.sent() if message["text"].endswith(end)], 10, "the text outside")
    assert len(sent) == 1
    assert "AT+CMGD=1,4" in sent[0]["text"]


@pytest.mark.parametrize("sender", ["Bank\r\nRoute: <sip:evil@example.org>", 'A">;x="', "a@b"])
def test_a_senders_name_never_leaves_its_header(house, datagrams, sender):
    assert datagrams.register(f"Contact: <sip:alice@{datagrams.address}>").status == 200
    name = sender[:11]
    house.modem.order("pdu", hex=named(name, "a name with barbs"))
    while True:
        message = datagrams.receive(10)
        if message.startswith(b"MESSAGE") and b"a name with barbs" in message:
            break
    head = message.partition(b"\r\n\r\n")[0].decode()
    lines = head.split("\r\n")
    assert all(":" in line and line.split(":")[0].replace("-", "").isalpha() for line in lines[1:])
    assert not any(line.lower().startswith("route") for line in lines)
    origin = [line for line in lines if line.startswith("From:")]
    assert len(origin) == 1 and origin[0].count("<") == 1 and origin[0].count(f"@{DOMAIN}>") == 1
    via = next(line for line in lines if line.startswith("Via:"))
    fields = [line for line in lines if line.split(":")[0] in ("From", "To", "Call-ID", "CSeq")]
    datagrams.send("\r\n".join(["SIP/2.0 200 OK", via, *fields, "Content-Length: 0"]).encode() + b"\r\n\r\n")
    assert datagrams.register(f"Contact: <sip:alice@{datagrams.address}>;expires=0").status == 200


def named(sender, text):
    """An SMS-DELIVER from an alphanumeric address (TS 23.040 §9.1.2.5), its septets taken from ASCII where the alphabets agree."""
    septets = [{"@": 0, "\r": 13, "\n": 10}.get(letter, ord(letter)) for letter in sender]
    bits = sum(septet << 7 * place for place, septet in enumerate(septets))
    octets = (7 * len(septets) + 7) // 8
    body = text.encode("utf-16-be")
    length = (7 * len(septets) + 3) // 4
    return (f"0004{length:02X}D0" + bits.to_bytes(octets, "little").hex() + "0008" + "62112100000000" + f"{len(body):02X}" + body.hex()).upper()


def test_keep_alives_on_a_connection_are_answered(stream):
    stream.send(b"\r\n\r\n")
    stream.more()
    assert stream.pending == b"\r\n"
    stream.pending = b""
    # A request in pieces behind another ping is a request still.
    octets = b"\r\n\r\n" + stream.request("OPTIONS", f"sip:{DOMAIN}")
    for place in range(0, len(octets), 97):
        stream.send(octets[place:place + 97])
    stream.more()
    assert stream.pending.startswith(b"\r\n")
    stream.pending = stream.pending[2:]
    assert Response(stream.receive()).status == 200


def test_what_is_too_large_is_refused_and_the_daemon_goes_on(house, stream):
    request = stream.request("MESSAGE", uri(NUMBER), "Content-Type: text/plain", body="x" * 10, Content_Length=str(1 << 30))
    try:
        stream.send(request)
        assert Response(stream.receive()).status in (400, 413)
    except (EOFError, ConnectionError):
        pass
    with RawSIP(house.accounts["alice"], "tcp") as other:
        # A header without end.
        try:
            other.send(b"OPTIONS sip:x SIP/2.0\r\nSubject: " + b"x" * (1 << 20))
            while other.receive():
                pass
        except (EOFError, ConnectionError):
            pass
    with RawSIP(house.accounts["alice"], "tcp") as other:
        answer = other.message(uri(NUMBER), "x" * 70_000)
        assert answer.status == 413
    with RawSIP(house.accounts["alice"], "tcp") as other:
        assert other.message(uri(NUMBER), "still there").status == 202
    house.modem.wait_sent("still there")


@pytest.mark.parametrize("rubbish", [b"\x00" * 100, b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 8000, b"MESSAGE\r\n\r\n"])
def test_rubbish_changes_nothing(house, datagrams, rubbish):
    datagrams.send(rubbish)
    assert datagrams.exchange(datagrams.request("OPTIONS", f"sip:{DOMAIN}")).status == 200


def test_a_binding_is_listed_and_taken_back(datagrams):
    instance = '+sip.instance="<urn:uuid:11111111-2222-4333-8444-555555555555>"'
    contact = f"<sip:alice@{datagrams.address};transport=udp>"
    answer = datagrams.register(f"Contact: {contact};{instance}", "Expires: 300")
    assert answer.status == 200
    listed = [value for value in answer.all("contact") if "11111111-2222" in value]
    assert len(listed) == 1 and f"sip:alice@{datagrams.address}" in listed[0] and "expires=" in listed[0]
    assert datagrams.register(f"Contact: {contact};{instance};expires=5").status == 423
    answer = datagrams.register(f"Contact: {contact};{instance};expires=0")
    assert answer.status == 200
    assert not [value for value in answer.all("contact") if "11111111-2222" in value]


def test_a_contact_of_two_kilobytes_is_kept(datagrams):
    token = "pn-prid=" + "A" * 2000 + ":remote"
    contact = f"<sip:alice@{datagrams.address};transport=udp;{token}>"
    answer = datagrams.register(f"Contact: {contact}")
    assert answer.status == 200
    assert any(token in value for value in answer.all("contact"))
    datagrams.register(f"Contact: {contact};expires=0")


def test_calls_are_refused_cleanly(house):
    phone = house.linphonec("bob", "tcp").on()
    mark = phone.process.mark()
    phone.process.type(f"call {uri(NUMBER)}")
    phone.process.wait_for("error.", 20, mark)
    assert "SIP/2.0 501" in phone.trace() or "SIP/2.0 488" in phone.trace()
    assert "ACK sip:" in phone.trace()
    # It is a phone for texts as before.
    house.modem.text(NUMBER, "call me later")
    phone.wait_texts(uri(NUMBER), ["call me later"])
