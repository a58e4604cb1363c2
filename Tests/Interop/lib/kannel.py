"""A real Kannel: bearerbox and smsbox, with the virtual modem behind them."""

from programs import free_port, need
from virtual_modem import OWN_NUMBER


class Kannel:
    """Its settings; what comes in is told to `get_url`."""

    user = "tester"

    def __init__(self, place, modem, password="secret"):
        self.place = place
        self.modem = modem
        self.password = password
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self, run, get_url, joins="true"):
        """`joins` says whether it puts the segments of a long text together."""
        admin, boxes = free_port(), free_port()
        settings = self.place / "kannel.conf"
        settings.write_text(f"""
group = core
admin-port = {admin}
admin-password = bar
smsbox-port = {boxes}
store-type = file
store-location = {self.place}/kannel.store
box-allow-ip = 127.0.0.1
sms-combine-concatenated-mo = {joins}

group = smsc
smsc = at
smsc-id = virtual
modemtype = virtual
device = {self.modem.pty}
speed = 115200
my-number = {OWN_NUMBER}

group = modems
id = virtual
name = Virtual
detect-string = Generic
init-string = "AT+CNMI=2,2,0,1,0"
message-storage = SM

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = {boxes}
sendsms-port = {self.port}
global-sender = {OWN_NUMBER}

group = sendsms-user
username = {self.user}
password = {self.password}
max-messages = 5
concatenation = true

group = sms-service
keyword = default
max-messages = 0
catch-all = yes
get-url = "{get_url}"
assume-plain-text = true
accept-x-kannel-headers = true
""")
        bearerbox = run("bearerbox", need("bearerbox", "kannel"), "-v", "0", settings)
        bearerbox.wait_for("AT SMSC successfully opened")
        smsbox = run("smsbox", need("smsbox", "kannel"), "-v", "0", settings)
        smsbox.wait_for("Connected to bearerbox")
        return self
