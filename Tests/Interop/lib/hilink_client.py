"""huawei-lte-api as a program of its own, run by the Python that has it: logs in, tells of the router, lists its texts and sends one.

usage: hilink_client.py URL USER PASSWORD NUMBER TEXT
"""

import json
import sys

from huawei_lte_api.Client import Client
from huawei_lte_api.Connection import Connection
from huawei_lte_api.enums.sms import TextModeEnum

url, user, password, number, text = sys.argv[1:]
with Connection(url, username=user or None, password=password or None) as connection:
    client = Client(connection)
    before = [(message.phone, message.content) for message in client.sms.get_messages()]
    counts = client.sms.sms_count()
    sent = client.sms.send_sms([number], text, text_mode=TextModeEnum.UCS2)
    status = client.sms.send_status()
    for message in list(client.sms.get_messages()):
        client.sms.delete_sms(message.index)
    left = client.sms.sms_count()["LocalInbox"]
    print(json.dumps({
        "messages": before, "inbox": counts["LocalInbox"], "sent": sent, "status": status, "left": left,
        "device": client.device.information()["DeviceName"], "signal": client.device.signal()["rsrp"]}))
