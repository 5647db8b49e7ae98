"""What clients put on the wire that neither pip nor npm has: Meta's SDKs for PHP, Ruby and Java; Koala; php-graph-sdk.

Read off their source. Each story goes from the businesses of the user to an access that is removed again.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import orjson
import pytest
from meta_b2b_sandbox.tokens import APP_SECRET
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, CROWD, CROWDED, OTHER_PAGE, OWNER, PAGE, REVIEWED

from tests.clients.conftest import Send

FORM = "application/x-www-form-urlencoded"
JSON_TASKS = '["ADVERTISE","ANALYZE"]'
GRANT = {"business": AGENCY, "permitted_tasks": JSON_TASKS}


def proof(token: str) -> str:
    return hmac.new(APP_SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()


def signed(token: str) -> dict[str, str]:
    return {"access_token": token, "appsecret_proof": proof(token)}


def multipart(boundary: str, parts: Mapping[str, str]) -> tuple[dict[str, str], bytes]:
    """Headers and body, as curl and Meta's Java SDK write them: parts without a type of their own."""
    lines = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    ]
    body = "".join(lines) + f"--{boundary}--\r\n"
    return {"Content-Type": f"multipart/form-data; boundary={boundary}"}, body.encode()


class Php:
    """Meta's SDK: GET has everything in the query, POST and DELETE everything in multipart, as curl writes an array."""

    def __init__(self, send: Send) -> None:
        self.send = send

    def get(self, path: str, token: str, **params: str) -> Any:
        query = urlencode({**params, **signed(token)})
        return self._read(
            self.send(
                "GET", f"/v25.0/{path}?{query}", {"User-Agent": "fb-php-ads-25.0.0", "Accept-Encoding": "*"}
            )
        )

    def change(self, method: str, path: str, token: str, **params: str) -> Any:
        headers, body = multipart("------------------------d74496d66958873e", {**params, **signed(token)})
        return self._read(self.send(method, f"/v25.0/{path}", {**headers, "Accept-Encoding": "*"}, body))

    @staticmethod
    def _read(answer: Any) -> Any:
        assert answer.status == 200, answer.body
        return orjson.loads(answer.body)


def test_php(send: Send) -> None:
    php = Php(send)
    (business,) = php.get("me/businesses", "owner-token", fields="id,name")["data"]
    assert php.get(f"{business['id']}/owned_ad_accounts", "owner-token", fields="id,balance", summary="1")[
        "summary"
    ]
    (page,) = php.get("me/accounts", "owner-token", fields="id,access_token")["data"]
    assert php.change("POST", f"{PAGE}/agencies", page["access_token"], **GRANT | {"business": "5555555555"})
    assert php.change("POST", f"{REVIEWED}/agencies", "owner-token", **GRANT)["success"]
    held = php.get(f"{AGENCY}/client_ad_accounts", "agency-token", fields="id,name,timezone_name")["data"]
    assert [account["timezone_name"] for account in held] == ["Europe/Berlin"]
    assert php.change("DELETE", f"{AD_ACCOUNT}/agencies", "owner-token", business=AGENCY) == {"success": True}
    assert php.change("DELETE", f"{AGENCY}/pages", "agency-token", page_id=PAGE) == {"success": True}
    waiting = php.get(f"{AGENCY}/clients", "agency-token", fields="id,adaccount_permissions")["data"][0]
    assert [one["id"] for one in waiting["adaccount_permissions"]] == [REVIEWED]


def test_php_goes_back_from_the_middle_of_a_list(send: Send) -> None:
    """[A46] Its cursor adds the parameters of `previous` to those of the call before, and so sends both cursors."""
    php = Php(send)
    first = php.get(f"{CROWDED}/agencies", "owner-token", fields="id", limit="5")
    asked = {"fields": "id", "limit": "5", "after": first["paging"]["cursors"]["after"]}
    second = php.get(f"{CROWDED}/agencies", "owner-token", **asked)
    previous = dict(parse_qsl(urlsplit(second["paging"]["previous"]).query))
    assert "before" in previous and "after" not in previous
    del previous["access_token"]
    previous.pop("appsecret_proof", None)
    back = php.get(f"{CROWDED}/agencies", "owner-token", **asked | previous)
    assert back["data"] == first["data"]


def test_ruby(send: Send) -> None:
    """Meta's SDK: token and proof are always in the query; a POST is a form, a DELETE has a query alone."""

    def call(method: str, path: str, token: str, form: str = "", **params: str) -> Any:
        headers = {"User-Agent": "fbbizsdk-ruby-v25.0.0", "Accept": "*/*"}
        if form:
            headers["Content-Type"] = FORM
        query = urlencode({**params, **signed(token)})
        answer = send(method, f"/v25.0/{path}?{query}", headers, form.encode())
        assert answer.status == 200, answer.body
        return orjson.loads(answer.body)

    (business,) = call("GET", "me/businesses", "owner-token", fields="id,name,primary_page")["data"]
    assert business["primary_page"]["id"] == PAGE
    assert call("GET", OWNER, "owner-token", fields="id,name,verification_status")["verification_status"]
    listed = (
        urlencode({"business": AGENCY, "permitted_tasks[]": "ADVERTISE"}) + "&permitted_tasks%5B%5D=ANALYZE"
    )
    for form in (listed, urlencode(GRANT)):
        assert call("POST", f"{CROWDED}/agencies", "owner-token", form) == {"success": True}
    page = call("GET", PAGE, "owner-token", fields="access_token")["access_token"]
    assert call("GET", f"{PAGE}/agencies", page, fields="id")["data"] == [{"id": AGENCY}]
    assert call("DELETE", f"{CROWDED}/agencies", "owner-token", business=AGENCY) == {"success": True}
    assert call("DELETE", f"{AGENCY}/ad_accounts", "agency-token", adaccount_id=AD_ACCOUNT) == {
        "success": True
    }


@pytest.mark.parametrize("number", [8239441209475209177, -7062513447098352231])
def test_java(number: int, send: Send) -> None:
    """Meta's SDK: a GET has a content type and no body; POST and DELETE are multipart, written by hand. The boundary is
    26 dashes and a number, which may be negative."""

    def call(method: str, path: str, token: str, **params: str) -> Any:
        agent = {
            "User-Agent": "fbbizsdk-java-v25.0.0",
            "Accept": "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
        }
        if method == "GET":
            query = urlencode({**params, **signed(token)})
            answer = send("GET", f"/v25.0/{path}?{query}", {**agent, "Content-Type": FORM})
        else:
            headers, body = multipart("-" * 26 + str(number), {**params, **signed(token)})
            answer = send(method, f"/v25.0/{path}", {**agent, **headers}, body)
        assert answer.status == 200, answer.body
        return orjson.loads(answer.body)

    assert call("GET", "me/businesses", "owner-token", fields="id,name")["data"][0]["id"] == OWNER
    fields = (
        "id,account_id,name,age,balance,business_street,capabilities,owner,tax_id,timezone_name,user_tasks"
    )
    account = call("GET", AD_ACCOUNT, "owner-token", fields=fields)
    assert account["owner"] == OWNER and "tax_id" not in account
    request = {"page_id": OTHER_PAGE, "permitted_tasks": JSON_TASKS}
    assert call("POST", f"{AGENCY}/client_pages", "agency-token", **request) == {"access_status": "PENDING"}
    assert call("POST", f"{CROWDED}/agencies", "owner-token", **GRANT) == {"success": True}
    assert call("DELETE", f"{CROWDED}/agencies", "owner-token", business=AGENCY) == {"success": True}
    assert call("DELETE", f"{AGENCY}/pages", "agency-token", page_id=OTHER_PAGE) == {"success": True}

    # The asynchronous DELETE has everything in the query; `next` is called as it stands.
    query = urlencode({"business": AGENCY, **signed("owner-token")})
    assert send("DELETE", f"/v25.0/{AD_ACCOUNT}/agencies?{query}").status == 200
    page = call("GET", f"{CROWDED}/agencies", "owner-token", fields="id", limit="50")
    found = page["data"]
    while "next" in page["paging"]:
        address = urlsplit(page["paging"]["next"])
        page = orjson.loads(send("GET", f"{address.path}?{address.query}", {"Content-Type": FORM}).body)
        found += page["data"]
    assert len(found) == CROWD


def test_koala(send: Send) -> None:
    """Lists are joined by commas, a DELETE is a POST with `method` in its form; of `next` it takes the query."""

    def call(verb: str, path: str, token: str, **args: str) -> Any:
        args = {**args, **signed(token)}
        if verb == "get":
            answer = send("GET", f"/v24.0/{path}?{urlencode(args)}")
        else:
            form = args if verb == "post" else {**args, "method": verb}
            answer = send("POST", f"/v24.0/{path}", {"Content-Type": FORM}, urlencode(form).encode())
        assert answer.status == 200, answer.body
        return orjson.loads(answer.body)

    assert call("get", "me", "owner-token", fields="id,name,businesses{id}")["businesses"]["data"] == [
        {"id": OWNER}
    ]
    grant = {"business": AGENCY, "permitted_tasks": "ADVERTISE,ANALYZE"}
    assert call("post", f"{CROWDED}/agencies", "owner-token", **grant) == {"success": True}
    page = call("get", f"{CROWDED}/agencies", "owner-token", fields="id,permitted_tasks", limit="100")
    agency = next(one for one in page["data"] if one["id"] == AGENCY)
    assert agency["permitted_tasks"] == ["ADVERTISE", "ANALYZE"]
    args = dict(parse_qsl(urlsplit(page["paging"]["next"]).query))
    args.pop("access_token")
    assert len(call("get", f"{CROWDED}/agencies", "owner-token", **args)["data"]) == CROWD + 1 - 100
    assert call("delete", f"{CROWDED}/agencies", "owner-token", business=AGENCY) == {"success": True}
    assert call("delete", f"{AGENCY}/clients", "agency-token", business=OWNER) == {"success": True}
    assert call("get", f"{AGENCY}/clients", "agency-token") == {"data": []}


def test_php_graph_sdk(send: Send) -> None:
    """Every call has the content type of a form; a list is `permitted_tasks[0]=`; a DELETE has its form as its body."""

    def call(method: str, path: str, token: str, **form: str) -> Any:
        headers = {"Content-Type": FORM, "User-Agent": "fb-php-5.7.0", "Accept-Encoding": "*"}
        if method == "GET":
            mark = "&" if "?" in path else "?"
            answer = send("GET", f"/v24.0/{path}{mark}{urlencode(signed(token))}", headers)
        else:
            answer = send(method, f"/v24.0/{path}", headers, urlencode({**form, **signed(token)}).encode())
        assert answer.status == 200, answer.body
        return orjson.loads(answer.body)

    assert call("GET", "me/businesses", "owner-token")["data"][0]["id"] == OWNER
    fields = "account_id,name,account_status,disable_reason,funding_source_details,adspixels{id,name}"
    assert call("GET", f"{OWNER}/owned_ad_accounts?fields={fields}&limit=20", "owner-token")["data"][0][
        "name"
    ]
    tasks = {"permitted_tasks[0]": "ADVERTISE", "permitted_tasks[1]": "ANALYZE"}
    assert call("POST", f"{CROWDED}/agencies", "owner-token", business=AGENCY, **tasks) == {"success": True}
    assert call("GET", f"{AGENCY}/client_pages?fields=id,name,access_token", "agency-token")["data"][0][
        "access_token"
    ]
    held = call("GET", f"{AGENCY}/client_ad_accounts?fields=permitted_tasks", "agency-token")["data"]
    assert {"id": CROWDED, "permitted_tasks": ["ADVERTISE", "ANALYZE"]} in held
    assert call("DELETE", f"{CROWDED}/agencies", "owner-token", business=AGENCY) == {"success": True}
