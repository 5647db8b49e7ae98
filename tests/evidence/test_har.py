"""Recordings: what browsers, mitmproxy and Charles write, and files that are none."""

import base64
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from scripts.evidence import __main__ as command
from scripts.evidence import report
from scripts.evidence.exchange import Exchange
from scripts.evidence.har import HarError, exchanges

HOSTS = {"graph.facebook.com"}
URL = "https://graph.facebook.com/v26.0/3333333333/clients?access_token=x&limit=1"
ANSWER = '{"data": [], "fresh_list": "ü"}'
TYPES = [{"name": "Content-Type", "value": "application/json"}]


def entry(request: dict[str, Any] | None = None, **response: Any) -> dict[str, Any]:
    """One entry of a recording."""
    told = {"status": 200, "headers": TYPES, "content": {"text": ANSWER}, **response}
    return {"request": {"method": "GET", "url": URL, "headers": [], **(request or {})}, "response": told}


def har(file: Path, *found: Any) -> Path:
    file.write_text(json.dumps({"log": {"version": "1.2", "entries": found}}))
    return file


def read(tmp_path: Path, *found: Any) -> tuple[list[Exchange], Counter[str]]:
    skipped: Counter[str] = Counter()
    return list(exchanges(har(tmp_path / "a.har", *found), HOSTS, skipped)), skipped


def test_an_entry(tmp_path: Path) -> None:
    ((one,), skipped) = read(tmp_path, entry({"headers": [{"name": "X-A", "value": "1"}]}))
    assert (one.method, one.path, one.query) == ("GET", "/v26.0/3333333333/clients", "access_token=x&limit=1")
    assert one.sent == {"x-a": "1"} and one.headers == (("content-type", "application/json"),)
    assert one.value == json.loads(ANSWER) and not skipped


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        ({"text": base64.b64encode(ANSWER.encode()).decode(), "encoding": "base64"}, ANSWER.encode()),
        ({"text": ANSWER, "size": 99, "mimeType": "application/json"}, ANSWER.encode()),
        ({"size": 0}, b""),
        ({"size": 99}, None),
        ({}, None),
        (None, None),
        ({"text": "*", "encoding": "base64"}, None),
    ],
)
def test_bodies_of_answers(tmp_path: Path, content: Any, answer: bytes | None) -> None:
    ((one,), _) = read(tmp_path, entry(content=content))
    assert one.answer == answer


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "posted",
    [
        {"mimeType": FORM, "text": "business=1&name=a+b"},
        {"mimeType": FORM, "params": [{"name": "business", "value": "1"}, {"name": "name", "value": "a b"}]},
        {"params": [{"name": "business", "value": "1"}, {"name": "name", "value": "a b"}]},
        {"mimeType": "application/json", "text": '{"business": "1", "name": "a b"}'},
    ],
)
def test_bodies_of_requests(tmp_path: Path, posted: dict[str, Any]) -> None:
    ((one,), _) = read(tmp_path, entry({"method": "post", "postData": posted}))
    assert one.method == "POST" and one.given == {
        "access_token": "x",
        "limit": "1",
        "business": "1",
        "name": "a b",
    }


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    strange: list[Any] = [{}, None, 7, {"request": {"url": URL, "method": 1}, "response": {"status": 200}}]
    found, skipped = read(
        tmp_path,
        entry({"url": "https://graph.facebook.com.evil.example/v26.0/1"}),
        entry({"url": "https://example.com/"}),
        entry(status=0),
        entry(status=918273645546372),
        *strange,
        entry({"method": "OPTIONS"}),
        entry(),
    )
    assert len(found) == 1
    assert skipped == {
        "calls of other hosts": 2,
        "calls without an answer": 1,
        "entries that are no calls": 5,
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x00\xff", "not JSON"),
        (b"", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "no log.entries"),
        (b'{"log": []}', "no log.entries"),
        (b'{"log": {"entries": {}}}', "no log.entries"),
        (None, "cannot be read"),
    ],
)
def test_files_that_are_none(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "a.har"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(HarError, match=said):
        list(exchanges(file, HOSTS, Counter()))


def test_a_byte_order_mark(tmp_path: Path) -> None:
    file = har(tmp_path / "a.har", entry())
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert len(list(exchanges(file, HOSTS, Counter()))) == 1


class Command:
    """`make evidence` in this process, with its report in a folder of the test's."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(report, "FOLDER", folder)
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, **env: str) -> tuple[int, str, str]:
        """(exit code, stdout, stderr)"""
        for name in ("HAR", "UPSTREAM"):
            self._monkeypatch.delenv(name, raising=False)
        for name, value in env.items():
            self._monkeypatch.setenv(name, value)
        code = command.main([])
        return code, *self._capsys.readouterr()


@pytest.fixture
def evidence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(tmp_path / "evidence", monkeypatch, capsys)


def test_the_command_writes_a_report_and_shows_it(evidence: Command, tmp_path: Path) -> None:
    code, out, errors = evidence()
    assert code == 2 and out == "" and "make proxy UPSTREAM=" in errors
    file = har(tmp_path / "a.har", entry(), entry({"url": "https://example.com/"}))
    code, out, errors = evidence(HAR=str(file))
    assert code == 0 and "1 calls, 1 differences" in out and errors == ""
    code, out, errors = evidence()
    assert code == 0 and out.startswith("# Evidence") and "- calls of other hosts: 1" in out
    assert "- **field** `fresh_list`: string; the document does not have it" in out
    tree = json.loads((tmp_path / "evidence" / "report.json").read_text())
    assert report.as_markdown(tree) == (tmp_path / "evidence" / "report.md").read_text()


def test_the_command_refuses_what_is_no_recording(evidence: Command, tmp_path: Path) -> None:
    code, out, errors = evidence(HAR=str(tmp_path / "none.har"))
    assert code == 2 and out == "" and "none.har cannot be read" in errors
    file = har(tmp_path / "a.har", entry({"url": "http://127.0.0.1:4020/v26.0/1/clients"}))
    code, out, errors = evidence(HAR=str(file))
    assert code == 2 and "no answered call of graph.facebook.com; for another server: UPSTREAM=" in errors
    assert evidence(HAR=str(file), UPSTREAM="http://127.0.0.1:4020")[0] == 0


def test_a_report_that_cannot_be_written(evidence: Command, tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("in the way")
    code, out, errors = evidence(HAR=str(har(tmp_path / "a.har", entry())))
    assert code == 1 and out == "" and "cannot be written" in errors
