"""SOAP as mmsgate speaks it, by suds, and as others do, by zeep."""

import urllib.error
import urllib.request

import pytest

from conftest import OTHER, OWN, PASSWORD, USER


@pytest.fixture(scope="module")
def suds(service):
    """A client made the way mmsgate makes its own."""
    suds = pytest.importorskip("suds.client")
    doctor = pytest.importorskip("suds.xsd.doctor")
    known = doctor.Import("http://schemas.xmlsoap.org/soap/encoding/")
    known.filter.add("https://voip.ms/api/schema")
    return suds.Client(f"{service.url}/api/v1/server.wsdl", headers={"User-Agent": "Mozilla"}, doctor=doctor.ImportDoctor(known), cache=None)


@pytest.fixture(scope="module")
def zeep(service):
    zeep = pytest.importorskip("zeep")
    return zeep.Client(f"{service.url}/api/v1/server.wsdl")


def prepared(suds, kind, **fields):
    """A parameter of that kind, which mmsgate knows under this prefix."""
    value = suds.factory.create(f"ns1:{kind}")
    for name, text in {"api_username": USER, "api_password": PASSWORD, **fields}.items():
        setattr(value, name, text)
    return value


def test_mmsgate_sends_a_text(suds, service):
    answer = suds.service.sendSMS(prepared(suds, "sendSMSInput", did=OWN, dst=OTHER, message="by SOAP & é"))
    # How mmsgate takes the answer apart.
    assert answer[0][0][1][0] == "success" and int(answer[0][1][1][0]) > 0
    service.wait_recorded(["by SOAP & é"])


def test_mmsgate_sends_a_picture(suds, service):
    picture = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
    answer = suds.service.sendMMS(prepared(suds, "sendMMSInput", did=OWN, dst=OTHER, media1=picture))
    assert answer[0][0][1][0] == "success" and int(answer[0][1][1][0]) > 0


def test_mmsgate_is_told_what_is_wrong(suds):
    answer = suds.service.sendSMS(prepared(suds, "sendSMSInput", did=OWN, dst="12", message="x"))
    assert answer[0][0][1][0] == "invalid_dst"
    wrong = prepared(suds, "sendSMSInput", did=OWN, dst=OTHER, message="x")
    wrong.api_password = "wrong"
    assert suds.service.sendSMS(wrong)[0][0][1][0] == "invalid_credentials"


def pairs(answer):
    """What zeep makes of an array of PHP's: elements, each a key and a value."""
    return {item.find("key").text: item.find("value") for item in answer}


def elements(answer):
    """The elements of an answer, wherever zeep put them."""
    if hasattr(answer, "_value_1"):
        answer = answer._value_1
    return answer or []


def test_zeep_calls_every_method_that_mmsgate_needs(zeep, service):
    login = {"api_username": USER, "api_password": PASSWORD}
    sent = zeep.service.sendSMS(params={**login, "did": OWN, "dst": OTHER, "message": "by zeep"})
    assert pairs(elements(sent))["status"].text == "success"
    service.wait_told("by zeep")
    accounts = pairs(elements(zeep.service.getSubAccounts(params=login)))
    first = {item.find("key").text: item.find("value").text for item in accounts["accounts"][0]}
    assert first["account"] == "100001_alice" and first["callerid_number"] == OWN
    assert pairs(elements(zeep.service.getServersInfo(params=login)))["status"].text == "success"
    messages = pairs(elements(zeep.service.getMMS(params={**login, "type": "1", "all_messages": "1"})))
    texts = [{item.find("key").text: item.find("value").text for item in row}["message"] for row in messages["sms"]]
    assert "by zeep" in texts
    picture = zeep.service.sendMMS(params={**login, "did": OWN, "dst": OTHER, "media1": "data:image/gif;base64,R0lGODlhAQABAAAAACw="})
    assert pairs(elements(picture))["status"].text == "success"


def test_zeep_sees_a_fault_as_a_fault(zeep, service):
    request = urllib.request.Request(f"{service.url}/api/v1/server.php", data=b"<!DOCTYPE x><x/>", headers={"Content-Type": "text/xml"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=20)
    assert refused.value.code == 500
    etree = pytest.importorskip("lxml.etree")
    exceptions = pytest.importorskip("zeep.exceptions")
    binding = zeep.service._binding
    with pytest.raises(exceptions.Fault) as fault:
        binding.process_error(etree.fromstring(refused.value.read()), binding.get("sendSMS"))
    assert fault.value.code == "SOAP-ENV:Client" and "envelope" in fault.value.message
