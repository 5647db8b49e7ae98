"""What an exchange says about an assumption: each check confirms one and refutes one; nothing else decides."""

import json
from dataclasses import replace
from typing import Any

import pytest

from scripts.evidence.assumed import CHECKS, CONFIRMED, REFUTED, SEEN
from scripts.evidence.exchange import Exchange
from scripts.evidence.notes import NOT_SEEN, Notes
from scripts.evidence.report import as_json, as_markdown
from tests.support.document import B2B
from tests.support.evidence import exchange

NOTES = Notes(B2B)
JSON = {"content-type": "application/json"}


def error(code: int, subcode: int | None = None, message: str = "no") -> dict[str, Any]:
    told = {"message": message, "type": "OAuthException", "code": code}
    return {"error": told if subcode is None else {**told, "error_subcode": subcode}}


def get(target: str, answer: Any, status: int = 200, **headers: str) -> Exchange:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return exchange("GET", target, status, answer, headers=told)


def post(target: str, body: dict[str, Any], answer: Any, status: int = 200) -> Exchange:
    return exchange("POST", target, status, answer, sent=JSON, body=json.dumps(body).encode())


def page(*entries: dict[str, Any], more: bool = False) -> dict[str, Any]:
    return {"data": [*entries], "paging": {"cursors": {}, **({"next": "https://a/b"} if more else {})}}


def agencies(count: int, first: int = 1) -> list[dict[str, Any]]:
    return [{"id": str(first + number)} for number in range(count)]


LIST, CLIENTS, GRANT = "/v26.0/act_1/agencies", "/v26.0/1/clients", "/v26.0/act_1/agencies"
ASK = "/v26.0/1/client_ad_accounts"
TOKEN = "/v26.0/1/access_token"
BATCH = {"batch": [{"method": "GET", "relative_url": "me"}] * 51}
TOLD = [{"code": 200, "body": "{}"}] * 51
# Id → an exchange that confirms it (None: no single one can), one that refutes it, and one that decides nothing.
DECIDED: dict[str, tuple[Exchange | None, Exchange | None, Exchange]] = {
    "A1": (get(LIST, error(3), 400), None, get(LIST, error(200), 403)),
    "A2": (
        get("/act_1/agencies", page(), facebook_api_version="v27.0"),
        get("/act_1/agencies", page(), facebook_api_version="v25.0"),
        get(LIST, page(), facebook_api_version="v25.0"),
    ),
    "A9": (
        get(LIST, page({"id": "1", "access_status": "PENDING"})),
        get(CLIENTS, page({"id": "1", "adaccount_permissions": [{"id": "2", "access_status": "PENDING"}]})),
        get(LIST, page({"id": "1", "access_status": "CONFIRMED"})),
    ),
    "A12": (
        get(LIST, page(*agencies(5, 8))),
        get(LIST, page(*reversed(agencies(2)))),
        get(LIST, page(*agencies(4))),
    ),
    "A14": (get(LIST, error(3989), 400), get(LIST, error(368), 403), get(LIST, error(100), 400)),
    "A16": (
        get(f"{LIST}?limit=1&limit=2", error(100), 400),
        get(f"{LIST}?limit=1&limit=2", page()),
        get(f"{LIST}?limit=1", error(100), 400),
    ),
    "A17": (
        get(LIST, error(100, 33), 405, allow="GET"),
        get(LIST, error(100, 33), 405),
        get(LIST, error(100, 33), 400),
    ),
    "A21": (
        get(f"{LIST}?limit=500", page(*agencies(100), more=True)),
        get(LIST, page(*agencies(26))),
        get(f"{LIST}?limit=50", page(*agencies(50), more=True)),
    ),
    "A23": (get(LIST, error(17), 429), get(LIST, error(80004), 400), get(LIST, error(4), 403)),
    "A25": (
        post(ASK, {"adaccount_id": "act_1"}, {"access_status": "PENDING"}),
        post(ASK, {"adaccount_id": "act_1"}, {"success": True}),
        post("/v26.0/1/client_pages", {"page_id": "1"}, {"success": True}),
    ),
    "A33": (None, post("/v26.0/", BATCH, TOLD), post("/v26.0/", BATCH, TOLD[:50])),
    "A34": (
        get("/v26.0/?ids=1,2", error(100, 33), 400),
        get("/v26.0/?ids=1,2", {"1": {"id": "1"}}),
        get("/v26.0/?ids=1,2", {"1": {"id": "1"}, "2": {"id": "2"}}),
    ),
    "A36": (
        None,
        post(
            GRANT,
            {"business": "1"},
            error(100, None, "(#100) The parameter permitted_tasks is required"),
            400,
        ),
        post(GRANT, {"business": "1"}, {"success": True}),
    ),
    "A45": (
        get("/v26.0//act_1/agencies", page()),
        get("/v26.0//act_1/agencies", error(2500), 400),
        get(LIST, page()),
    ),
    "A47": (
        get(f"{LIST}?after=", page()),
        get(f"{LIST}?after=", error(100), 400),
        get(f"{LIST}?after=x", page()),
    ),
    "A53": (
        post(TOKEN, {"scope": "x"}, error(100, None, "API calls require an appsecret_proof argument"), 400),
        post(TOKEN, {"scope": "x"}, {"access_token": "x"}),
        post(TOKEN, {"scope": "x", "appsecret_proof": "x"}, {"access_token": "x"}),
    ),
}


def outcomes(one: Exchange) -> dict[str, str]:
    return dict(NOTES.assumptions.of(NOTES.comparison.observe(one)))


def test_every_check_is_tried() -> None:
    assert DECIDED.keys() == CHECKS.keys() and CHECKS.keys() <= NOTES.assumptions.all.keys()


@pytest.mark.parametrize("id", DECIDED)
def test_one_exchange_decides(id: str) -> None:
    confirming, refuting, neither = DECIDED[id]
    if confirming is not None:
        assert outcomes(confirming)[id] == CONFIRMED
    if refuting is not None:
        assert outcomes(refuting)[id] == REFUTED
    assert outcomes(neither).get(id, SEEN) == SEEN


@pytest.mark.parametrize("id", DECIDED)
def test_an_exchange_about_something_else_decides_nothing(id: str) -> None:
    for one in (get("/v26.0/debug_token?input_token=x", {"data": {"is_valid": True}}), get(LIST, page())):
        assert outcomes(one).get(id, SEEN) == SEEN


@pytest.mark.parametrize(
    "answer", [None, b"", b"<html>", b"[]", b"7", b'{"data": 1}', b'{"data": [null]}', b'{"error": {}}']
)
@pytest.mark.parametrize("id", DECIDED)
def test_no_answer_is_too_strange(id: str, answer: bytes | None) -> None:
    for one in DECIDED[id]:
        for status in (200, 400, 405, 429):
            if one is not None:
                outcomes(replace(one, status=status, answer=answer))


@pytest.mark.parametrize(
    ("one", "id"),
    [
        (post(GRANT, {"business": "1"}, {"success": True}), "A20"),  # stands at the operation
        (get(LIST, page()), "A21"),  # at a parameter that it takes
        (get(LIST, page()), "A47"),  # at the schema of one
        (get(LIST, error(4), 429, retry_after="5"), "A22"),  # at a header that came
        (get(LIST, error(100, 33), 400), "A8"),  # its text has code and subcode
        (get(LIST, error(10), 403), "A48"),  # its text has the code
    ],
)
def test_seen(one: Exchange, id: str) -> None:
    assert outcomes(one)[id] == SEEN


@pytest.mark.parametrize(
    ("one", "id"),
    [
        (get(CLIENTS, page()), "A20"),
        (get(LIST, error(4), 429), "A22"),
        (get(LIST, error(100), 400), "A8"),
        (get("/v26.0/1/fresh_edge", page()), "A21"),
        (get(LIST, page()), "A28"),
    ],
)
def test_not_seen(one: Exchange, id: str) -> None:
    assert id not in outcomes(one)


def test_one_that_refutes_counts_more_than_many_that_confirm() -> None:
    notes = Notes(B2B)
    confirming, refuting, _ = DECIDED["A12"]
    assert confirming is not None and refuting is not None
    assert notes.outcome("A12") == NOT_SEEN
    for one in (confirming, confirming, refuting):
        notes.add(one)
    assert notes.outcome("A12") == REFUTED
    report = as_json(notes)
    assert report["assumptions"]["A12"]["confirmed"] == 2 and report["assumptions"]["A12"]["refuted"] == 1
    refuted = as_markdown(report).partition("### Refuted")[2].partition("###")[0]
    assert "| A12 | 2 | 1 | 0 |" in refuted and "A21" not in refuted
    assert report["assumptions"].keys() == notes.assumptions.all.keys()
