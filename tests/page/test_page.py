"""What people do on the sandbox's page, in a real browser, and what programs see of it."""

import json
import os
from pathlib import Path
from typing import Any

import httpx
import pytest
from meta_b2b_client import GraphError
from meta_b2b_sandbox import SandboxWorld
from meta_b2b_sandbox.world import AD_ACCOUNT, AGENCY, AGENCY_AD_ACCOUNT, OWNER, REVIEWED
from playwright.sync_api import Page, expect

from scripts.node import ROOT
from tests.support.browser import Visitor, picture

HOSTILE = "<img src=x onerror=\"document.body.dataset.hit='1'\">"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AXE_RUN = "axe.run().then(result => result.violations)"
VIEWS = {
    "businesses": "",
    "business": f"/businesses/{OWNER}",
    "access": "/access?sort=most",
    "waiting": "/waiting",
    "calls": "/calls",
    "do": "/do",
    "operations": "/try",
    "try": "/try/grant_ad_account_access",
}


def said(page: Page, text: str) -> None:
    """The page says this about what was done last."""
    expect(page.locator("#message")).to_contain_text(text)


# Colours and language of what is looked at: of each both, and all pairs where pictures are wanted.
LOOKS = [("light", "en"), ("dark", "de")]
LOOKS += [("dark", "en"), ("light", "de")] if "PICTURES" in os.environ else []


def busy(world: SandboxWorld) -> None:
    """Something of everything that views show."""
    world.clock(at="2026-03-01T09:00:00+0000")
    with world.client("Example Owner") as owner:
        owner.grant_ad_account_access(REVIEWED.removeprefix("act_"), business=AGENCY)
    with world.client("Example Agency", max_retries=0) as agency:
        agency.request_ad_account_access(AGENCY, adaccount_id=AD_ACCOUNT, permitted_tasks=["ADVERTISE"])
        list(agency.list_clients(AGENCY))
        world.fault("list_clients", code=2, times=3)
        with pytest.raises(GraphError):
            list(agency.list_clients(AGENCY))


def test_access_from_request_to_removal(visitor: Visitor, world: SandboxWorld) -> None:
    """The guide's story: a program asks, somebody approves by a click; somebody grants, the program sees it."""
    page = visitor.open("/waiting")
    before = page.title()
    assert before.startswith("(2) ")  # the demo world's OBO requests
    with world.client("Example Agency") as agency:
        agency.request_ad_account_access(
            AGENCY, adaccount_id=AD_ACCOUNT, permitted_tasks=["ADVERTISE", "ANALYZE"]
        )
        expect(page.locator("#waiting li", has_text="Access request")).to_contain_text("Example Ad Account")
        expect(page).to_have_title(before.replace("(2)", "(3)"))
        page.get_by_role("button", name="Approve: Example Agency, Example Ad Account").click()
        said(page, "Done.")
        expect(page).to_have_title(before)
        assert [one.id for one in agency.list_client_ad_accounts(AGENCY)] == [AD_ACCOUNT]

        page.goto(f"{visitor.ui}/access?q={AGENCY}")
        cell = page.locator("#matrix tbody tr", has_text="Example Agency")
        expect(cell.locator(".badge.has")).to_have_text("has access")
        page.get_by_role("button", name="Take away: Example Agency, Example Ad Account").click()
        said(page, "Done.")
        expect(page.locator("#matrix")).to_contain_text("Nobody has access")
        assert [*agency.list_client_ad_accounts(AGENCY)] == []

        page.get_by_label("Id of the Page or ad account").fill(AD_ACCOUNT)
        page.get_by_label("Id of the agency").fill(AGENCY)
        page.get_by_role("button", name="Give access").click()
        said(page, "Done.")
        expect(cell.locator(".badge.task")).to_have_text(["ADVERTISE", "ANALYZE"])
        assert [one.id for one in agency.list_client_ad_accounts(AGENCY)] == [AD_ACCOUNT]
    last = [call.operation for call in world.calls() if call.business == OWNER]
    assert last == ["remove_ad_account_agency", "grant_ad_account_access"]


def test_asking_by_a_click_and_declining(visitor: Visitor, world: SandboxWorld) -> None:
    page = visitor.open("/access")
    page.get_by_label("Id of the Page or ad account").fill(AD_ACCOUNT)
    page.get_by_label("Id of the agency").fill(AGENCY)
    page.get_by_role("button", name="Ask for access").click()
    said(page, "it waits for an answer now")
    page.get_by_role("link", name="Waiting").click()
    page.get_by_role("button", name="Decline: Example Agency, Example Ad Account").click()
    said(page, "Done.")
    expect(page.locator("#waiting")).not_to_contain_text("Access request")
    assert not [one for one in world.state()["accesses"] if one["business"] == AGENCY]


def test_what_cannot_be_done_is_told(visitor: Visitor, world: SandboxWorld) -> None:
    page = visitor.open("/access")
    page.get_by_label("Id of the Page or ad account").fill("act_1")
    page.get_by_label("Id of the agency").fill(AGENCY)
    page.get_by_role("button", name="Give access").click()
    said(page, "There is no Page or ad account act_1.")
    page.get_by_label("Id of the Page or ad account").fill(AD_ACCOUNT)
    page.get_by_label("Id of the agency").fill(OWNER)
    page.get_by_role("button", name="Give access").click()
    expect(page.locator("#message .failed")).not_to_contain_text("There is no")
    expect(page.locator("#message .failed")).to_be_visible()  # in Graph's own words
    assert world.calls()[-1].code is not None


def test_the_obo_story(visitor: Visitor, world: SandboxWorld) -> None:
    page = visitor.open("/do")
    form = page.get_by_role("form", name="An on-behalf-of request")
    form.get_by_label("Id of the business that asks").fill(AGENCY)
    form.get_by_label("Id of the business that is asked").fill(OWNER)
    form.get_by_label("Id of the ad account").fill(AGENCY_AD_ACCOUNT.removeprefix("act_"))
    form.get_by_role("button", name="Create").click()
    said(page, "id:")
    id = page.locator("#message button.id code").inner_text()
    with world.client("Example Owner") as owner:
        assert id in [one.id for one in owner.list_received_obo_requests(OWNER)]
        page.get_by_role("link", name="Waiting").click()
        page.get_by_role("button", name=f"Approve: On-behalf-of request {id}").click()
        said(page, "Done.")
        assert id not in [one.id for one in owner.list_received_obo_requests(OWNER)]
        assert owner.get_obo_request(id).status == "APPROVE"


def test_calls_come_one_by_one(visitor: Visitor, world: SandboxWorld) -> None:
    """Nothing is lost, nothing doubled, and hidden is what is secret."""
    page = visitor.open("/calls")
    expect(page.locator("#no-calls")).to_be_visible()
    with world.client("Example Agency", max_retries=0) as agency:
        for _ in range(40):
            list(agency.list_clients(AGENCY))
        expect(page.locator("#calls tr")).to_have_count(40)
        world.fault("list_clients", code=80004)
        with pytest.raises(GraphError):
            list(agency.list_clients(AGENCY))
        for _ in range(30):
            list(agency.list_clients(AGENCY))
    expect(page.locator("#calls tr")).to_have_count(71)
    ids = page.locator("#calls tr").evaluate_all("rows => rows.map(row => Number(row.dataset.call))")
    assert ids == list(range(71, 0, -1))
    failed = page.locator("#calls tr", has_text="80004")
    expect(failed).to_have_count(1)
    expect(failed).to_contain_text("Fault 1")
    failed.get_by_role("button").click()
    detail = page.locator("#detail")
    expect(detail.locator("h2")).to_be_focused()
    expect(detail).to_contain_text('"code": 80004')
    expect(detail.locator("pre.code")).to_contain_text('-H "authorization: Bearer $TOKEN"')
    assert world.token("Example Agency") not in page.content()
    page.keyboard.press("Escape")
    expect(failed.get_by_role("button")).to_be_focused()
    page.get_by_label("only what failed").check()
    expect(page.locator("#calls tr")).to_have_count(1)
    page.goto(f"{visitor.ui}/calls?operation=get_me")
    expect(page.locator("#calls tr")).to_have_count(0)


def test_faults_clock_budget_and_answers(visitor: Visitor, world: SandboxWorld) -> None:
    page = visitor.open("/do")
    form = page.get_by_role("form", name="A fault")
    form.get_by_label("Operation").select_option("list_clients")
    form.get_by_label("Code of Graph's error").fill("80004")
    form.get_by_role("button", name="Add").click()
    expect(page.locator("#now")).to_contain_text("list_clients 1 times · Code 80004")
    with world.client("Example Agency", max_retries=0) as agency, pytest.raises(GraphError) as failure:
        list(agency.list_clients(AGENCY))
    assert failure.value.code == 80004
    expect(page.locator("#now")).to_contain_text("No faults wait.")

    form.get_by_label("Code of Graph's error").fill("1")
    form.get_by_label("How many calls").fill("0")
    form.get_by_role("button", name="Add").click()
    expect(page.locator("#message .failed")).to_contain_text("times")

    form = page.get_by_role("form", name="Clock")
    form.get_by_label("Stand still at").fill("2026-03-01T09:00:00+0000")
    form.get_by_role("button", name="Set").click()
    expect(page.locator("#now")).to_contain_text("stands still")
    assert world.get_clock().now == "2026-03-01T09:00:00+0000"
    form = page.get_by_role("form", name="Budget of calls")
    form.get_by_label("Calls", exact=False).first.fill("20")
    form.get_by_label("In so many seconds").fill("60")
    form.get_by_role("button", name="Set").click()
    expect(page.locator("#now")).to_contain_text("20 calls in 60 seconds")
    form = page.get_by_role("form", name="The other side answers")
    form.get_by_label("After so many reads").fill("2")
    form.get_by_role("button", name="Set").click()
    expect(page.locator("#now")).to_contain_text("approve")
    assert world.list_answers()[0]["after_reads"] == 2
    page.get_by_role("button", name="Reset").click()
    expect(page.locator("#now")).not_to_contain_text("20 calls")
    assert world.get_budget() is None


def test_adding(visitor: Visitor, world: SandboxWorld) -> None:
    page = visitor.open("/do")
    form = page.get_by_role("form", name="A business")
    form.get_by_label("Name").fill("Brand New")
    form.get_by_role("button", name="Add").click()
    said(page, "Done.")
    page.locator("#message [data-close]").click()
    business = next(one["id"] for one in world.state()["businesses"] if one["name"] == "Brand New")
    for what in ("A Page", "An ad account"):
        form = page.get_by_role("form", name=what)
        form.get_by_label("Name").fill(f"New: {what}")
        form.get_by_label("Id of the owner").fill(business)
        form.get_by_role("button", name="Add").click()
        said(page, "Done.")
        page.locator("#message [data-close]").click()
    with world.client("Brand New") as client:
        assert [one.name for one in client.list_owned_pages(business, fields="name")] == ["New: A Page"]
        assert [one.name for one in client.list_owned_ad_accounts(business, fields="name")] == [
            "New: An ad account"
        ]
    page.goto(f"{visitor.ui}/businesses/{business}")
    assert world.token("Brand New") not in page.content()
    page.get_by_role("button", name="Show tokens").click()
    expect(page.locator("#tokens")).to_contain_text(world.token("Brand New"))


def test_export_and_import(visitor: Visitor, world: SandboxWorld, tmp_path: Path) -> None:
    page = visitor.open("/do")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export").click()
    file = tmp_path / "world.json"
    download.value.save_as(file)
    exported: dict[str, Any] = json.loads(file.read_text())
    assert exported == world.state()
    exported["businesses"][0]["name"] = "Imported"
    file.write_text(json.dumps(exported))
    page.get_by_label("A world, as JSON or YAML").set_input_files(file)
    page.get_by_role("button", name="Import").click()
    said(page, "Done.")
    assert world.state()["businesses"][0]["name"] == "Imported"
    file.write_text("businesses: [{nam: x}]")
    page.get_by_label("A world, as JSON or YAML").set_input_files(file)
    page.get_by_role("button", name="Import").click()
    expect(page.locator("#message .failed")).to_contain_text("nam")


def test_120_agencies(visitor: Visitor, world: SandboxWorld) -> None:
    page = visitor.open("/access")
    rows = page.locator("#matrix tbody tr")
    expect(rows).to_have_count(25)
    expect(rows.first).to_contain_text("Agency 1")
    seen: list[str] = []
    while True:
        shown = page.locator("#matrix tbody th a").all_inner_texts()
        seen += shown
        later = page.get_by_role("link", name="Next")
        if not later.count():
            break
        later.click()
        expect(page.locator("#matrix tbody th a").first).not_to_have_text(shown[0])
    assert len(seen) == len({*seen}) == 120
    page.get_by_label("Search agencies").fill("Agency 11")
    page.keyboard.press("Enter")
    expect(page.locator("#matrix tbody th a")).to_have_text(
        ["Agency 11", *(f"Agency 11{i}" for i in range(10))]
    )
    page.goto(f"{visitor.ui}/access?sort=id&page=5")
    expect(page.locator("#matrix tbody th a").last).to_have_text("Agency 120")


def test_hostile_names(visitor: Visitor, world: SandboxWorld) -> None:
    id = world.add_business(HOSTILE)
    asset = world.add_ad_account(HOSTILE, OWNER)
    with world.client(id) as client:
        client.request_ad_account_access(id, adaccount_id=f"act_{asset}", permitted_tasks=["ANALYZE"])
        list(client.list_clients(id, fields="name"))
        httpx.get(f"{world.base_url}/{id}/clients", params={"fields": HOSTILE, "access_token": "x"})
    page = visitor.open("/waiting")
    expect(page.locator("#waiting")).to_contain_text(HOSTILE)
    for path in ("", f"/businesses/{id}", "/access?q=img", "/calls", f"/?q={HOSTILE}", "/try/get_business"):
        page.goto(f"{visitor.ui}{path}")
        expect(page.locator("main img")).to_have_count(0)
    page.goto(f"{visitor.ui}/calls")
    page.locator("#calls button").first.click()
    expect(page.locator("#detail h2")).to_be_visible()
    expect(page.locator("main img")).to_have_count(0)
    assert page.locator("body").get_attribute("data-hit") is None


def test_trying_an_operation(visitor: Visitor, world: SandboxWorld) -> None:
    page = visitor.open("/try")
    page.get_by_role("link", name="POST grant_ad_account_access").click()
    expect(page.get_by_label("ad_account_id")).to_have_value("4444444444")  # the document's example
    page.get_by_label("Call as").select_option(label="Example Owner: Admin of Example Owner")
    page.get_by_role("button", name="Send").click()
    tried = page.locator("#tried")
    expect(tried.locator(".badge")).to_have_text("200")
    expect(tried.locator("pre.body")).to_contain_text('"success": true')
    tried.get_by_text("Headers").click()
    expect(tried).to_contain_text("facebook-api-version: v26.0")
    call = world.calls()[-1]
    assert (call.operation, call.business, call.status) == ("grant_ad_account_access", OWNER, 200)
    code = tried.locator("pre.code").last.inner_text()
    assert "b2b.grant_ad_account_access('4444444444', business='3333333333'" in code
    compile(code, "tried", "exec")
    page.get_by_text("Errors in the document").click()
    expect(page.get_by_role("region", name="Errors")).to_contain_text("3989")


def test_by_the_keyboard_alone(visitor: Visitor, world: SandboxWorld) -> None:
    page = visitor.open("/waiting")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Approve: On-behalf-of request 1111111114")
    for _ in range(20):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    expect(button).to_be_focused()
    assert button.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    said(page, "Done.")
    expect(button).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#message")).to_be_empty()


def test_copying_by_a_click(visitor: Visitor) -> None:
    page = visitor.open()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=f"Copy {OWNER}").click()
    said(page, "Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == OWNER


def test_worlds_to_choose(visitor: Visitor, world: SandboxWorld) -> None:
    page = visitor.open("/do")
    page.get_by_role("form", name="New world").get_by_label("Name").fill(f"{world.name}-other")
    page.get_by_role("button", name="New world").click()
    expect(page.locator("details.worlds summary")).to_contain_text(f"{world.name}-other")
    page.locator("details.worlds summary").click()
    page.locator("details.worlds").get_by_role("link", name=str(world.name), exact=True).click()
    expect(page.locator("details.worlds summary b")).to_have_text(str(world.name))
    page.goto(f"{visitor.ui}/do")
    page.get_by_role("button", name=f"End the world {world.name}-other").click()
    expect(page.locator("#worlds")).not_to_contain_text(f"{world.name}-other")


def test_german_by_the_browsers_language(visitor: Visitor, world: SandboxWorld) -> None:
    page = visitor.open("/waiting", locale="de-AT")
    assert page.locator("html").get_attribute("lang") == "de"
    expect(page.locator("h1")).to_have_text("Was auf eine Antwort wartet")
    page.get_by_role("button", name="Ablehnen: On-Behalf-Of-Anfrage 1111111114").click()
    said(page, "Erledigt.")


@pytest.mark.parametrize(("look", "language"), LOOKS)
def test_axe_finds_nothing(visitor: Visitor, world: SandboxWorld, look: str, language: str) -> None:
    """Nor does the browser (see Visitor); and this takes the pictures of README and documentation."""
    busy(world)
    page, found = visitor.open(dark=look == "dark", locale=language, width=1200, height=700), []
    for name, path in VIEWS.items():
        page.goto(f"{visitor.ui}{path}")
        if name == "business":
            page.locator("#tokens button").click()
            expect(page.locator("#tokens li").first).to_be_visible()
        if name == "try":
            page.locator("button.main").click()
            expect(page.locator("#tried .badge")).to_be_visible()
        picture(page, f"{language}/{name}-{look}")
        if name == "calls":
            page.locator("#calls button").first.click()
            expect(page.locator("#detail h2")).to_be_visible()
            picture(page, f"{language}/call-{look}")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found += [(name, one["id"], one["nodes"][0]["html"]) for one in page.evaluate(AXE_RUN)]
    assert found == []


@pytest.mark.parametrize("width", [360, 1920])
@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_nothing_is_wider_than_the_window(
    visitor: Visitor, world: SandboxWorld, width: int, locale: str
) -> None:
    busy(world)
    page = visitor.open(width=width, locale=locale)
    for name, path in VIEWS.items():
        page.goto(f"{visitor.ui}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        # Nor is a call a column of letters, where there is little room.
        heights = page.locator("#calls tr").evaluate_all("rows => rows.map(row => row.offsetHeight)")
        assert max(heights, default=0) < 120, name
