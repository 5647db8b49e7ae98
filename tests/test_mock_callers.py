"""The mock answers every caller as they come: the guide's curl lines, Meta's Python SDK, Meta's Node SDK."""

import inspect
import json
import re
import shlex
import shutil
import subprocess
from typing import Any

import httpx
import jsonschema_rs
import pytest
from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.adobjects.business import Business
from facebook_business.adobjects.businessownedobjectonbehalfofrequest import (
    BusinessOwnedObjectOnBehalfOfRequest,
)
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.user import User
from facebook_business.api import FacebookAdsApi, FacebookSession

from scripts.mock.prism import Mock
from tests.support.document import DOCUMENT, ONE_CALL, OPERATIONS, example_call, resolve

TOKEN = "token-of-this-test"
IDS = {
    "<BUSINESS_ID>": "3333333333",
    "<PAGE_ID>": "1900952844321",
    "<AD_ACCOUNT_ID>": "4444444444",
    "<OBO_REQUEST_ID>": "1111111111",
    "<ACCESS_TOKEN>": TOKEN,
    "<STATUS>": "IN_PROGRESS",
    "<API_VERSION>": "v26.0",
}
ERRORS = jsonschema_rs.Draft202012Validator(
    {"$ref": "#/components/schemas/ErrorResponse", "components": DOCUMENT["components"]}
)


@pytest.fixture
def graph(mock: Mock) -> str:
    """The address that callers use instead of https://graph.facebook.com, without a version."""
    return mock.base_url.rpartition("/")[0]


def answers_of(operation_id: str) -> list[Any]:
    """What the document shows as the operation's good answers."""
    media = OPERATIONS[operation_id].responses["200"]["content"]["application/json"]
    return [resolve(example)["value"] for example in media["examples"].values()]


# The guide's calls in its order, with the operation each one means. Mended where the guide's own line cannot work:
# `-G -F` (curl sends a POST) is `-G -d`, and the line break inside the address is gone.
GUIDE = [
    (
        "grant_page_access",
        """curl -F "business=<BUSINESS_ID>" -F "permitted_tasks=['MODERATE', 'ADVERTISE', 'ANALYZE']"
        "https://graph.facebook.com/<API_VERSION>/<PAGE_ID>/agencies?access_token=<ACCESS_TOKEN>" """,
    ),
    (
        "request_ad_account_access",
        """curl -F "adaccount_id=act_<AD_ACCOUNT_ID>" -F "permitted_tasks=['ADVERTISE','ANALYZE']"
        "https://graph.facebook.com/<API_VERSION>/<BUSINESS_ID>/client_ad_accounts?access_token=<ACCESS_TOKEN>" """,
    ),
    (
        "request_page_access",
        """curl -F "page_id=<PAGE_ID>" -F "permitted_tasks=['ADVERTISE','ANALYZE']"
        "https://graph.facebook.com/<API_VERSION>/<BUSINESS_ID>/client_pages?access_token=<ACCESS_TOKEN>" """,
    ),
    (
        "list_clients",
        'curl "https://graph.facebook.com/<API_VERSION>/<BUSINESS_ID>/clients?access_token=<ACCESS_TOKEN>"',
    ),
    (
        "grant_ad_account_access",
        """curl -F "business=<BUSINESS_ID>" -F "permitted_tasks=['ADVERTISE', 'ANALYZE']"
        "https://graph.facebook.com/<API_VERSION>/act_<AD_ACCOUNT_ID>/agencies?access_token=<ACCESS_TOKEN>" """,
    ),
    (
        "remove_ad_account_agency",
        """curl -X DELETE -F "business=<BUSINESS_ID>"
        "https://graph.facebook.com/<API_VERSION>/act_<AD_ACCOUNT_ID>/agencies?access_token=<ACCESS_TOKEN>" """,
    ),
    (
        "remove_agency",
        """curl -X DELETE -F "business=<BUSINESS_ID>"
        "https://graph.facebook.com/<API_VERSION>/<PAGE_ID>/agencies?access_token=<ACCESS_TOKEN>" """,
    ),
    (
        "list_ad_account_agencies",
        'curl "https://graph.facebook.com/<API_VERSION>/act_<AD_ACCOUNT_ID>/agencies?access_token=<ACCESS_TOKEN>"',
    ),
    (
        "list_agencies",
        'curl "https://graph.facebook.com/<API_VERSION>/<PAGE_ID>/agencies?access_token=<ACCESS_TOKEN>"',
    ),
    (
        "list_agencies",
        'curl "https://graph.facebook.com/<API_VERSION>/<BUSINESS_ID>/agencies?access_token=<ACCESS_TOKEN>"',
    ),
    (
        "get_obo_request",
        """curl -G -d "access_token=<ACCESS_TOKEN>"
        "https://graph.facebook.com/<API_VERSION>/<OBO_REQUEST_ID>?fields=id,receiving_business,requesting_business,status,business_owned_object" """,
    ),
    (
        "cancel_obo_request",
        """curl -X DELETE -F "access_token=<ACCESS_TOKEN>"
        "https://graph.facebook.com/<API_VERSION>/<OBO_REQUEST_ID>" """,
    ),
    (
        "list_ad_account_obo_requests",
        """curl -G -d "access_token=<ACCESS_TOKEN>"
        "https://graph.facebook.com/<API_VERSION>/act_<AD_ACCOUNT_ID>/onbehalf_requests?fields=id,status,receiving_business,requesting_business&status=<STATUS>" """,
    ),
    (
        "list_received_obo_requests",
        """curl -G -d "access_token=<ACCESS_TOKEN>"
        "https://graph.facebook.com/<API_VERSION>/<BUSINESS_ID>/received_inprogress_onbehalf_requests" """,
    ),
    (
        "list_sent_obo_requests",
        """curl -G -d "access_token=<ACCESS_TOKEN>"
        "https://graph.facebook.com/<API_VERSION>/<BUSINESS_ID>/sent_inprogress_onbehalf_requests" """,
    ),
]


def curl(line: str, graph: str) -> Any:
    """Run one of the guide's lines with only host and placeholders replaced, and return the JSON answer."""
    for placeholder, value in IDS.items():
        line = line.replace(placeholder, value)
    words = shlex.split(line.replace("https://graph.facebook.com", graph))
    done = subprocess.run(
        [*words, "--silent", "--max-time", "10"], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed here")


@needs_curl
@pytest.mark.parametrize(("operation_id", "line"), GUIDE)
def test_the_guides_curl_line(operation_id: str, line: str, graph: str) -> None:
    assert curl(line, graph) in answers_of(operation_id)


@needs_curl
@pytest.mark.parametrize("token", ["-d access_token=t", "-F access_token=t", "-H 'Authorization: Bearer t'"])
def test_tokens_in_a_form_and_in_a_header(token: str, graph: str) -> None:
    # The other two encodings: a form is read like multipart.
    flag = "-F" if "-F" in token else "-d"
    tasks = """["ADVERTISE","ANALYZE"]"""
    line = f"curl {token} {flag} business=<BUSINESS_ID> {flag} 'permitted_tasks={tasks}' "
    assert (
        curl(line + "https://graph.facebook.com/v26.0/act_<AD_ACCOUNT_ID>/agencies", graph)["success"] is True
    )


@needs_curl
def test_the_guides_curl_line_that_sends_a_post_by_mistake(graph: str) -> None:
    line = (
        'curl -G -F "access_token=<ACCESS_TOKEN>" "https://graph.facebook.com/<API_VERSION>/<OBO_REQUEST_ID>"'
    )
    answer = curl(line, graph)
    assert (answer["error"]["code"], answer["error"]["error_subcode"]) == (100, 33)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("3333333333/managed_businesses", {"existing_client_business_id": "2222222222"}),
        ("1900952844321/assigned_users", {"user": "7122102222222222"}),
        ("act_4444444444/assigned_users", {"user": "7122102222222222"}),
    ],
)
@pytest.mark.parametrize("place", ["params", "data", "files"])
def test_what_is_removed_is_named_anywhere(path: str, body: dict[str, str], place: str, graph: str) -> None:
    given = {**body, "access_token": TOKEN}
    sent: Any = {name: (None, value) for name, value in given.items()} if place == "files" else given
    answer = httpx.request("DELETE", f"{graph}/v26.0/{path}", **{place: sent})
    assert (answer.status_code, answer.json()) == (200, {"success": True})


@pytest.mark.parametrize("id", ["me", "122", "3333333333"])
def test_users_of_a_business_and_of_a_person(id: str, graph: str) -> None:
    answer = httpx.get(f"{graph}/v26.0/{id}/business_users", params={"access_token": TOKEN})
    assert (answer.status_code, answer.json()) == (200, answers_of("list_business_users")[0])


def test_a_token_is_exchanged_without_one(graph: str) -> None:
    given = arguments("get_long_lived_token")
    answer = httpx.get(f"{graph}/v26.0/oauth/access_token", params=given)
    assert (answer.status_code, answer.json()) == (200, answers_of("get_long_lived_token")[0])
    del given["client_secret"]
    assert httpx.get(f"{graph}/v26.0/oauth/access_token", params=given).status_code == 400


@pytest.mark.parametrize("version", ["v2.11", "v18.0", "v26.0", "v27.0"])
def test_any_version(version: str, graph: str) -> None:
    answer = httpx.get(f"{graph}/{version}/3333333333/clients", params={"access_token": TOKEN})
    assert (answer.status_code, answer.json()) == (200, answers_of("list_clients")[0])


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v26.0/abc/clients", 400, 100),
        ("GET", "/v26.0/1/clients?limit=abc", 400, 100),
        ("GET", "/v26.0/1/clients?limit=0", 400, 100),
        ("GET", "/v26.0/you/accounts", 400, 100),
        ("GET", "/v26.0/act_1/onbehalf_requests?status=NO_STATUS", 400, 100),
        ("POST", "/v26.0/1/agencies", 400, 100),
        ("GET", "/v26.0/1/no_such_edge", 400, 2500),
        ("POST", "/v26.0/1/no_such_edge", 400, 2500),
        ("DELETE", "/v26.0/1/no_such_edge", 400, 2500),
        ("GET", "/version26/1/clients", 400, 100),
        # Prism insists on 401 where Graph answers 400; the envelope and its code are right.
        ("GET", "/v26.0/1/clients?access_token=", 401, 104),
    ],
)
def test_failures_come_in_graphs_envelope(method: str, path: str, status: int, code: int, graph: str) -> None:
    url = path if "access_token" in path else f"{path}{'&' if '?' in path else '?'}access_token={TOKEN}"
    answer = httpx.request(method, graph + url)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert ERRORS.is_valid(answer.json())


# Meta's Python SDK, unmodified but for the host.

NODES = {
    AdAccount: "act_4444444444",
    Business: "3333333333",
    Page: "1900952844321",
    User: "122",
    BusinessOwnedObjectOnBehalfOfRequest: "1111111111",
}
# How each node's id stands in the document's paths.
PLACES = {
    AdAccount: ("/act_{ad_account_id}",),
    Business: ("/{business_id}", "/{page_or_business_id}"),
    Page: ("/{page_id}", "/{page_or_business_id}"),
    User: ("/{user_id}",),
    BusinessOwnedObjectOnBehalfOfRequest: ("/{obo_request_id}",),
}


def sdk_methods() -> dict[tuple[type, str], str]:
    """(class, method) → operationId, for every method of Meta's SDK that calls an operation of the document.

    Read off the SDK's own source: each generated method names its HTTP method and edge.
    """
    found = {}
    operations = {(operation.path, operation.method): id for id, operation in OPERATIONS.items()}
    for node, places in PLACES.items():
        for name, function in filter(lambda item: inspect.isfunction(item[1]), vars(node).items()):
            called = re.search(r"method='(\w+)',\s+endpoint='(/\w*)'", inspect.getsource(function))
            if not called:
                continue
            for place in places:
                operation = operations.get(((place + called[2]).rstrip("/"), called[1].lower()))
                if operation:
                    found[node, name] = operation
    return found


def arguments(operation_id: str) -> dict[str, Any]:
    """The parameters of a call: the JSON example of the body, or the required query parameters."""
    _, _, query, body = example_call(operation_id)
    return body or query


@pytest.fixture
def sdk(graph: str, monkeypatch: pytest.MonkeyPatch) -> FacebookAdsApi:
    monkeypatch.setattr(FacebookSession, "GRAPH", graph)
    monkeypatch.setattr(FacebookAdsApi, "_default_api", None)
    return FacebookAdsApi.init(access_token=TOKEN, crash_log=False)


# It takes its own type of `scope` for nodes, which nobody sends.
@pytest.mark.filterwarnings("ignore:value of scope might not be compatible")
@pytest.mark.parametrize(
    ("method", "operation_id"),
    sdk_methods().items(),
    ids=lambda v: v if isinstance(v, str) else f"{v[0].__name__}.{v[1]}",
)
def test_metas_python_sdk(method: tuple[type, str], operation_id: str, sdk: FacebookAdsApi) -> None:
    node, name = method
    given = arguments(operation_id)
    if "scope" in given:
        given["scope"] = given["scope"].split(",")
    result = getattr(node(NODES[node]), name)(params=given)
    shown = answers_of(operation_id)
    if operation_id.startswith("list_"):
        entries = [{k: v for k, v in entry.export_all_data().items() if v is not None} for entry in result]
        key = "permission" if operation_id == "list_permissions" else "id"
        assert [entry[key] for entry in entries] in [[e[key] for e in answer["data"]] for answer in shown]
    else:
        assert result is not None


def test_metas_python_sdk_reads_and_cancels_an_obo_request(sdk: FacebookAdsApi) -> None:
    request = BusinessOwnedObjectOnBehalfOfRequest("1111111111")
    request.api_get(
        fields=["id", "status", "receiving_business", "requesting_business", "business_owned_object"]
    )
    assert request["status"] == "IN_PROGRESS"
    assert request["receiving_business"]["name"] == "Example Business Name"
    request.remote_delete()


def test_metas_python_sdk_has_all_but_six_calls() -> None:
    called = set(sdk_methods().values()) | {"get_me"}  # User("me").api_get()
    missing = set(ONE_CALL) - called
    assert missing == {
        "request_ad_account_access",
        "list_received_obo_requests",
        "list_sent_obo_requests",
        "cancel_obo_request",
        "get_token_info",
        "get_long_lived_token",
    }


# Meta's Node SDK: what version 24.0.1 puts on the wire (a stray `id`, a JSON body on every call, the token in the query).


@pytest.mark.parametrize("operation_id", ONE_CALL)
def test_metas_node_sdk(operation_id: str, graph: str) -> None:
    method, path, _, _ = example_call(operation_id)
    given = arguments(operation_id)
    stray = {"id": path.split("/")[1]}
    query = {"access_token": TOKEN}
    body: dict[str, Any] = {}
    if method == "POST":
        body = {**given, **stray}
    else:
        query |= given | (stray if method == "DELETE" else {})
    # Which example, because all nodes but ad accounts share a form of path.
    media = OPERATIONS[operation_id].responses["200"]["content"]["application/json"]
    prefer = {"Prefer": f"example={next(iter(media['examples']))}"}
    answer = httpx.request(method, f"{graph}/v24.0{path}", params=query, json=body, headers=prefer)
    assert (answer.status_code, answer.json()) == (200, answers_of(operation_id)[0])
