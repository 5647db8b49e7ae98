"""B2BClient and AsyncB2BClient: a method for each operation, right on the wire and against both servers; no secret
where it does not belong; lists, page by page."""

import hashlib
import hmac
import inspect
import json
import logging
import traceback
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from meta_b2b_client import AsyncB2BClient, B2BClient, GraphError, UnexpectedAnswer
from meta_b2b_sandbox import Sandbox
from meta_b2b_sandbox.document import JSON
from meta_b2b_sandbox.tokens import APP_SECRET
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, CROWD, CROWDED, OWNER, PAGE

from scripts.mock.prism import Mock
from tests.support.client_calls import EVERY, OPERATIONS, TWINS, Operation, Twin
from tests.support.document import B2B, DOCUMENT, resolve
from tests.support.recorder import Recorder, Request, recorder

EMPLOYEE = "7122102222222222"  # of OWNER: the example of `user`
TOKEN = "EAAtokenThatMustStaySecret"
SECRET = "appSecretThatMustStaySecret"
BOTH = pytest.mark.parametrize("kind", TWINS)
LISTS = {one.id for one in OPERATIONS if isinstance(one.example().get("data"), list)}


@pytest.fixture(scope="module")
def server() -> Iterator[Recorder]:
    with recorder() as running:
        yield running


def methods(kind: type) -> dict[str, inspect.Signature]:
    return {
        name: inspect.signature(value)
        for name, value in vars(kind).items()
        if not name.startswith("_") and callable(value)
    }


def arguments(operation: Operation, required: bool = False) -> tuple[list[str], dict[str, Any]]:
    """Path parameters, and the rest by name: the document's examples; only the required ones, if `required`."""
    examples = {p["name"]: p["example"] for p in operation.parameters}
    named = {name: examples[name] for name in operation.names("query", required) if name != "before"}
    return [examples[name] for name in operation.names("path")], {**named, **(operation.example_body() or {})}


# Methods


def test_there_is_a_method_for_each_operation_and_the_clients_are_twins() -> None:
    ours, theirs = methods(B2BClient), methods(AsyncB2BClient)
    assert list(ours) == list(theirs)
    assert sorted(ours) == sorted(operation.id for operation in OPERATIONS)
    assert LISTS and ours.keys() > LISTS
    for name, signature in ours.items():
        assert signature.parameters == theirs[name].parameters
        answer, other = signature.return_annotation, theirs[name].return_annotation
        assert other == (f"Async{answer}" if name in LISTS else answer)
        assert inspect.iscoroutinefunction(getattr(AsyncB2BClient, name)) == (name not in LISTS)
    assert list(inspect.signature(B2BClient).parameters) == list(inspect.signature(AsyncB2BClient).parameters)


@EVERY
def test_arguments_are_those_of_the_document(operation: Operation) -> None:
    parameters = dict(methods(B2BClient)[operation.id].parameters)
    del parameters["self"]
    path = operation.names("path")
    assert list(parameters)[: len(path)] == path
    body = resolve(operation.bodies[JSON]["schema"]) if operation.bodies else {}
    required = {*path, *operation.names("query", required=True), *body.get("required", [])}
    optional = {*operation.names("query"), *body.get("properties", {})} - required
    ours = {"timeout", "max_items"} if operation.id in LISTS else {"timeout"}
    assert parameters.keys() == required | optional | ours
    # A default in the query is for the server to apply; one in the path is the client's, since a path must be whole.
    defaults = {
        p["name"]: resolve(p["schema"])["default"]
        for p in operation.parameters
        if p["in"] == "path" and "default" in resolve(p["schema"])
    }
    for name, parameter in parameters.items():
        assert parameter.kind == (parameter.POSITIONAL_OR_KEYWORD if name in path else parameter.KEYWORD_ONLY)
        assert parameter.default == defaults.get(name, parameter.empty if name in required else None)
    for p in operation.parameters:  # enums are typed with their literals
        if "enum" in resolve(p["schema"]):
            assert parameters[p["name"]].annotation not in ("str", "str | None")


@EVERY
@BOTH
def test_the_docstring_is_the_documents(operation: Operation, kind: type) -> None:
    doc = " ".join(str(inspect.getdoc(getattr(kind, operation.id))).split())
    assert doc.startswith(operation.definition["summary"])
    assert " ".join(operation.definition["description"].split()) in doc
    assert "Source: " in doc
    for p in operation.parameters:
        assert f"{p['name']}: {' '.join(p['description'].split())}" in doc
    known = {entry["code"]: entry for entry in error_codes() if "subcode_of" not in entry}
    for code in operation.definition["x-graph-codes"]:
        assert f"{known[code]['meaning']} ({code})" in doc
        assert f" {class_name(known[code])}: " in doc


def error_codes() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = DOCUMENT["components"]["schemas"]["GraphError"]["x-graph-codes"]
    return found


def class_name(entry: dict[str, Any]) -> str:
    return "".join(word.capitalize() for word in entry["class"].split("_"))


@BOTH
def test_what_is_not_given_is_not_sent(server: Recorder, kind: type) -> None:
    """The document's defaults are for the server, but for `me`: a path must have an id."""
    with Twin(kind, TOKEN, base_url=server.base_url) as twin:
        for user, sent in (([], "me"), (["122"], "122")):
            server.reply(200, {"data": []})
            assert twin("list_pages", *user) == []
            assert server.last().target == f"/v26.0/{sent}/accounts"
        server.reply(200, {"access_status": "PENDING"})
        twin("request_page_access", "1", page_id="2")
        assert json.loads(server.last().body) == {"page_id": "2"}
        server.reply(200, {"success": True})
        for name in ("assign_page_user", "assign_ad_account_user"):
            twin(name, "1", user="2")
            assert json.loads(server.last().body) == {"user": "2"}


@EVERY
@BOTH
def test_against_the_mock(mock: Mock, operation: Operation, kind: type) -> None:
    path, named = arguments(operation)
    with Twin(kind, TOKEN, base_url=mock.base_url) as twin:
        # The nodes that share a form of path are one operation there, with the examples of all of them.
        twin.b2b._http.headers["Prefer"] = f"example={operation.example_name}"
        answer = twin(operation.id, *path, **named)
    shown = operation.example()
    if operation.id in LISTS:
        assert [entry.to_dict() for entry in answer] == shown["data"]
    else:
        assert answer.to_dict() == shown


@EVERY
@BOTH
def test_against_the_sandbox(
    sandbox: Sandbox, control: httpx.Client, operation: Operation, kind: type
) -> None:
    """The document's examples work in the demo world, for one of those who have a token there."""
    path, named = arguments(operation, required=True)
    if "clients" in operation.path and "business" in named:
        named["business"] = OWNER  # the only client there is
    outcomes: list[Any] = []
    proven = {"app_secret": APP_SECRET, "base_url": sandbox.base_url}
    for token in ("owner-token", "agency-token", "owner-page-token", "agency-system-token"):
        assert control.post("/reset").is_success
        if operation.method == "delete":  # what is removed must be there
            grant = {"business": AGENCY, "permitted_tasks": ["ANALYZE"]}
            with Twin(kind, "owner-page-token", **proven) as page:
                page("grant_page_access", PAGE, **grant)
            with Twin(kind, "owner-token", **proven) as owner:
                owner("grant_ad_account_access", AD_ACCOUNT[4:], **grant)
                owner("assign_ad_account_user", AD_ACCOUNT[4:], user=EMPLOYEE)
                owner("assign_page_user", PAGE, user=EMPLOYEE)
        if operation.id in ("create_access_token", "remove_managed_business"):
            with Twin(kind, "owner-token", **proven) as owner:
                owner("create_managed_business", AGENCY, existing_client_business_id=OWNER)
        with Twin(kind, token, **proven) as twin:
            try:
                outcomes.append(twin(operation.id, *path, **named))
            except GraphError as error:
                assert error.operation == operation.id
                assert error.code is not None
                outcomes.append(error)
    assert not all(isinstance(one, GraphError) for one in outcomes), outcomes


def test_the_address_is_the_documents() -> None:
    assert repr(B2BClient(TOKEN)) == f"B2BClient(base_url='{B2B.server_url}')"


@pytest.mark.parametrize("base_url", ["", "graph.facebook.com/v26.0", "ftp://127.0.0.1"])
def test_an_address_that_cannot_be_is_refused(base_url: str) -> None:
    with pytest.raises(ValueError, match="base_url must begin with https:// or http://"):
        B2BClient(TOKEN, base_url=base_url)


# Secrets


@BOTH
def test_app_secret_adds_its_proof(server: Recorder, sandbox: Sandbox, kind: type) -> None:
    server.reply(200, {"id": "1"})
    with Twin(kind, TOKEN, app_secret=SECRET, base_url=server.base_url) as twin:
        twin("get_obo_request", "1", fields="id")
    proof = hmac.new(SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest()
    assert parse_qs(urlsplit(server.last().target).query) == {"appsecret_proof": [proof], "fields": ["id"]}
    for secret, works in ((APP_SECRET, True), (SECRET, False)):  # the sandbox checks it
        with Twin(kind, "owner-token", app_secret=secret, base_url=sandbox.base_url) as twin:
            if works:
                assert len(twin("list_ad_account_agencies", CROWDED[4:])) == CROWD
            else:
                with pytest.raises(GraphError, match="Invalid appsecret_proof"):
                    twin("list_ad_account_agencies", CROWDED[4:])


def holders(error: BaseException | None) -> Iterator[BaseException]:
    """The exception, and what it holds of others."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


ECHO = json.dumps(
    {"error": {"message": f"Malformed access token {TOKEN}", "type": "OAuthException", "code": 190}}
)
PAGE_TOKEN = "EAApageTokenThatMustStaySecret"
LEAKS = {
    "its error": (400, ECHO.encode()),
    "an error in a 200": (200, ECHO.encode()),
    "a proxy's page": (502, f"<html>Bad gateway: Authorization: Bearer {TOKEN} {SECRET}</html>".encode()),
    "not JSON": (200, f"token {TOKEN}".encode()),
    "not the model": (200, json.dumps({"data": f"Bearer {TOKEN}"}).encode()),
    "no answer": (0, b""),
}


@BOTH
@pytest.mark.parametrize("name", LEAKS)
def test_secrets_are_nowhere(
    server: Recorder, caplog: pytest.LogCaptureFixture, kind: type, name: str
) -> None:
    caplog.set_level(logging.DEBUG)
    status, body = LEAKS[name]
    server.reply(status or 200, body)
    base_url = server.base_url if status else "http://127.0.0.1:1/v26.0"
    with Twin(kind, TOKEN, app_secret=SECRET, base_url=base_url, max_retries=1) as twin:
        with pytest.raises(GraphError) as caught:
            twin("list_clients", "1")
        shown = [repr(twin.b2b), str(twin.b2b), repr(twin.b2b._options), caplog.text]
        shown += [repr(vars(one)) + repr(one.args) for one in holders(caught.value)]
    shown += [*traceback.format_exception(caught.value), str(caught.value), repr(caught.value)]
    assert not any(isinstance(one, httpx.HTTPError) for one in holders(caught.value))
    for request in server.requests:
        shown.append(request.target)
        assert request.headers["authorization"] == f"Bearer {TOKEN}"
    server.requests.clear()
    assert str(caught.value).startswith("list_clients: ")
    for text in shown:
        assert TOKEN not in text and SECRET not in text


@BOTH
@pytest.mark.parametrize(
    "answer",
    [
        {"data": [{"access_token": PAGE_TOKEN}]},  # without the id that a Page must have
        {"access_token": PAGE_TOKEN},
        {"rest": "." * 150, "access_token": PAGE_TOKEN},  # cut off inside the token
    ],
)
def test_tokens_of_pages_are_not_shown(
    server: Recorder, caplog: pytest.LogCaptureFixture, kind: type, answer: dict[str, Any]
) -> None:
    """An answer may hold tokens that the client never had."""
    caplog.set_level(logging.DEBUG)
    with Twin(kind, TOKEN, base_url=server.base_url) as twin:
        server.reply(200, {"data": [{"id": "1", "access_token": PAGE_TOKEN}]})
        pages = twin("list_pages")
        assert [page.access_token for page in pages] == [PAGE_TOKEN]
        server.reply(200, {"access_token": PAGE_TOKEN})
        made = twin("create_access_token", "1", app_id="2", scope="ads_management")
        assert made.access_token == PAGE_TOKEN
        server.reply(200, answer)
        with pytest.raises(UnexpectedAnswer, match=r"\[secret\]") as caught:
            twin("list_pages")
    server.requests.clear()
    shown = [caplog.text, repr(pages), repr(made), *traceback.format_exception(caught.value)]
    shown += [repr(vars(one)) + repr(one.args) for one in holders(caught.value)]
    assert not any(PAGE_TOKEN[:8] in text for text in shown)


GIVEN = {
    "get_token_info": {"input_token": PAGE_TOKEN},
    "get_long_lived_token": {
        "grant_type": "fb_exchange_token",
        "client_id": "1",
        "client_secret": SECRET,
        "fb_exchange_token": PAGE_TOKEN,
    },
}


@BOTH
@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize("status", [400, 0])
def test_secrets_that_an_address_must_have_are_shown_nowhere_else(
    server: Recorder, caplog: pytest.LogCaptureFixture, kind: type, name: str, status: int
) -> None:
    """httpx logs each address."""
    caplog.set_level(logging.DEBUG)
    text = " ".join(GIVEN[name].values())
    echo = {"error": {"message": text, "type": "OAuthException", "code": 190}}
    server.reply(status or 200, echo if status else b"")
    base_url = server.base_url if status else "http://127.0.0.1:1/v26.0"
    with (
        Twin(kind, TOKEN, base_url=base_url, max_retries=0) as twin,
        pytest.raises(GraphError) as caught,
    ):
        twin(name, **GIVEN[name])
    if status:
        query = parse_qs(urlsplit(server.last().target).query)
        assert query == {key: [value] for key, value in GIVEN[name].items()}
        assert "[secret]" in caplog.text
    shown = [caplog.text, *traceback.format_exception(caught.value)]
    shown += [repr(vars(one)) + repr(one.args) for one in holders(caught.value)]
    assert not any(secret in text for text in shown for secret in (PAGE_TOKEN, SECRET))


def test_https_is_verified() -> None:
    with B2BClient(TOKEN) as b2b:
        (pool,) = (b2b._http._transport._pool,)  # type: ignore[attr-defined]
        assert pool._ssl_context.verify_mode.name == "CERT_REQUIRED"


# Lists


class Book:
    """A list in pages on a local server: the size of each, and where the last one leads back to, if anywhere."""

    def __init__(self, server: Recorder, sizes: list[int], back: int | None = None) -> None:
        self.sizes, self.back = sizes, back
        self.entries = [
            [{"id": f"{number}{entry:03}"} for entry in range(size)] for number, size in enumerate(sizes)
        ]
        server.requests.clear()
        server.answer = self.answer

    def answer(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        query = {name: value for name, (value,) in parse_qs(urlsplit(request.target).query).items()}
        assert query.pop("fields") == "id"  # each page is asked for alike
        number = int(query.pop("after", "0"))
        assert query == {}
        following = number + 1 if number + 1 < len(self.sizes) else self.back
        body: dict[str, Any] = {"data": self.entries[number]}
        if following is not None:
            link = f"http://evil.invalid/v26.0/1/clients?access_token={TOKEN}&fields=id&after={following}"
            body["paging"] = {"next": link}
            if number % 2:  # an empty page has no cursors
                body["paging"]["cursors"] = {"before": "x", "after": str(following)}
        return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()

    @property
    def ids(self) -> list[str]:
        return [entry["id"] for page in self.entries for entry in page]


@pytest.fixture(scope="module", params=TWINS)
def reader(request: pytest.FixtureRequest, server: Recorder) -> Iterator[Twin]:
    with Twin(request.param, TOKEN, base_url=server.base_url) as twin:
        yield twin


SIZES = st.lists(st.integers(0, 4), min_size=1, max_size=8)


@given(sizes=SIZES, most=st.none() | st.integers(0, 20))
@example(sizes=[0, 0, 2], most=None)
@example(sizes=[2, 2], most=2)
@example(sizes=[2, 0, 2], most=3)
def test_any_pages_are_followed_and_no_more_than_needed(
    server: Recorder, reader: Twin, sizes: list[int], most: int | None
) -> None:
    book = Book(server, sizes)
    items = reader.b2b.list_clients("1", fields="id", max_items=most)
    assert server.requests == []
    assert [entry.id for entry in reader.all(items)] == book.ids[:most]
    needed = next(
        (number for number in range(len(sizes)) if most is not None and sum(sizes[:number]) >= most),
        len(sizes),
    )
    assert len(server.requests) == needed
    assert all(request.target.startswith("/v26.0/1/clients?") for request in server.requests)
    pages = reader.all(items.pages())  # anew, and whole
    assert [len(page.data) for page in pages] == sizes[:needed]
    assert TOKEN not in repr(pages)


@given(sizes=SIZES, data=st.data())
def test_pages_that_go_round_in_circles_are_noticed(
    server: Recorder, reader: Twin, sizes: list[int], data: st.DataObject
) -> None:
    back = data.draw(st.integers(0, len(sizes) - 1))
    book = Book(server, sizes, back)
    found = []
    with pytest.raises(UnexpectedAnswer, match="the pages go round in circles") as caught:
        for entry in reader.each(reader.b2b.list_clients("1", fields="id")):
            found.append(entry.id)
    assert caught.value.operation == "list_clients"
    assert found[: len(book.ids)] == book.ids
    assert len(server.requests) <= len(sizes) + 1 + len(sizes[back:])


@pytest.mark.parametrize(
    "answer, reason",
    [
        ({}, "lacks 'data'"),
        ({"data": None}, "not iterable"),
        ({"data": [{}]}, "lacks 'id'"),
        ({"data": [], "paging": {"next": "http://127.0.0.1/"}}, "paging has next, but no cursor"),
        ({"data": [], "paging": {"next": "http://127.0.0.1/", "cursors": {"after": 1}}}, "no cursor"),
        ({"data": [], "paging": {"next": "http://[/"}}, "Invalid IPv6 URL"),
        ({"data": [], "paging": [1]}, "'list' object has no attribute"),
        ([], "'list' object has no attribute"),
        ("error", "Expecting|no attribute|not"),
        (1, "not"),
    ],
)
def test_a_page_that_cannot_be_read(server: Recorder, reader: Twin, answer: Any, reason: str) -> None:
    server.requests.clear()
    server.reply(200, answer)
    with pytest.raises(UnexpectedAnswer, match=reason) as caught:
        reader("list_clients", "1")
    assert (caught.value.status, caught.value.code) == (200, None)
    assert len(server.requests) == 1  # asking again would not help


def test_max_items_must_not_be_negative(reader: Twin) -> None:
    with pytest.raises(ValueError, match="max_items must not be negative, unlike -1"):
        reader.b2b.list_clients("1", max_items=-1)


@pytest.fixture(scope="module", params=TWINS)
def owner(request: pytest.FixtureRequest, shared_sandbox: Sandbox, control: httpx.Client) -> Iterator[Twin]:
    assert control.post("/reset").is_success
    with Twin(request.param, "owner-token", base_url=shared_sandbox.base_url) as twin:
        yield twin


@given(limit=st.integers(1, 100), most=st.none() | st.integers(0, CROWD + 9), data=st.data())
def test_any_pages_of_the_sandbox(owner: Twin, limit: int, most: int | None, data: st.DataObject) -> None:
    crowd = [str(9_000_000_001 + number) for number in range(CROWD)]
    items = owner.b2b.list_ad_account_agencies(CROWDED[4:], limit=limit, max_items=most)
    assert [entry.id for entry in owner.all(items)] == crowd[:most]
    pages = owner.all(owner.b2b.list_ad_account_agencies(CROWDED[4:], limit=limit).pages())
    assert [len(page.data) for page in pages[:-1]] == [limit] * (len(pages) - 1)
    # On from any page, and back from it, page by page.
    number = data.draw(st.integers(0, len(pages) - 1))
    cursors = pages[number].paging.cursors
    after = owner("list_ad_account_agencies", CROWDED[4:], limit=limit, after=cursors.after)
    assert [entry.id for entry in after] == crowd[(number + 1) * limit :]
    before = owner.b2b.list_ad_account_agencies(CROWDED[4:], limit=limit, before=cursors.before).pages()
    backwards = [[entry.id for entry in page.data] for page in owner.all(before)]
    assert [id for page in reversed(backwards) for id in page] == crowd[: number * limit]


def test_total_count(owner: Twin) -> None:
    for filters in ({}, {"limit": 5, "max_items": 1, "after": "MQ"}):
        assert owner.done(owner.b2b.list_agencies(OWNER, **filters).total_count()) == CROWD
    for name, kind in {one.id: one for one in OPERATIONS if one.id in LISTS}.items():
        path, named = arguments(kind, required=True)
        items = getattr(owner.b2b, name)(*path, **named)
        assert hasattr(items, "total_count") == ("summary" in kind.names("query"))


def test_a_list_that_the_server_does_not_count(owner: Twin, sandbox: Sandbox) -> None:
    with (
        Twin(type(owner.b2b), "owner-page-token", base_url=sandbox.base_url) as page,
        pytest.raises(UnexpectedAnswer, match="lacks 'summary'"),
    ):
        page.done(page.b2b.list_agencies(PAGE).total_count())
