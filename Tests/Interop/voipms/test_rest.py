"""The API as clients of PyPI call it, and as others write their requests, octet by octet."""

import base64
import http.client
import json
import urllib.error
import urllib.parse
import urllib.request

import pytest

from conftest import OTHER, OWN, PASSWORD, USER
from homeline_daemon import HOST
from programs import eventually

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
LOGIN = {"api_username": USER, "api_password": PASSWORD}


@pytest.fixture
def client(service):
    """python-voipms; it has no setting for the address, and keeps it in two attributes."""
    voipms = pytest.importorskip("voipms")
    client = voipms.VoipMs(USER, PASSWORD)
    inner = client.dids._voipms_client
    inner.base_url = inner.base_url.replace("https://voip.ms", service.url)
    inner.post_url = inner.post_url.replace("https://voip.ms", service.url)
    return client


def call(service, method, **parameters):
    """A GET, and its answer, which is always 200."""
    query = urllib.parse.urlencode({**LOGIN, "method": method, **parameters})
    with urllib.request.urlopen(f"{service.url}/api/v1/rest.php?{query}", timeout=20) as answer:
        assert answer.status == 200 and answer.headers["Content-Type"] == "application/json"
        return json.loads(answer.read())


def post(service, body, content_type, chunked=False):
    connection = http.client.HTTPConnection(HOST, service.http, timeout=20)
    headers = {"Content-Type": content_type}
    connection.request("POST", "/api/v1/rest.php", body=iter([body[:100], body[100:]]) if chunked else body, headers=headers, encode_chunked=chunked)
    answer = connection.getresponse()
    assert answer.status == 200
    return json.loads(answer.read())


def test_python_voipms_sends_texts_and_pictures(client, service):
    sent = client.dids.send.sms(int(OWN), int(OTHER), "Hi from PyPI, 100% + more")
    assert sent["status"] == "success" and int(sent["sms"]) > 0
    # All that it lets pass as a picture is base64 without the beginning of a data URI.
    sent = client.dids.send.mms(int(OWN), int(OTHER), "look", media2=base64.b64encode(PNG))
    assert sent["status"] == "success" and int(sent["mms"]) > 0
    assert service.wait_told("look")["files"].startswith(service.url + "/files/")


def test_python_voipms_reads_what_came_and_deletes_it(client, service):
    client.dids.send.sms(int(OWN), int(OTHER), "to be read")
    service.wait_told("to be read")
    rows = client.dids.get.sms(did=int(OWN), contact=int(OTHER))["sms"]
    mine = [row for row in rows if row["message"] == "to be read"]
    assert {row["type"] for row in mine} == {"0", "1"}
    assert all(row["did"] == OWN and row["contact"] == OTHER for row in mine)
    assert client.dids.delete.sms(int(mine[0]["id"]))["status"] == "success"
    assert mine[0]["id"] not in [row["id"] for row in client.dids.get.sms(did=int(OWN))["sms"]]


def test_python_voipms_looks_around(client):
    assert client.general.get.balance()["balance"]["current_balance"]
    assert client.general.get.ip()["ip"] == HOST
    assert [row["did"] for row in client.dids.get.dids_info()["dids"]] == [OWN]
    assert [row["callerid_number"] for row in client.accounts.get.sub_accounts()["accounts"]] == [OWN]


def fields(**parameters):
    return {**LOGIN, "method": "sendSMS", "did": OWN, "dst": OTHER, **parameters}


def multipart(parameters, *head):
    """A body with these lines in each part's head, before or behind the disposition as they come."""
    parts = []
    for name, value in parameters.items():
        lines = [line.format(name=name, length=len(value.encode())) for line in head]
        parts.append("--b1\r\n" + "\r\n".join(lines) + f"\r\n\r\n{value}\r\n")
    return ("".join(parts) + "--b1--\r\n").encode()


DISPOSITION = 'Content-Disposition: form-data; name="{name}"'


@pytest.mark.parametrize(
    "head",
    [["Content-Type: text/plain; charset=utf-8", DISPOSITION], [DISPOSITION, "Content-Length: {length}"], [DISPOSITION]],
    ids=["aiohttp", "okhttp", "requests"],
)
@pytest.mark.parametrize("chunked", [False, True])
def test_multipart_bodies_of_other_clients(service, head, chunked):
    text = f"{head[0]} {chunked} é+%41\r\nline"
    assert post(service, multipart(fields(message=text), *head), "multipart/form-data; boundary=b1", chunked)["status"] == "success"
    service.wait_recorded([text])


def test_urlencoded_bodies(service):
    assert post(service, urllib.parse.urlencode(fields(message="by form + 1%")).encode(), "application/x-www-form-urlencoded")["status"] == "success"
    service.wait_recorded(["by form + 1%"])


def test_a_picture_of_a_megabyte_by_get(service):
    octets = PNG + bytes(900_000)
    answer = call(service, "sendMMS", did=OWN, dst=OTHER, message="big", media2="data:image/png;base64," + base64.b64encode(octets).decode())
    assert answer["status"] == "success"
    told = service.wait_told("big")
    with urllib.request.urlopen(told["files"].split(",")[0], timeout=20) as file:
        assert file.read(8) == PNG[:8]


def test_long_request_lines_elsewhere_are_refused(service):
    for path in ["/health", "/api/v1/messages", "/nothing"]:
        connection = http.client.HTTPConnection(HOST, service.http, timeout=20)
        connection.request("GET", f"{path}?x={'a' * 100_000}")
        assert connection.getresponse().status == 400


def test_a_picture_that_came_is_listed_with_its_file(service):
    call(service, "sendMMS", did=OWN, dst=OTHER, message="album", media1="data:image/png;base64," + base64.b64encode(PNG).decode())
    told = service.wait_told("album")
    row = next(row for row in call(service, "getMMS", type=1)["sms"] if row["id"] == told["id"])
    assert row["col_media1"] == told["files"].split(",")[0] and row["media"][1:] == ["", ""]
    assert call(service, "getMediaMMS", id=told["id"]) == {"status": "success", "id": told["id"], "media": {"1": row["col_media1"]}}
    with urllib.request.urlopen(row["col_media1"], timeout=20) as file:
        assert file.headers["Content-Type"] == "image/png" and len(file.read()) > 0
    forged = row["col_media1"].replace("/files/", "/files/x")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(forged, timeout=20)
    assert refused.value.code == 404


def test_the_callback_and_the_webhook_are_told(service):
    service.forget()
    call(service, "sendSMS", did=OWN, dst=OTHER, message="tell me & {FROM}")
    told = service.wait_told("tell me & {FROM}")
    assert told["to"] == OWN and told["from"] == OTHER and told["files"] == ",,"
    path, octets = eventually(lambda: next((post for post in service.hooks.posts() if b"tell me" in post[1]), None), 20, "the webhook")
    payload = json.loads(octets)["data"]["payload"]
    assert path == "/mmsgate" and payload["type"] == "SMS" and payload["media"] == []
    assert payload["text"] == "tell me & {FROM}" and str(payload["id"]) == told["id"]
    assert payload["from"]["phone_number"] == OTHER and payload["to"] == [{"phone_number": OWN}]


def test_a_webhook_that_fails_is_told_again(service):
    service.forget()
    service.hooks.replies["POST"] = (500, b"Internal error")
    try:
        call(service, "sendSMS", did=OWN, dst="5550160002", message="again")
        eventually(lambda: service.parts()["voipms"]["state"] == "impaired", 20, "word of it in the health")
    finally:
        service.hooks.replies["POST"] = (200, b"ok")
    eventually(lambda: len(service.hooks.posts()) > 1, 20, "the second try")
    numbers = {json.loads(octets)["data"]["payload"]["id"] for _, octets in service.hooks.posts()}
    assert len(numbers) == 1
    eventually(lambda: service.parts()["voipms"]["state"] == "working", 20, "word that it works again")


def test_the_look_alike_of_the_seed_bridge(service):
    query = urllib.parse.urlencode({**LOGIN, "method": "sendSMS", "dst": "1" + OTHER, "message": "Test from bridge"})
    with urllib.request.urlopen(f"{service.url}/voipms/api?{query}", timeout=20) as answer:
        assert json.loads(answer.read())["status"] == "success"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{service.url}/voipms/api?method=sendSMS&dst=1{OTHER}&message=x", timeout=20)
    assert refused.value.code == 401 and json.loads(refused.value.read()) == {"status": "error", "error": "Unauthorized"}
