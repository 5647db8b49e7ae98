"""What the page is made of and who may use it, without a browser."""

import ast
import json
import re
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import pytest
from jinja2 import Environment, UndefinedError
from meta_b2b_client import B2BClient
from meta_b2b_sandbox import SandboxWorld, page
from meta_b2b_sandbox.answering import Response
from meta_b2b_sandbox.app import HANDLERS, READERS
from meta_b2b_sandbox.batch import SEVERAL
from meta_b2b_sandbox.control import Control
from meta_b2b_sandbox.document import FORM, packaged
from meta_b2b_sandbox.page import lists, trying
from meta_b2b_sandbox.page.compiled import COMPILED, Compiled
from meta_b2b_sandbox.page.texts import LANGUAGES, language, texts
from meta_b2b_sandbox.reading import Request
from meta_b2b_sandbox.store import IN_MEMORY, App, Asset, Store, User
from meta_b2b_sandbox.wire import Wire
from meta_b2b_sandbox.world import AGENCY, OWNER
from meta_b2b_sandbox.worlds import Worlds

from scripts.node import ROOT
from scripts.vendor import FILES, STATIC

PACKAGE = Path(page.__file__).parent
# Texts whose names are put together: where, and of what.
MADE_NAMES = {f"nav_{view}" for view in ("overview", "access", "waiting", "calls", "do", "try")} | {
    f"sort_{sort}" for sort in lists.SORTS
}
MADE_NAMES |= {f"in_{place}" for place in ("path", "query", "body")}


def used_texts() -> set[str]:
    """The names of the texts that templates and code say."""
    found = set(MADE_NAMES)
    for file in (PACKAGE / "templates").glob("*.html"):
        source = file.read_text(encoding="utf-8")
        for inner in re.findall(r"\bt\(((?:[^()]|\([^()]*\))*)\)", source):
            found |= {name for name in re.findall(r"""["']([a-z_]+)["']""", inner) if name in texts()}
        found |= set(re.findall(r"""\bt\(["']([a-z_]+)["'][,)]""", source))
    for node in ast.walk(ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say":
            found |= {
                one.value
                for one in ast.walk(node.args[0])
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            }
    return found


def test_each_text_is_there_in_both_languages_and_used() -> None:
    assert used_texts() == texts().keys()
    for name, said in texts().items():
        assert said.keys() == set(LANGUAGES), name
        assert all(text.strip() for text in said.values()), name
        values = [sorted(re.findall(r"\{(\w+)\}", said[one])) for one in LANGUAGES]
        assert values[0] == values[1], name


def test_templates_hold_no_text_of_their_own() -> None:
    """Between the tags nothing is left but names that are the same in all languages."""
    for file in (PACKAGE / "templates").glob("*.html"):
        source = file.read_text(encoding="utf-8")
        for made in (r"\{% block here %\}\w+", r"\{%.*?%\}", r"\{\{.*?\}\}", r"<[^>]*>", r'[a-z-]+="[^"]*"'):
            source = re.sub(made, " ", source, flags=re.DOTALL)
        words = set(re.findall(r"[A-Za-z]{2,}", source))
        assert words <= {"ms", "curl", "Python", "act"}, file.name


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("en-GB,de;q=0.9", "en"),
        ("fr,de;q=0.5", "de"),
        ("fr", "en"),
        ("en;q=0.1,de;q=0.2", "de"),
        ("de;q=x;;,", "en"),
    ],
)
def test_the_language_is_that_of_the_browser(accepted: str, expected: str) -> None:
    assert language(accepted) == expected


def test_what_comes_from_npm_is_as_it_came() -> None:
    for name, source in FILES.items():
        assert (STATIC / name).read_bytes() == (ROOT / "node_modules" / source).read_bytes(), name


def test_scripts_are_small() -> None:
    assert sum(file.stat().st_size for file in STATIC.glob("*.js")) < 100_000


def test_nobody_loads_the_page_before_somebody_looks() -> None:
    code = (
        "import sys; from meta_b2b_sandbox import seeds, serving; from meta_b2b_sandbox.app import make_app; "
        "assert 'jinja2' not in sys.modules; assert 'meta_b2b_sandbox.page' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=30)


@pytest.fixture
def by_jinja(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that Jinja compiles, as it does."""
    names: list[str] = []
    make = Environment.compile

    def note(self: Environment, source: str, name: str, *others: Any, **more: Any) -> Any:
        names.append(name)
        return make(self, source, name, *others, **more)

    monkeypatch.setattr(Environment, "compile", note)
    return names


def test_nobody_waits_until_templates_are_compiled(by_jinja: list[str]) -> None:
    jinja = page.environment(compiled=Compiled())
    templates = jinja.list_templates()
    assert "layout.html" in templates
    for name in templates:
        jinja.get_template(name)
    store = Store(IN_MEMORY)
    assert seen(store, "").status == 200
    store.close()
    assert by_jinja == []


def test_a_changed_template_is_shown_as_it_is_now(by_jinja: list[str], tmp_path: Path) -> None:
    folder = shutil.copytree(PACKAGE / "templates", tmp_path / "templates")
    (folder / "tick.html").write_text("changed", encoding="utf-8")
    jinja = page.environment(folder, Compiled())
    for name in jinja.list_templates():
        jinja.get_template(name)
    assert by_jinja == ["tick.html"]
    assert jinja.get_template("tick.html").render() == "changed"


def test_another_jinja_compiles_the_templates_itself(by_jinja: list[str], tmp_path: Path) -> None:
    made = json.loads(COMPILED.read_bytes())
    assert made["jinja2"] == version("jinja2")
    file = tmp_path / "templates.json"
    file.write_text(json.dumps({**made, "jinja2": "3.1.0"}))
    page.environment(compiled=Compiled(file)).get_template("tick.html")
    assert by_jinja == ["tick.html"]


def test_a_fault_in_a_compiled_template_is_told_with_its_line_there() -> None:
    template = page.environment(compiled=Compiled()).get_template("message.html")
    with pytest.raises(UndefinedError) as caught:
        template.render(failed=False, text="")
    places = [(one.filename, one.lineno) for one in traceback.extract_tb(caught.value.__traceback__)]
    assert (str(PACKAGE / "templates" / "message.html"), 2) in places


def test_each_operation_is_a_form_with_code_that_runs() -> None:
    document = packaged("b2b.yaml")
    for form in trying.forms(document).values():
        given = {field.name: [field.text] for field in form.fields()}
        trial = trying.Trial.read(form, given)
        code = trial.python("http://127.0.0.1:4020/v26.0")
        assert bool(code) == hasattr(B2BClient, form.id) == (form.id not in SEVERAL)
        compile(code, form.id, "exec")
        assert trial.curl("http://127.0.0.1:4020/v26.0", True).startswith("curl -i")


def test_forms_are_german_too(http: httpx.Client) -> None:
    """With the texts of the German document; what Graph itself says is English, as Graph says it."""
    german, english = page.german(), packaged("b2b.yaml")
    assert german.operations.keys() == english.operations.keys()
    listed = http.get("/try", headers={"accept-language": "de"}).text
    for id, operation in german.operations.items():
        assert page.prose(operation.definition["summary"]) in listed
        assert page.prose(english.operations[id].definition["summary"]) not in listed
    shown = http.get("/try/grant_ad_account_access", headers={"accept-language": "de"}).text
    for field in trying.forms(german)["grant_ad_account_access"].fields():
        assert field.description and page.prose(field.description) in shown


def test_texts_of_the_document_are_no_markup() -> None:
    assert page.prose("<b> `a<b` **c**") == "&lt;b&gt; <code>a&lt;b</code> <strong>c</strong>"


def test_curl_takes_any_text_as_it_is() -> None:
    hostile = """$(touch x) `id` "quoted" \\ $HOME ' ü"""
    line = trying.curl("POST", "http://127.0.0.1:1/x", {"authorization": "Bearer [secret]"}, hostile)
    done = subprocess.run(
        ["bash", "-c", line.replace("curl", "printf '%s\\n'", 1)],
        capture_output=True,
        text=True,
        check=True,
        env={"TOKEN": "the-token"},
        timeout=10,
    )
    assert done.stdout.splitlines()[-1] == hostile
    assert "authorization: Bearer the-token" in done.stdout


# Who may use it


@pytest.fixture
def http(world: SandboxWorld) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{world.control_url}/ui", headers={"accept": "text/html"}) as http:
        yield http


def test_the_root_is_the_page_for_browsers_alone(world: SandboxWorld) -> None:
    root = world.control_url.removesuffix("_sandbox")
    seen = httpx.get(root, headers={"accept": "text/html,*/*;q=0.8"})
    assert seen.status_code == 200
    assert seen.headers["content-security-policy"] == page.POLICY
    assert "unsafe" not in page.POLICY
    token = world.token("Example Owner")
    asked = {"ids": OWNER, "access_token": token}
    for headers in ({}, {"accept": "text/html"}):
        assert OWNER in httpx.get(root, params=asked, headers=headers).json()
    assert httpx.get(root).json()["error"]["code"] == 104
    posted = httpx.post(root, data={"batch": "[]", "access_token": token}, headers={"accept": "text/html"})
    assert posted.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null"])
@pytest.mark.parametrize("path", ["/do/reset", "/graph/grant", "/import", "/try/get_me"])
def test_nothing_is_changed_from_elsewhere(
    world: SandboxWorld, http: httpx.Client, path: str, origin: str | None
) -> None:
    before = world.state()
    headers = {} if origin is None else {"origin": origin}
    answer = http.post(path, data={"asset": "act_4444444444", "business": AGENCY}, headers=headers)
    assert answer.status_code == 403
    assert world.state() == before
    assert world.calls() == []


def test_the_page_is_not_served_under_a_strangers_name(world: SandboxWorld, http: httpx.Client) -> None:
    for address in (f"{world.control_url}/ui", world.control_url.removesuffix("_sandbox")):
        answer = http.get(address, headers={"host": "evil.example"})
        assert answer.status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/businesses/1",
        "/try/nothing",
        "/static/nothing.js",
        "/static/..%2Ftexts.yaml",
        "/calls/9",
    ],
)
def test_what_is_not_there(http: httpx.Client, path: str) -> None:
    assert http.get(path).status_code == 404


def test_what_reads_is_no_operation_to_do(world: SandboxWorld, http: httpx.Client) -> None:
    origin = {"origin": world.control_url.partition("/w/")[0]}
    assert http.post("/do/get_state", headers=origin).status_code == 404
    assert http.post("/do/remove_fault", data={"id": "../1"}, headers=origin).status_code == 422


def test_a_panel_that_has_not_changed_has_no_content(world: SandboxWorld, http: httpx.Client) -> None:
    shown = http.get("/waiting").text
    revision = re.search(r"waiting\?was=([0-9-]+)", shown)
    assert revision
    assert http.get("/waiting", params={"was": revision[1]}).status_code == 204
    world.reset()
    assert http.get("/waiting", params={"was": revision[1]}).status_code == 200


# A great world

AGENCIES, ASSETS = 5000, 20


@pytest.fixture(scope="module")
def great() -> Iterator[Store]:
    """100,000 accesses, and 250 more owners, whose assets wait for a review."""
    store = Store(IN_MEMORY)
    assets = [Asset(f"act_{10 + i}", "ad_account", f"Account {i}", "1", None, 0) for i in range(ASSETS)]
    others = [Asset(f"act_{1000 + i}", "ad_account", "Other", str(200000 + i), None, 1) for i in range(250)]
    with store.change():
        store.start_ids(1, 1)
        store.add_business("1", "Owner")
        store.add_rows("businesses", [(str(100000 + i), f"Agency {i}") for i in range(AGENCIES)])
        store.add_rows("businesses", [(one.owner, f"Client {one.owner}") for one in others])
        for asset in [*assets, *others]:
            store.add_asset(asset)
        rows = (
            (asset.id, str(100000 + i), "ad_account", "1", '["ANALYZE"]', None, 0, 0, None)
            for asset in assets
            for i in range(AGENCIES)
        )
        store.add_rows("accesses", rows)
        for asset in others:
            store.put_access(asset, "100000", ["ANALYZE"], "owner")
        for i in range(60):
            store.add_obo_request("10", "1", str(100000 + i), "IN_PROGRESS")
        store.add_app(App("9", "App", "1", "secret", 0))
        for number in range(250):
            person = User(str(500 + number), f"Person {number}", "1")
            store.add_user(person)
            store.add_token(f"token-{number}", person, "9")
    yield store
    store.close()


def test_lists_go_page_by_page(great: Store) -> None:
    first = lists.agencies(great, "1", "", "name", 1)
    assert (len(first.rows), first.total, first.pages) == (25, 5000, 200)
    assert [row.name for row in first.rows[:2]] == ["Agency 0", "Agency 1"]
    last = lists.agencies(great, "1", "", "name", 999999)
    assert (last.number, last.rows[-1].name) == (200, "Agency 4999")
    assert lists.agencies(great, "1", "Agency 499", "id", 1).total == 11
    assets_beside = lists.columns(great, "1", 3)
    assert (len(assets_beside.rows), assets_beside.pages) == (4, 3)
    assert len(lists.cells(great, first.rows, assets_beside.rows)) == 100
    assert lists.businesses(great, "", 1).rows[0] == ("1", "Owner", 0, 20, 0)
    assert lists.owners(great)[0] == ("1", "Owner", 100000)


@pytest.mark.parametrize(
    ("read", "total"),
    [
        (lists.waiting_accesses, 250),
        (lists.waiting_obo, 60),
        (lambda store, number: lists.obo_of(store, "1", number), 60),
        (lambda store, number: lists.users(store, "1", number), 250),
        (lambda store, number: lists.tokens(store, "1", number), 250),
        (lambda store, number: lists.held(store, "100000", number), 270),
    ],
)
def test_nothing_is_left_out_of_long_lists(
    great: Store, read: Callable[[Store, int], lists.Part], total: int
) -> None:
    parts = [read(great, number) for number in range(1, read(great, 1).pages + 1)]
    rows = {row for one in parts for row in map(repr, one.rows)}
    assert len(rows) == total == parts[0].total
    assert max(len(one.rows) for one in parts) == lists.ROWS


def seen(store: Store, path: str, form: str = "", language: str = "en") -> Response:
    """What the page answers to a GET, or to a form."""
    worlds = Worlds(store, store)
    graph = packaged("b2b.yaml")
    control = Control(packaged("sandbox.yaml"), graph, worlds)
    shown = page.Page(graph, control, Wire(graph, HANDLERS, READERS), worlds)
    address, _, query = path.partition("?")
    headers = {"accept-language": language, "origin": "http://127.0.0.1", "content-type": FORM}
    request = Request("POST" if form else "GET", f"/_sandbox/ui{address}", query, headers, form.encode())
    return shown.answer(request, worlds.first)


def test_choices_have_a_way_to_what_they_do_not_show(great: Store) -> None:
    assert len(lists.owners(great)) == len(lists.callers(great)) == lists.MOST_CHOICES
    shown = seen(great, "/access?other=client+200249").body.decode()
    assert '<option value="200249" selected>Client 200249</option>' in shown
    assert "act_1249" in shown and "Agency 0" in shown
    assert "Nothing found" in seen(great, "/access?other=Agency+1").body.decode()  # which owns nothing
    for other in ("749", "1"):  # a user, and a business
        answer = seen(great, "/try/get_me", f"caller=500&other={other}&p_fields=id").body.decode()
        assert ("749" if other == "749" else "500") in re.sub(r"\s", "", answer).partition("<pre")[2][:80]


VIEWS = [
    *("", "?q=agency+49", "/businesses/1", "/businesses/100000", "/businesses/1/tokens", "/waiting", "/do"),
    *("/access", "/access?sort=most&columns=3", "/access?q=99&page=9", "/try/get_me"),
]


@pytest.mark.parametrize("path", VIEWS)
def test_views_of_a_great_world_stay_small(great: Store, path: str) -> None:
    """No view is larger, or takes more queries, than one page of its lists needs."""
    queries: list[str] = []
    great._db.set_trace_callback(queries.append)
    answer = seen(great, path)
    great._db.set_trace_callback(None)
    assert answer.status == 200
    assert len(answer.body) < 120_000
    assert len(queries) < 4 * lists.ROWS


@pytest.mark.parametrize("path", ["?was=", "/businesses/1?was=", "/access?q=99&was=", "/waiting?was="])
def test_what_has_not_changed_is_not_read_again(great: Store, path: str) -> None:
    queries: list[str] = []
    great._db.set_trace_callback(queries.append)
    answer = seen(great, path + great.revision)
    great._db.set_trace_callback(None)
    assert (answer.status, answer.body, queries) == (204, b"", [])
