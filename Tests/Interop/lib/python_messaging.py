"""python-messaging as a program of its own, run by the Python that has it: reads a PDU from a file and tells it as JSON, or writes one.

    read FILE
    write FILE TO SUBJECT TEXT PHOTO
"""

import json
import sys

from messaging.mms.message import MMSMessage, MMSMessagePage


def read(path):
    with open(path, "rb") as file:
        message = MMSMessage.from_data(file.read())
    parts = [[part.content_type, bytes(part.data).hex(), part.headers.get("Content-Location")] for part in message.data_parts]
    print(json.dumps({"headers": {name: str(value) for name, value in message.headers.items()}, "parts": parts}))


def write(path, to, subject, text, photo):
    message = MMSMessage()
    message.headers.update({"Message-Type": "m-send-req", "Transaction-Id": "PM1", "To": to, "Subject": subject})
    page = MMSMessagePage()
    page.add_image(photo)
    # It would open the file as text, and wants characters of one octet each.
    with open(photo, "rb") as content:
        page.image[0]._data = content.read().decode("latin-1")
    page.add_text(text)
    message.add_page(page)
    with open(path, "wb") as out:
        out.write(bytes(message.encode()))


if __name__ == "__main__":
    {"read": read, "write": write}[sys.argv[1]](*sys.argv[2:])
