"""Judges the running API by its own OpenAPI document with schemathesis.

Needs a server at HOMELINE_URL and an admin token in HOMELINE_TOKEN; skipped without them. Bounded to stay under a minute.
"""

import json
import os
import pathlib
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

DOCUMENT = pathlib.Path(__file__).resolve().parents[3] / "Docs" / "openapi.yaml"
URL = os.environ.get("HOMELINE_URL", "").rstrip("/")
TOKEN = os.environ.get("HOMELINE_TOKEN", "")

pytestmark = pytest.mark.skipif(not (URL and TOKEN), reason="HOMELINE_URL and HOMELINE_TOKEN name no server")


def ask(method, path, body=None, token=TOKEN, headers=None):
    request = urllib.request.Request(URL + path, method=method, data=body, headers=dict(headers or {}))
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def test_every_operation_keeps_to_the_document():
    pytest.importorskip("schemathesis")
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", str(DOCUMENT), "--url", URL,
        "--header", f"Authorization: Bearer {TOKEN}",
        "--max-examples", "15", "--phases", "examples,coverage,fuzzing", "--request-timeout", "5",
        "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,"
        "response_headers_conformance,negative_data_rejection",
        # The stream does not end, and a real network is not asked by guesswork.
        "--exclude-path", "/api/v1/events", "--exclude-path", "/api/v1/lines/{line}/ussd",
        "--exclude-checks", "ignored_auth", "--generation-deterministic", "--no-color",
    ]
    run = subprocess.run(command, capture_output=True, text=True, timeout=58)
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]


def test_the_stream_begins_at_once_and_resumes():
    request = urllib.request.Request(URL + "/api/v1/events?after=0", headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(request, timeout=5) as answer:
        assert answer.headers["Content-Type"] == "text/event-stream"
        assert answer.readline() == b"retry: 3000\n"


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"line":"home","line":"home"}',
        b'{"text":"\\ud800"}',
        b'{"n":1e400}',
        b"\xff\xfe",
        b"",
        b"null",
        b'{"text":"' + b"x" * 200_000 + b'"}',
    ],
    ids=["deep arrays", "deep objects", "twice", "lone surrogate", "huge number", "not UTF-8", "empty", "null", "long"],
)
def test_hostile_json_is_refused_quickly_and_in_form(body):
    status, answer = ask("POST", "/api/v1/messages", body, headers={"Content-Type": "application/json"})
    assert status in (400, 413)
    assert set(json.loads(answer)["error"]) >= {"code", "message"}


def test_strangers_learn_only_whether_it_works():
    status, answer = ask("GET", "/health", token=None)
    assert status in (200, 503) and list(json.loads(answer)) == ["status"]
    status, answer = ask("GET", "/api/v1/messages", token=None)
    assert status == 401 and json.loads(answer)["error"]["code"] == "unauthorized"
