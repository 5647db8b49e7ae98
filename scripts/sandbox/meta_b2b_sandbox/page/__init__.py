"""The sandbox's page: its world as people see it in a browser, under /_sandbox/ui. Nobody loads it before somebody
looks.

It reads the store (lists.py), and changes the world by the functions of the control API and by calls of Graph alone.
Templates are in templates/, read by compiled.py, texts in texts.yaml; trying.py makes forms of the operations in the
document.
"""

import hashlib
import html
import json
import re
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined

from meta_b2b_sandbox import __version__, seeds
from meta_b2b_sandbox.answering import Response
from meta_b2b_sandbox.clock import stamp
from meta_b2b_sandbox.control import Control, ControlError, refusal
from meta_b2b_sandbox.document import JSON, Document
from meta_b2b_sandbox.page import lists, trying
from meta_b2b_sandbox.page.compiled import TEMPLATES, Compiled
from meta_b2b_sandbox.page.texts import Speaker, language
from meta_b2b_sandbox.reading import Request, Twice, parse_body, parse_query
from meta_b2b_sandbox.redaction import Redaction
from meta_b2b_sandbox.wire import Wire
from meta_b2b_sandbox.worlds import World, Worlds

HERE = Path(__file__).parent
STATIC = HERE / "static"
GERMAN = HERE.parent / "generated" / "b2b_de.json"
TYPES = {".svg": "image/svg+xml", ".css": "text/css", ".js": "text/javascript", ".txt": "text/plain"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = [
    ("content-security-policy", POLICY),
    ("cache-control", "no-store"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "same-origin"),  # with none, browsers would send no Origin with forms
    ("x-content-type-options", "nosniff"),
]
HTML = "text/html; charset=utf-8"
MOST_CALLS = 200  # shown at first
MOST_WORLDS = 50  # in the choice
# What a click does: operationId for an ad account, and for a Page; whose token it takes.
ACTIONS = {
    "grant": ("grant_ad_account_access", "grant_page_access"),
    "ask": ("request_ad_account_access", "request_page_access"),
    "remove": ("remove_ad_account_agency", "remove_agency"),
}


class Refused(Exception):
    """What was asked for cannot be done; the text says why, in the reader's language. `status` is the HTTP status."""

    def __init__(self, text: str, status: int = 422) -> None:
        super().__init__(text)
        self.status = status


class View:
    """One request of the page, with what its answer needs. `form`: name → values, of a POST."""

    def __init__(self, request: Request, world: World) -> None:
        self.request, self.world, self.store = request, world, world.store
        self.say = Speaker(language(request.headers.get("accept-language") or ""))
        self.root = f"/w/{world.name}" if world.name else ""
        self.ui = f"{self.root}/_sandbox/ui"
        self.form: dict[str, list[str]] = {}
        self._begun = time.perf_counter()
        try:
            self._query = parse_query(request.query)
            if request.method == "POST":
                self.form = {name: values_of(value) for name, value in parse_body(request)[1].items()}
        except (ValueError, RecursionError):
            raise Refused(self.say("unreadable"), 400) from None

    def asked(self, name: str, default: str = "") -> str:
        """A parameter of the query."""
        value = self._query.get(name, default)
        return value if isinstance(value, str) else default

    def number(self, name: str) -> int:
        """The number of a page, 1 without one."""
        text = self.asked(name)
        return int(text) if re.fullmatch("[0-9]{1,9}", text, re.ASCII) else 1

    @property
    def pause(self) -> int:
        """Seconds until a part of this view asks for itself anew: so many that it takes a twentieth of the time."""
        return max(2, round(20 * (time.perf_counter() - self._begun)))

    def given(self, name: str) -> str:
        """A value of the form, "" without one."""
        return self.form.get(name, [""])[0].strip()

    def address(self, path: str, **query: Any) -> str:
        """Of a view of this world; a parameter that is None or "" is left out."""
        shown = {name: value for name, value in query.items() if value not in (None, "")}
        return f"{self.ui}{path}{'?' if shown else ''}{urlencode(shown)}"

    def here(self, **changed: Any) -> str:
        """The address of this view with other parameters."""
        path = self.request.path.removeprefix("/_sandbox/ui")
        now = {name: value for name, value in self._query.items() if isinstance(value, str) and name != "was"}
        return self.address(path, **{**now, **changed})


Viewer = Callable[..., Response]


class Page:
    """Answers what is under /_sandbox/ui, in any world."""

    def __init__(self, graph: Document, control: Control, wire: Wire, worlds: Worlds) -> None:
        self._graph, self._control, self._wire, self._worlds = graph, control, wire, worlds
        self._templates = environment(compiled=Compiled())
        self._forms = cache(lambda language: trying.forms(graph if language == "en" else german()))
        self._routes: list[tuple[str, re.Pattern[str], Viewer]] = [
            (method, re.compile(pattern), viewer)
            for method, pattern, viewer in (
                ("GET", "", self._overview),
                ("GET", "/businesses/([0-9]{1,20})", self._business),
                ("GET", "/businesses/([0-9]{1,20})/tokens", self._tokens),
                ("GET", "/access", self._access),
                ("GET", "/waiting", self._waiting),
                ("GET", "/tick", self._tick),
                ("GET", "/calls", self._calls),
                ("GET", "/calls/new", self._new_calls),
                ("GET", "/calls/([0-9]{1,12})", self._call),
                ("GET", "/do", self._doing),
                ("GET", "/export", self._export),
                ("GET", "/try", self._operations),
                ("GET", "/try/([a-z_]{1,100})", self._try),
                ("POST", "/try/([a-z_]{1,100})", self._send),
                ("POST", "/graph/(grant|ask|remove)", self._act),
                ("POST", "/do/([a-z_]{1,100})", self._do),
                ("POST", "/import", self._import),
            )
        ]

    def answer(self, request: Request, world: World) -> Response:
        """The response to a request under /_sandbox/ui that the doors let in."""
        path = request.path.removeprefix("/_sandbox/ui").rstrip("/")
        if path.startswith("/static/"):
            return static(path.removeprefix("/static/"))
        if request.method == "POST" and "origin" not in request.headers:
            # Browsers name the page that a POST comes from, and the doors let in none but this one.
            return refusal(403, "the page's forms are for browsers; programs call the control API")
        try:
            view = View(request, world)
            if world.answers:
                world.answers.settle(world.store)
            if view.asked("was") == view.store.revision:
                # What asks for itself anew is asked again when something has changed; before any list is read.
                return Response(204, [*HEADERS], b"")
            for method, pattern, viewer in self._routes:
                if method == request.method and (match := pattern.fullmatch(path)):
                    return viewer(view, *match.groups())
            raise Refused(view.say("nothing_here"), 404)
        except Refused as error:
            said = Speaker(language(request.headers.get("accept-language") or ""))
            return self._told(said, str(error), failed=True, status=error.status)

    def _html(self, view: View, template: str, **values: Any) -> Response:
        worlds = [one.name for one in self._worlds][-MOST_WORLDS:]
        shown = self._templates.get_template(template).render(
            v=view,
            t=view.say,
            lang=view.say.language,
            ui=view.ui,
            store=view.store,
            world=view.world,
            worlds=[*worlds, *({view.world.name} - {"", *worlds})],
            waiting_count=lists.waiting_count(view.store),
            now=stamp(view.store.clock.now()),
            asset=asset_address,
            file=file,
            version=__version__,
            **values,
        )
        return Response(200, [("content-type", HTML), *HEADERS], shown.encode())

    def _panel(self, view: View, whole: str, panel: str, **values: Any) -> Response:
        """A view, or its part that asks for itself anew from time to time, with `was`: the revision that it shows."""
        return self._html(view, panel if view.asked("was") else whole, revision=view.store.revision, **values)

    def _told(
        self, say: Speaker, text: str, failed: bool = False, status: int = 200, **values: Any
    ) -> Response:
        """A message about what was done, or why it was not."""
        template = self._templates.get_template("message.html")
        body = template.render(t=say, text=text, failed=failed, values=values)
        headers = [("content-type", HTML), *HEADERS]
        if not failed:
            headers.append(("hx-trigger", "changed"))
        return Response(status, headers, body.encode())

    # What there is

    def _overview(self, view: View) -> Response:
        search = view.asked("q").strip()[:100]
        found = lists.businesses(view.store, search, view.number("page"))
        return self._panel(view, "overview.html", "businesses.html", found=found, search=search)

    def _business(self, view: View, id: str) -> Response:
        name = view.store.business(id)
        if name is None:
            raise Refused(view.say("no_business", id=id), 404)
        store = view.store
        return self._panel(
            view,
            "business.html",
            "business_parts.html",
            id=id,
            name=name,
            owned=lists.owned(store, id, view.number("owned")),
            held=lists.held(store, id, view.number("held")),
            users=lists.users(store, id, view.number("people")),
            requests=lists.obo_of(store, id, view.number("obo")),
        )

    def _tokens(self, view: View, id: str) -> Response:
        return self._html(
            view,
            "tokens.html",
            tokens=lists.tokens(view.store, id, view.number("tokens")),
            pages=lists.pages(view.store, id, view.number("pages")),
            at=view.store.clock.now(),
        )

    def _access(self, view: View) -> Response:
        store, owners = view.store, lists.owners(view.store)
        owner = view.asked("owner") or (owners[0].id if owners else "")
        if other := view.asked("other").strip()[:100]:
            owner = lists.owner_like(store, other) or ""
        sort = view.asked("sort", "name")
        search = view.asked("q").strip()[:100]
        assets = lists.columns(store, owner, view.number("columns"))
        rows = lists.agencies(
            store, owner, search, sort if sort in lists.SORTS else "name", view.number("page")
        )
        return self._panel(
            view,
            "access.html",
            "matrix.html",
            owners=owners,
            many=len(owners) == lists.MOST_CHOICES,
            owner=owner,
            sort=sort,
            search=search,
            assets=assets,
            rows=rows,
            cells=lists.cells(store, rows.rows, assets.rows),
            tasks=self._tasks(),
        )

    def _tasks(self) -> list[str]:
        """The tasks that can be granted, of ad accounts and of Pages."""
        found: dict[str, None] = {}
        for id in ACTIONS["grant"]:
            for field in self._forms("en")[id].fields():
                if field.kind == "array":
                    found |= dict.fromkeys(field.choices)
        return list(found)

    def _waiting(self, view: View) -> Response:
        return self._panel(
            view,
            "waiting.html",
            "waiting_list.html",
            accesses=lists.waiting_accesses(view.store, view.number("page")),
            requests=lists.waiting_obo(view.store, view.number("obo")),
        )

    def _tick(self, view: View) -> Response:
        if view.asked("was") == str(lists.waiting_count(view.store)):
            return Response(204, [*HEADERS], b"")
        return self._html(view, "tick.html")

    # Calls

    def _entries(self, view: View, since: int) -> list[dict[str, Any]]:
        """The calls after this one that the reader wants to see, newest first."""
        operation, failed = view.asked("operation"), view.asked("failed")
        journal = view.world.journal
        chosen = [
            entry
            for entry in journal.entries(operation=operation or None, since=since)
            if not failed or entry.response.status >= 400 or entry.code is not None or entry.fault
        ]
        if not chosen:
            return []
        redaction = Redaction(view.store.secrets())
        return [entry.summary(redaction) for entry in reversed(chosen)]

    def _calls(self, view: View) -> Response:
        last = view.world.journal.last
        return self._html(
            view,
            "calls.html",
            calls=self._entries(view, max(0, last - MOST_CALLS)),
            last=last,
            operations=sorted(self._graph.operations),
            operation=view.asked("operation"),
            failed=view.asked("failed"),
        )

    def _new_calls(self, view: View) -> Response:
        text, last = view.asked("since"), view.world.journal.last
        since = int(text) if re.fullmatch("[0-9]{1,12}", text, re.ASCII) else last
        if since == last:
            return Response(204, [*HEADERS], b"")
        calls = self._entries(view, since)
        first = view.world.journal.first
        gone = max(0, first - since - 1) if first else 0
        response = self._html(view, "call_rows.html", calls=calls, gone=gone)
        response.headers.append(("x-last-call", str(last)))
        return response

    def _call(self, view: View, id: str) -> Response:
        try:
            call = self._control.do("get_call", view.world, view.request.origin, {"id": id})
        except ControlError as error:
            raise Refused(str(error), 404) from None
        request = call["request"]
        url = f"{view.request.origin}{quote(request['path'], safe='/:,')}"
        if request["query"]:
            url += f"?{request['query']}"
        sent = {
            name: value
            for name, value in request["headers"].items()
            if name in ("authorization", "content-type")
        }
        return self._html(
            view, "call.html", call=call, curl=trying.curl(request["method"], url, sent, request["body"])
        )

    # Changes

    def _doing(self, view: View) -> Response:
        world = view.world
        faults = [fault.shown() for fault in world.faults.waiting]
        answers = self._control.do("list_answers", world, view.request.origin)["answers"]
        revision = digest(repr((faults, answers, world.budget, world.clock.stands, sorted(world.snapshots))))
        was = view.asked("was")
        if was == revision:
            return Response(204, [*HEADERS], b"")
        return self._html(
            view,
            "do_now.html" if was else "do.html",
            revision=revision,
            faults=world.faults.waiting,
            answers=answers,
            budget=world.budget,
            stands=world.clock.stands,
            snapshots=sorted(world.snapshots),
            operations=sorted(self._graph.operations),
            fault_answers=self._choices("add_fault", "answer"),
            answer_kinds=self._choices("put_answer", "for"),
        )

    def _choices(self, operation: str, name: str) -> list[str]:
        """The values of a property of the control API's."""
        found = self._control.properties(operation)[name]["enum"]
        return list(found)

    def _do(self, view: View, operation: str) -> Response:
        """An operation of the control API, with the values of a form."""
        definition = self._control.operations.get(operation)
        if definition is None or definition.method == "get":
            raise Refused(view.say("nothing_here"), 404)
        in_path = [one["name"] for one in definition.parameters if one["in"] == "path"]
        schemas = self._control.properties(operation)
        body = {}
        for name, texts in view.form.items():
            given = [text.strip() for text in texts if text.strip()]
            if name in schemas and given:
                body[name] = of_type(schemas[name], given)
        path = {name: quote(view.given(name), safe="") for name in in_path}
        try:
            done = self._control.do(operation, view.world, view.request.origin, path, body=body)
        except ControlError as error:
            raise Refused(str(error)) from None
        shown = {name: done[name] for name in ("id", "name", "user", "access_token") if done.get(name)}
        response = self._told(view.say, view.say("done"), **shown)
        if operation in ("reset", "create_world", "end_world"):
            goal = f"/w/{done['name']}/_sandbox/ui" if operation == "create_world" else f"{view.ui}/do"
            response.headers.append(("hx-redirect", goal))
        return response

    def _act(self, view: View, action: str) -> Response:
        """Grant, ask for, or take away an access: a call of Graph with the token of who does that."""
        id, business = view.given("asset"), view.given("business")
        asset = view.store.asset(id) or view.store.asset(f"act_{id}")
        if asset is None:
            raise Refused(view.say("no_asset", id=id[:50]))
        if view.store.business(business) is None:
            raise Refused(view.say("no_business", id=business[:50]))
        caller = business if action == "ask" else asset.owner
        token = lists.token_of_admin(view.store, caller)
        if token is None:
            raise Refused(view.say("no_token", name=view.store.business(caller)))
        form = self._forms("en")[ACTIONS[action][asset.kind == "page"]]
        plain = asset.id.removeprefix("act_")
        # Of the ids that such a call takes, that of the business in its path is the caller's.
        values: dict[str, list[str]] = {}
        for field in form.fields():
            if field.kind == "array":
                values[field.name] = view.form.get("tasks", [])
            elif field.place == "path" and action == "ask":
                values[field.name] = [business]
            elif field.place == "path":
                values[field.name] = [plain]
            elif field.required:
                values[field.name] = [asset.id if action == "ask" else business]
        trial = trying.Trial.read(form, values)
        response = self._wire.answer(
            trial.request(view.request.origin, self._graph.base_path, token), view.world
        )
        answer = json_of(response.body)
        error = answer.get("error") if isinstance(answer, dict) else None
        if isinstance(error, dict):
            raise Refused(f"{error.get('code', '')}: {error.get('message', '')}")
        if response.status >= 400 or not isinstance(answer, dict):
            raise Refused(view.say("strange_answer", status=response.status))
        waits = answer.get("requires_admin_approval") or action == "ask"
        return self._told(view.say, view.say("waits_now" if waits else "done"))

    def _export(self, view: View) -> Response:
        body = orjson.dumps(seeds.state(view.store), option=orjson.OPT_INDENT_2)
        name = f"{view.world.name or 'world'}.json"
        disposition = ("content-disposition", f'attachment; filename="{name}"')
        return Response(200, [("content-type", JSON), disposition, *HEADERS], body)

    def _import(self, view: View) -> Response:
        text = view.form.get("seed", [""])[0]
        try:
            seed = seeds.read_text(text, view.say("the_file"))
            self._control.do("put_state", view.world, view.request.origin, body=seed)
        except (seeds.SeedError, ControlError) as error:
            raise Refused(str(error)) from None
        return self._told(view.say, view.say("done"))

    # Try it

    def _operations(self, view: View) -> Response:
        tags: dict[str, list[trying.Form]] = {}
        for form in self._forms(view.say.language).values():
            tags.setdefault(form.tag, []).append(form)
        return self._html(view, "operations.html", tags=tags)

    def _form(self, view: View, operation: str) -> trying.Form:
        form = self._forms(view.say.language).get(operation)
        if form is None:
            raise Refused(view.say("nothing_here"), 404)
        return form

    def _try(self, view: View, operation: str) -> Response:
        form, callers = self._form(view, operation), lists.callers(view.store)
        return self._html(
            view,
            "try.html",
            form=form,
            fields=form.fields(view.asked("example")),
            example=view.asked("example"),
            callers=callers,
            many=len(callers) == lists.MOST_CHOICES,
        )

    def _send(self, view: View, operation: str) -> Response:
        form = self._form(view, operation)
        fields = {
            name.removeprefix("p_"): values for name, values in view.form.items() if name.startswith("p_")
        }
        trial = trying.Trial.read(form, fields)
        caller = view.given("other") or view.given("caller")
        token = (
            view.given("own_token")
            or lists.token_of_user(view.store, caller)
            or lists.token_of_admin(view.store, caller)
        )
        if form.public:
            token = None
        elif token is None:
            raise Refused(view.say("no_caller"))
        base = view.request.origin + self._graph.base_path
        begun = time.perf_counter()
        response = self._wire.answer(
            trial.request(view.request.origin, self._graph.base_path, token), view.world
        )
        shown = self._html(
            view,
            "tried.html",
            status=response.status,
            headers=response.headers,
            body=response.body.decode("utf-8", "replace"),
            ms=round((time.perf_counter() - begun) * 1000, 1),
            curl=trial.curl(base, not form.public),
            python=trial.python(base),
        )
        shown.headers.append(("hx-trigger", "changed"))
        return shown


def german() -> Document:
    """Graph's operations with German texts. What Graph itself says, its messages, is English there too."""
    return Document(orjson.loads(GERMAN.read_bytes()), str(GERMAN))


@cache
def file(name: str) -> str:
    """The name of a file of static/ in addresses: another one for other content."""
    return f"{name}?v={digest((STATIC / name).read_text(encoding='utf-8'))}"


def digest(text: str) -> str:
    """A short text that is another one for another text."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def static(name: str) -> Response:
    """A file of static/."""
    if not re.fullmatch(r"[a-zA-Z0-9.-]{1,50}", name) or not (STATIC / name).is_file():
        return refusal(404, f"there is no {name[:50]}")
    headers = [(key, value) for key, value in HEADERS if key != "cache-control"]
    headers += [("content-type", f"{TYPES[Path(name).suffix]}; charset=utf-8")]
    headers += [("cache-control", "private, max-age=31536000, immutable")]
    return Response(200, headers, (STATIC / name).read_bytes())


def values_of(value: Any) -> list[str]:
    """The texts of a value of a form."""
    many = value.values if isinstance(value, Twice) else [value]
    return [str(one) for one in many]


def of_type(schema: Mapping[str, Any], texts: list[str]) -> Any:
    """The value that stands in a form, as the schema's type. What is not of it stays text: the check says so."""
    kind = schema.get("type")
    if kind == "array":
        return [part for text in texts for part in re.split(r"[\s,]+", text) if part]
    if kind == "integer" and re.fullmatch("-?[0-9]{1,15}", texts[0], re.ASCII):
        return int(texts[0])
    if kind == "boolean" and texts[0] in ("true", "false"):
        return texts[0] == "true"
    return texts[0]


def asset_address(ui: str, owner: str) -> str:
    """Where the accesses to the assets of a business are."""
    return f"{ui}/access?owner={quote(owner)}"


def json_of(body: bytes) -> Any:
    """What stands in a body of JSON, None for another one."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def environment(folder: Path = TEMPLATES, compiled: BytecodeCache | None = None) -> Environment:
    """Jinja with the page's options and filters, for the templates in a folder."""
    made = Environment(
        loader=FileSystemLoader(folder),
        bytecode_cache=compiled,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"when": stamp, "tasks": json.loads, "pretty": pretty, "prose": prose}
    return made


def prose(text: str) -> str:
    """A text of the document, which is Markdown, as HTML: code and what is emphasized; all else as it stands there."""
    shown = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", html.escape(text))
    return re.sub(r"\*\*([^*\n]+)\*\*", r"<strong>\1</strong>", shown)


def pretty(text: str) -> str:
    """JSON with a line for each value; what is none as it is."""
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text
