"""The pages of the documentation are true: every block of code in them runs, and prints or answers what they show.

Java is the exception, since nothing else needs a JDK: it is held to what the same test in JavaScript calls.
The German pages have the same blocks as the English ones, and so only those run.
"""

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import yaml
from meta_b2b_client import B2BClient
from meta_b2b_sandbox import Sandbox, cli

from scripts.docs.build import SOURCES
from scripts.mock.prism import Mock
from scripts.node import NODE, ROOT, node_env, run_node
from tests.support import guides

OTHERS = [language for language in guides.LANGUAGES if language != "en"]
# A call tells its status; what stands between two calls does not matter to JSON.
CURL = 'curl() { command curl --silent --max-time 10 --write-out "%{stderr}%{http_code}\\n" "$@"; echo; }\n'
# What is another one at each run.
CHANGING = re.compile(r'"(access_requested_time|access_updated_time|fbtrace_id)": ?"[^"]*"')


def calls(block: guides.Block) -> bool:
    """Whether the block has lines with curl, to be run in a shell."""
    return block.kind == "sh" and "curl" in block.text


def comparable(answer: str) -> Any:
    return json.loads(CHANGING.sub(r'"\1": ""', answer))


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed here")
@pytest.mark.parametrize(
    "page", [page for page in guides.PAGES if any(map(calls, guides.blocks(page)))], ids=str
)
def test_calls(page: str, mock: Mock) -> None:
    """In the order of the page, in one shell, with a sandbox that nobody has called before: each succeeds, unless the
    answer below it is an error, and the answer below a block is that of its last call."""
    blocks = [*guides.blocks(page), guides.Block("", "")]
    shown = [
        (one.text, after.text if after.kind == "json" else "")
        for one, after in pairwise(blocks)
        if calls(one)
    ]
    script = CURL + "".join(f"{text}echo '===='; echo '====' >&2\n" for text, _ in shown)
    script = script.replace(guides.MOCK, f"127.0.0.1:{mock.port}")
    with Sandbox() as sandbox:
        script = script.replace(guides.SANDBOX, f"127.0.0.1:{sandbox.port}")
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    answered, statuses = (out.split("====\n")[:-1] for out in (done.stdout, done.stderr))
    assert len(answered) == len(statuses) == len(shown)
    for (text, answer), found, status in zip(shown, answered, statuses, strict=True):
        *before, last = status.split()
        assert {*before} <= {"200"} and (last == "200") is ('"error"' not in answer), (
            f"{text}\n{status}{found}"
        )
        if answer:
            here = answer.replace(guides.SANDBOX, f"127.0.0.1:{sandbox.port}")
            assert comparable(found.strip().splitlines()[-1]) == comparable(here), text


def test_every_answer_stands_below_a_call() -> None:
    for page in guides.PAGES:
        for one, after in pairwise([guides.Block("", ""), *guides.blocks(page)]):
            assert after.kind != "json" or calls(one), f"{page}: whose answer is this? {after.text}"
            assert after.kind != "text" or one.kind == "python", f"{page}: what prints this? {after.text}"


def snippets(page: str) -> Iterator[tuple[str, str]]:
    """(code, what it prints) of each Python snippet of a page that is no module of tests, in order."""
    for one, after in pairwise([*guides.blocks(page), guides.Block("", "")]):
        if one.kind == "python" and not guides.is_test(one):
            yield one.text, after.text if after.kind == "text" else ""


@pytest.mark.parametrize("page", [page for page in guides.PAGES if [*snippets(page)]], ids=str)
def test_python(page: str, sandbox: Sandbox) -> None:
    """Each snippet runs after those before it, and prints what stands below it."""
    with patch.dict(os.environ):  # one sets variables
        run(page, sandbox)


def run(page: str, sandbox: Sandbox) -> None:
    names: dict[str, object] = {"__name__": "__main__"}
    try:
        for code, expected in snippets(page):
            printed = io.StringIO()
            here = code.replace(guides.SANDBOX, f"127.0.0.1:{sandbox.port}")
            with contextlib.redirect_stdout(printed):
                exec(compile(here, "snippet", "exec"), names)
            assert printed.getvalue() == expected, code
    finally:
        for value in names.values():
            if isinstance(value, B2BClient):
                value.close()


def test_the_client_guide_suits_type_checkers(tmp_path: Path) -> None:
    """The snippets, in one file, are without a complaint of mypy and pyright at their strictest."""
    (tmp_path / "guide.py").write_text("\n".join(code for code, _ in snippets("client.md")))
    mypy = (sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir", tmp_path / "cache")
    env = {**os.environ, "MYPYPATH": str(ROOT / "generated")}
    result = subprocess.run(
        [*mypy, "guide.py"], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    settings = {"include": ["."], "strict": ["."], "extraPaths": [str(ROOT / "generated")]}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    result = run_node("pyright", "--pythonpath", sys.executable, "--project", str(tmp_path))
    assert result.returncode == 0 and "0 errors" in result.stdout, result.stdout + result.stderr


def test_modules_of_tests(tmp_path: Path) -> None:
    modules = guides.tests()
    for number, module in enumerate(modules):
        (tmp_path / f"test_{number}.py").write_text(module)
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", tmp_path)
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    count = sum(module.count("def test_") for module in modules)
    assert count > 1 and f"{count} passed" in done.stdout, done.stdout + done.stderr


def blocks_of(kind: str) -> list[str]:
    return [block.text for page in guides.PAGES for block in guides.blocks(page) if block.kind == kind]


def test_javascript(sandbox: Sandbox, tmp_path: Path) -> None:
    (code,) = blocks_of("js")
    file = tmp_path / "one.test.mjs"
    file.write_text(code.replace(guides.SANDBOX, f"127.0.0.1:{sandbox.port}"))
    done = subprocess.run([NODE, "--test", file], env=node_env(), capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "pass 1" in done.stdout, done.stdout + done.stderr


def test_java_calls_what_javascript_calls() -> None:
    (java,), (javascript,) = blocks_of("java"), blocks_of("js")
    (path,) = re.findall(r"/act_[^`]*", javascript)
    assert f"/v26.0{path}" in java
    for word in ("/_sandbox", "/worlds", "/calls", "list_ad_account_agencies", '"POST"', '"DELETE"'):
        assert word in java and word in javascript


def test_settings_of_other_programs() -> None:
    """docker compose and nginx are not run; their options are those that the command has."""
    (compose,) = (yaml.safe_load(text) for text in blocks_of("yaml"))
    command, *options = compose["services"]["sandbox"]["command"].split()
    assert command == "meta-b2b-sandbox" and {"--host", "--allowed-host", "--db"} <= {*options}
    (nginx,) = blocks_of("nginx")
    assert nginx.count("{") == nginx.count("}") == 1
    assert set(re.findall(r"X-Forwarded-\w+", nginx)) == {"X-Forwarded-Proto", "X-Forwarded-Host"}
    assert re.findall(r"proxy_pass (\S+);", nginx) == [f"http://{guides.SANDBOX}"]


def test_commands(capsys: pytest.CaptureFixture[str]) -> None:
    """Those of lines that start something: make's are the Makefile's, and options are those of the command."""
    makefile = (ROOT / "Makefile").read_text()
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    said = capsys.readouterr().out
    seen = set()
    for page in guides.PAGES:
        for block in guides.blocks(page):
            if block.kind == "sh" and not calls(block):
                for line in guides.without_comments(block.text).splitlines():
                    command, *words = line.split()
                    seen.add(command)
                    if command == "make":
                        assert re.search(rf"^{words[0]}:", makefile, re.M), line
                    elif command == "meta-b2b-sandbox":
                        assert all(word in said for word in words if word.startswith("--")), line
                    else:
                        assert line == 'pip install "meta-b2b[sandbox]"', f"{page}: what is this? {line}"
    assert {"make", "meta-b2b-sandbox", "pip"} <= seen


def test_kinds_of_blocks() -> None:
    """If this fails, a page shows what none of the tests above runs."""
    kinds = {block.kind for page in guides.PAGES for block in guides.blocks(page)}
    assert kinds == {"sh", "json", "python", "text", "js", "java", "yaml", "nginx"}


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_pages_in_each_language(language: str) -> None:
    assert sorted(path.name for path in (SOURCES / language).glob("*.md")) == guides.PAGES
    for page in guides.PAGES:
        own, english = (
            [(one.kind, guides.without_comments(one.text) if one.kind == "sh" else one.text) for one in found]
            for found in (guides.blocks(page, language), guides.blocks(page))
        )
        assert own == english, page
        assert guides.headings(page, language) == guides.headings(page), page


@pytest.mark.parametrize("language", OTHERS)
def test_no_paragraph_is_still_english(language: str) -> None:
    for page in guides.PAGES:
        own, english = (
            {
                part
                for part in re.split(
                    r"\n\s*\n", re.sub(r"^```.*?^```$", "", guides.text(page, one), flags=re.S | re.M)
                )
                if len(re.sub(r"`[^`]*`", "", part).split()) > 5
            }
            for one in (language, "en")
        )
        assert english and not own & english, page
