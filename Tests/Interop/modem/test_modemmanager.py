"""ModemManager, given the modem through its test interface: identify, enable, send and receive."""

import pytest

from message_bus import MessageBus
from programs import eventually, free_port, need

SERVICE = "org.freedesktop.ModemManager1"


@pytest.fixture
def mmcli(start_modem, run, tmp_path, request):
    """mmcli on a bus where ModemManager has found the modem; the modem itself."""
    personality, plugin = request.param
    port = free_port()
    modem = start_modem(personality, tcp=port)
    bus = MessageBus(run, tmp_path)
    run("socat", need("socat", "socat"), f"UNIX-LISTEN:{tmp_path}/port,fork", f"TCP:127.0.0.1:{port}")
    manager = need("ModemManager", "modemmanager")
    run("ModemManager", manager, "--test-session", "--test-enable", "--no-auto-scan", "--test-no-udev", "--test-no-qrtr", "--debug",
        env=bus.env)
    program = need("mmcli", "modemmanager")
    call = lambda *arguments: bus.ask(program, "--test-session", *arguments)
    profile = lambda: bus.call(SERVICE, "/org/freedesktop/ModemManager1", f"{SERVICE}.Test.SetProfile", "sim0", plugin, f'["{tmp_path}/port"]')
    eventually(profile, 10, "ModemManager on the bus")
    eventually(lambda: "/Modem/0" in call("-L"), 30, "the modem in ModemManager's list")
    eventually(lambda: call("-m", "0", "--enable"), 30, "the modem enabled")
    eventually(lambda: "registered" in call("-m", "0", "-K"), 20, "registration")
    read = lambda path, name: bus.call(SERVICE, path, "org.freedesktop.DBus.Properties.Get", f"{SERVICE}.Sms", name)
    return call, read, modem


# ModemManager's huawei plugin aborts on the ports of its own test interface, so the stick is given to the generic one.
PROFILES = [("generic", "generic"), ("e3531", "generic"), ("ec25", "quectel"), ("sim7600", "simtech")]


@pytest.mark.parametrize("mmcli", PROFILES, indirect=True, ids=[name for name, _ in PROFILES])
def test_identifies_sends_and_receives(mmcli):
    call, read, modem = mmcli
    model = {"generic": "Virtual Modem", "e3531": "E3531", "ec25": "EC25", "sim7600": "SIM7600E-H"}[modem.state()["personality"]]
    properties = call("-m", "0", "-K")
    for known in (modem.state()["number"].lstrip("+"), model, "Simulated"):
        assert known in properties

    created = call("-m", "0", "--messaging-create-sms=text='from ModemManager: Привет 😀',number='+491701234567'")
    assert "/SMS/" in created
    assert call("-s", created.split("/")[-1].strip(), "--send")
    assert modem.wait_sent("from ModemManager: Привет 😀")["to"] == "+491701234567"

    long = "from ModemManager, and longer than one segment can hold: Привет 😀 " * 3
    created = call("-m", "0", f"--messaging-create-sms=text='{long}',number='+491701234567',delivery-report-request=yes")
    assert call("-s", created.split("/")[-1].strip(), "--send")
    sent = modem.wait_sent(long)
    # Of a long text ModemManager asks for the last segment's report alone.
    reports = [int(tpdu[:2], 16) & 0x20 != 0 for tpdu in sent["tpdus"]]
    assert reports == [False, False, True]

    # ModemManager forgets a +CMTI that comes while it reads another message; a real cell takes this long too.
    modem.order("pace", seconds=0.5)
    modem.text("+15551234567", "for ModemManager: Grüße 😀 " * 5)
    # A status report is a received message to ModemManager as well.
    received = lambda: [line.split()[0] for line in call("-m", "0", "--messaging-list-sms").splitlines() if "(received)" in line]
    path = eventually(lambda: [path for path in received() if "+15551234567" in read(path, "Number")], 20, "a text")[0]
    assert "for ModemManager: Grüße 😀 " * 5 in read(path, "Text")
