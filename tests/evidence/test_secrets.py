"""Nothing of what somebody would not tell is in a report: not even as a part of something, or written otherwise."""

import base64
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from scripts.evidence import __main__ as command
from scripts.evidence import report
from scripts.evidence.exchange import Exchange
from scripts.evidence.notes import Notes
from scripts.evidence.vocabulary import HIDDEN, Vocabulary
from tests.support.document import B2B, OPERATIONS
from tests.support.evidence import Proxy, exchange, upstream

# As they stand in calls and answers; each must be gone, with every part of it that is longer than three characters.
ID, OTHER_ID, PLAIN = "918273645546372", "8877665544332211", "ZanzibarWidgets"
TOKEN, PROOF, CURSOR = "EAABzTokenQx9", "c0ffee5eedfaceb00c", "QVFIUnhZQ3Vyc29y"
NAME, PERSON, MAIL = "Zanzibar Widgets Ltd.", "Ünal Qwertz", "unal.qwertz@zanzibar.example"
TIME, UNIX, TRACE, COOKIE = "2019-03-07T13:37:59+0000", 1551965879, "AbXyTraceZz", "datr=CookieQq"
SECRETS = [ID, OTHER_ID, PLAIN, TOKEN, PROOF, CURSOR, TRACE, COOKIE, str(UNIX), TIME[:10], TIME[11:19]]
SECRETS += ["Zanzibar", "zanzibar", "ZANZIBAR", "Widgets", "Ünal", "Qwertz", "qwertz", "13:37", "8877"]

MESSAGE = f"(#100) Object {ID} of {NAME} ({MAIL}) at {TIME}, act_{OTHER_ID}, token {TOKEN}"
NEXT = f"https://graph.facebook.com/v26.0/{ID}/clients?access_token={TOKEN}&after={CURSOR}&appsecret_proof={PROOF}"
ENTRY: dict[str, Any] = {
    **{"id": ID, "name": NAME, "access_status": PLAIN, "permitted_tasks": [NAME, PLAIN, ID, TOKEN, TIME]},
    **{"access_updated_time": UNIX, "access_requested_time": TIME.replace("+0000", "+00:00")},
    **{"unheard_of": {NAME: {MAIL: ID}}, "adaccount_permissions": [{"id": int(ID), "access_status": MAIL}]},
    **{ID: NAME, MAIL: 1, TOKEN: None, NAME: [NAME], f"{ID}_{OTHER_ID}": "x", f"act_{ID}": {"id": ID}},
    **{
        "link": NEXT,
        "created_time": TIME,
        "owner": ID,
        "business": {"id": f"{ID}_{OTHER_ID}", "name": PERSON},
    },
}
ANSWERS: list[tuple[int, Any]] = [
    (
        200,
        {
            "data": [ENTRY],
            "paging": {"next": NEXT, "cursors": {"after": CURSOR}},
            "summary": {"total_count": UNIX},
        },
    ),
    (200, ENTRY),
    (200, {ID: ENTRY, MAIL: ENTRY}),
    (200, [{"code": 200, "headers": [{"name": NAME, "value": TOKEN}], "body": json.dumps(ENTRY)}]),
    (200, {"access_token": TOKEN, "token_type": PLAIN, "expires_in": UNIX, "success": NAME}),
    (
        200,
        {"data": {"app_id": int(ID), "application": NAME, "scopes": [MAIL], "is_valid": TOKEN, "type": NAME}},
    ),
    (200, {"metadata": {"type": NAME, "fields": [{"name": NAME}]}, "__debug__": {"messages": [MESSAGE]}}),
    *(
        (
            status,
            {
                "error": {
                    "message": MESSAGE,
                    "type": kind,
                    "code": code,
                    "error_subcode": code,
                    "fbtrace_id": TRACE,
                    "error_user_title": NAME,
                    "error_user_msg": MESSAGE,
                    "error_data": {ID: NAME},
                }
            },
        )
        for status, kind, code in (
            (400, "OAuthException", 100),
            (403, NAME, int(ID)),
            (200, PLAIN, ID),
            (599, 7, None),
        )
    ),
    (400, {"error": NAME}),
    (500, f"<html>{MESSAGE}</html>".encode()),
    (200, f"seen({json.dumps(ENTRY)})".encode()),
]
FIELDS = quote(f"id,{PLAIN},name,owner{{{PLAIN}}},{ID}")
TARGETS = [
    f"/v26.0/{ID}/clients?access_token={TOKEN}&appsecret_proof={PROOF}&after={CURSOR}&fields={FIELDS}&limit={UNIX}",
    f"/v26.0/act_{ID}/agencies?{TOKEN}&{quote(NAME)}={quote(NAME)}&{ID}=1&{quote(MAIL)}&since={TIME}&callback=seen",
    f"/v26.0/{ID}_{OTHER_ID}/clients?fields={quote('((' + NAME)}",
    f"/v26.0/{quote(NAME)}/agencies",
    f"/v26.0/{PLAIN}",
    f"/v26.0/{ID}/{PLAIN}/{OTHER_ID}/{quote(MAIL)}",
    f"/v26.0/?ids={ID},{OTHER_ID},{quote(MAIL)}",
    f"/agencies?ids={ID},act_{OTHER_ID}",
    f"/v26.0/debug_token?input_token={TOKEN}",
    f"/oauth/access_token?client_secret={PROOF}&fb_exchange_token={TOKEN}&grant_type={PLAIN}",
    f"/{TOKEN}/{quote(NAME)}?method={PLAIN}",
    f"/v{UNIX}.0/{ID}",
    "/v26.0/me/adaccounts",
]
ITEM = {
    "method": PLAIN,
    "relative_url": f"{ID}/{PLAIN}?access_token={TOKEN}",
    "name": NAME,
    "body": f"user={ID}",
}
GRANT: dict[str, Any] = {
    "business": int(ID),
    "permitted_tasks": [NAME, PLAIN, ID],
    NAME: NAME,
    ID: ID,
    "access_token": TOKEN,
}
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
PART = f'--q\r\nContent-Disposition: form-data; name="{PLAIN}"; filename="{MAIL}"\r\n\r\n{NAME}\r\n--q--\r\n'
BODIES: list[tuple[str, bytes]] = [
    ("", b""),
    (JSON, json.dumps(GRANT).encode()),
    (FORM, str(httpx.QueryParams({**GRANT, "permitted_tasks": json.dumps([NAME])})).encode()),
    (FORM, str(httpx.QueryParams({"batch": json.dumps([ITEM] * 2), "access_token": TOKEN})).encode()),
    ("multipart/form-data; boundary=q", PART.encode()),
    (f"text/{PLAIN}", NAME.encode()),
]
HEADERS = {
    **{
        "x-business-use-case-usage": json.dumps({ID: [{"type": NAME}]}),
        "www-authenticate": MESSAGE,
        "retry-after": TIME,
    },
    **{"facebook-api-version": f"v{ID}", f"x-{ID}": ID, f"x-{PLAIN.lower()}9": NAME, "set-cookie": COOKIE},
    **{"x-fb-trace-id": TRACE, "content-type": f"application/{ID}"},
}
SENT = {"authorization": f"Bearer {TOKEN}", "cookie": COOKIE, "user-agent": NAME, "x-mine": MAIL}


def exchanges() -> list[Exchange]:
    """Every method, address, body and answer with each other, as far as each meets each once."""
    found = []
    for number, target in enumerate(TARGETS * 3):
        for offset, (status, answer) in enumerate(ANSWERS):
            media, body = BODIES[(number + offset) % len(BODIES)]
            method = ("GET", "POST", "DELETE", NAME)[(number // len(TARGETS) + offset) % 4 if number else 0]
            sent = {**SENT, "content-type": media}
            headers = HEADERS if offset % 2 else {}
            found.append(exchange(method, target, status, answer, headers=headers, sent=sent, body=body))
    return found


def assert_clean(text: str) -> None:
    told = [
        secret
        for secret in SECRETS
        if secret.lower() in text.lower() or quote(secret).lower() in text.lower()
    ]
    assert told == [], [text[max(0, text.lower().find(one.lower()) - 200) :][:400] for one in told]
    # Whatever else was there: no number as long as an id, but a subcode of the document or of seven digits.
    # A form, as of a time, has 9 for each digit.
    assert [number for number in re.findall(r"[0-9]+", text) if len(number) > 7 and {*number} != {"9"}] == []


def test_no_secret_is_in_the_report() -> None:
    notes = Notes(B2B)
    lines = [f"{label} {one}" for each in exchanges() for label, one in notes.add(each)]
    tree = report.as_json(notes)
    assert notes.calls > 500 and notes.differences > 100  # there was something to tell
    assert_clean(json.dumps(tree, ensure_ascii=False))
    assert_clean(report.as_markdown(tree))
    assert_clean("\n".join(lines))


def test_no_secret_is_in_the_report_about_a_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = []
    for one in exchanges():
        url = f"https://graph.facebook.com{one.path}?{one.query}"
        sent = [{"name": name, "value": value} for name, value in one.sent.items()]
        posted = {"mimeType": one.sent["content-type"], "text": one.body.decode()}
        request = {
            "method": one.method,
            "url": url,
            "headers": sent,
            "cookies": [{"value": COOKIE}],
            "postData": posted,
        }
        told = [{"name": name, "value": value} for name, value in one.headers]
        content = {"text": base64.b64encode(one.answer or b"").decode(), "encoding": "base64"}
        response = {"status": one.status, "headers": told, "content": content, "redirectURL": NEXT}
        entries.append(
            {"startedDateTime": TIME, "serverIPAddress": ID, "request": request, "response": response}
        )
    other = {"request": {"url": f"https://{MAIL}/{TOKEN}", "method": "GET"}, "response": {"status": 200}}
    file = tmp_path / "recorded.har"
    file.write_text(json.dumps({"log": {"creator": {"name": NAME}, "entries": [*entries, other]}}))
    monkeypatch.setattr(report, "FOLDER", tmp_path / "evidence")
    monkeypatch.setenv("HAR", str(file))
    assert command.main([]) == 0
    said = capsys.readouterr().out
    assert "differences" in said
    for text in (said, *(path.read_text() for path in (tmp_path / "evidence").iterdir())):
        assert_clean(text)


def test_no_secret_is_in_what_the_proxy_writes(tmp_path: Path) -> None:
    answer = json.dumps({"data": [ENTRY]}).encode()
    with (
        upstream(lambda _: (200, [*HEADERS.items()], answer)) as server,
        Proxy(server.url, tmp_path) as proxy,
    ):
        for target in TARGETS:
            httpx.get(proxy.url + target, headers=SENT | {"user-agent": "x"})
        httpx.post(proxy.url + TARGETS[0], json=GRANT)
        code, out, errors = proxy.end()
    assert code == 0 and errors == "" and "access_status" in out
    for text in (out, *(path.read_text() for path in tmp_path.iterdir())):
        assert_clean(text.replace(str(tmp_path), ""))


def test_the_same_id_is_the_same_placeholder() -> None:
    """In a path, a parameter, as text and as a number, alone, behind act_ and in a compound."""
    notes = Notes(B2B)
    entry = {"id": f"act_{ID}", "account_id": int(ID), "owner": f"{OTHER_ID}_{ID}", "name": ID, "link": NEXT}
    target = f"/v26.0/{OTHER_ID}/owned_ad_accounts?business={ID}&access_token={TOKEN}"
    notes.add(exchange("GET", target, 200, {"data": [entry]}))
    example = next(iter(notes.examples.values()))
    assert example["call"] == ("GET /v26.0/<id 1>/owned_ad_accounts?business=<id 2>&access_token=<secret 1>")
    (shown,) = example["answer"]["data"]
    assert shown == {
        **{"id": "act_<id 2>", "account_id": "<id 2>", "owner": "<id 1>_<id 2>", "name": "<id 2>"},
        "link": "<address 1>",
    }


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("fresh_field", "fresh_field"),
        ("v2_count", "v2_count"),
        ("act_918273645", HIDDEN),
        ("x12345", HIDDEN),
        ("EAAB", HIDDEN),
        ("two words", HIDDEN),
        ("a" * 41, HIDDEN),
        ("unal@example", HIDDEN),
        ("ünal", HIDDEN),
        ("name\n", HIDDEN),
    ],
)
def test_names(text: str, shown: str) -> None:
    assert Vocabulary(B2B).name(text) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("FRESH_TASK", "FRESH_TASK"),
        ("fresh_task", "string like aaaaa_aaaa"),
        ("Zanzibar", "string like aaaaaaaa"),
        ("TASK_1", "string like aaaa_9"),
        ("A" * 41, "string"),
        ("unal@example.com", "string like aaaa?aaaaaaa.aaa"),
        ("", "empty string"),
        (918273645546372, "integer"),
        (None, "null"),
        (True, "boolean"),
        ([1], "array"),
    ],
)
def test_values(value: object, shown: str) -> None:
    assert Vocabulary(B2B).value(value, ["ADVERTISE", "ANALYZE"]) == shown


def test_free_texts_are_no_lists() -> None:
    """If this fails, the document lists values for a field that may hold a name or a secret."""
    words = Vocabulary(B2B)
    schemas = B2B.tree["components"]["schemas"]
    for name in ("Text", "AccessToken", "Time", "Id", "Cursor", "Link", "Money"):
        assert not words.is_listed(schemas[name]), name
    assert words.is_listed(schemas["AccessStatus"]) and words.is_listed(schemas["TaskHeld"])
    assert {"MANAGE", "FLY"} & words.values["user_tasks"] == {"MANAGE"}
    assert OPERATIONS
