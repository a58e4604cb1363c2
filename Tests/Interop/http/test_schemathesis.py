"""Judges the running API by its own OpenAPI document with schemathesis (PyPI), bounded to stay under a minute."""

import json
import pathlib
import shutil
import subprocess
import urllib.error
import urllib.request

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]


def ask(server, method, path, body=None, token=None):
    request = urllib.request.Request(server[0] + path, method=method, data=body)
    if body is not None:
        request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def schemathesis():
    """The command: from PATH, or from the virtual environment beside the repository's other unversioned files."""
    return shutil.which("schemathesis") or shutil.which("schemathesis", path=ROOT / "var" / "venv" / "bin")


def test_every_operation_keeps_to_the_document(server, tmp_path):
    command = schemathesis()
    if command is None:
        pytest.skip("schemathesis is not installed")
    url, token = server
    run = subprocess.run(
        [
            command, "run", str(ROOT / "Docs" / "openapi.yaml"), "--url", url, "--header", f"Authorization: Bearer {token}",
            "--phases", "examples,coverage,fuzzing", "--max-examples", "15", "--request-timeout", "30",
            "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,"
            "response_headers_conformance,negative_data_rejection",
            # Streams do not end, and a real network is not asked by guesswork.
            "--exclude-path", "/api/v1/events", "--exclude-path", "/api/v1/log", "--exclude-path", "/api/v1/restart", "--exclude-path", "/api/v1/lines/{line}/ussd",
            "--generation-deterministic", "--no-color",
        ],
        cwd=tmp_path, capture_output=True, text=True, timeout=300,
    )
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-2000:]


def test_the_stream_begins_at_once(server):
    url, token = server
    request = urllib.request.Request(url + "/api/v1/events?after=0", headers={"Authorization": f"Bearer {token}"})
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
def test_hostile_json_is_refused_in_form(server, body):
    status, answer = ask(server, "POST", "/api/v1/messages", body, token=server[1])
    assert status in (400, 413)
    assert set(json.loads(answer)["error"]) >= {"code", "message"}


def test_strangers_learn_only_whether_it_works(server):
    status, answer = ask(server, "GET", "/health")
    assert status in (200, 503) and list(json.loads(answer)) == ["status"]
    status, answer = ask(server, "GET", "/api/v1/messages")
    assert status == 401 and json.loads(answer)["error"]["code"] == "unauthorized"
