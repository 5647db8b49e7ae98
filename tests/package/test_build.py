"""`make build`: what it leaves in dist/, and the faults that its checks find."""

import io
import re
import shutil
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from meta_b2b_sandbox import __version__

from scripts import build
from scripts.node import ROOT

pytestmark = pytest.mark.xdist_group("wheel")


def test_it_replaces_the_earlier_build_and_nothing_else(dist: Path) -> None:
    assert {path.name for path in dist.iterdir()} == {
        f"meta_b2b-{__version__}-py3-none-any.whl",
        f"meta_b2b-{__version__}.tar.gz",
        "docs.html",
        "meta_b2b_extras-1.0-py3-none-any.whl",
    }
    assert (dist / "docs.html").read_text() == "as it was"


def test_the_wheel_holds_both_packages_the_documents_and_the_names(wheel: Path) -> None:
    names = set(build.contents(wheel))
    assert {
        "meta_b2b_client/py.typed",
        "meta_b2b_client/__init__.py",
        "meta_b2b_sandbox/cli.py",
        "meta_b2b_sandbox/demo.yaml",
        "meta_b2b_sandbox/openapi/b2b.yaml",
        "meta_b2b_sandbox/openapi/sandbox.yaml",
        "meta_b2b_sandbox/openapi/stories.arazzo.yaml",
        "meta_b2b_sandbox/generated/b2b_de.json",
        "meta_b2b_sandbox/generated/graph_names.json",
        "meta_b2b_sandbox/generated/page_templates.json",
    } < names
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {
        "meta_b2b_client",
        "meta_b2b_sandbox",
    }


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what is built from."""
    root = tmp_path / "checkout"
    for name in ("pyproject.toml", "README.md", "LICENSE", "THIRD-PARTY.md", "CHANGELOG.md", ".gitignore"):
        root.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, root)
    for name in ("openapi", "generated/meta_b2b_client", "generated/sandbox", "scripts/sandbox"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, root / name, symlinks=True, ignore=ignore)
    return root


def test_a_build_with_faults_names_each_of_them_and_writes_nothing(checkout: Path, tmp_path: Path) -> None:
    sandbox, client = checkout / "scripts/sandbox/meta_b2b_sandbox", checkout / "generated/meta_b2b_client"
    (sandbox / "test_mine.py").write_text("")
    (sandbox / ".env").write_text("")
    (client / "tests").mkdir()
    (client / "tests" / "one.py").write_text("")
    (client / "place.py").write_text(f"PLACE = {str(checkout / 'a.txt')!r}")
    (sandbox / "__pycache__").mkdir()
    (sandbox / "__pycache__" / "cli.pyc").write_text("")  # left out by itself
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "meta_b2b-0.0.1.tar.gz").write_text("as it was")
    with pytest.raises(build.BuildError) as caught:
        build.build(dist, checkout)
    first, *rest = str(caught.value).splitlines()
    assert re.fullmatch(r"meta_b2b-\S+\.tar\.gz is not as it should be:", first)
    assert [re.split("[:,]", line)[0].strip() for line in rest] == [
        "generated/meta_b2b_client/place.py names a folder of this machine",
        "generated/meta_b2b_client/tests/one.py does not belong there",
        "scripts/sandbox/meta_b2b_sandbox/.env does not belong there",
        "scripts/sandbox/meta_b2b_sandbox/test_mine.py does not belong there",
    ]
    assert [path.name for path in dist.iterdir()] == ["meta_b2b-0.0.1.tar.gz"]


def test_an_sdist_without_the_documents_is_found(checkout: Path, tmp_path: Path) -> None:
    project = checkout / "pyproject.toml"
    # With `include` hatchling meets openapi/ first, and leaves the link to it out.
    text = project.read_text()
    assert "only-include = [" in text
    project.write_text(text.replace("only-include = [", "include = [", 1))
    with pytest.raises(build.BuildError) as caught:
        build.build(tmp_path / "dist", checkout)
    assert "scripts/sandbox/meta_b2b_sandbox/openapi/b2b.yaml is missing" in str(caught.value)


def test_an_sdist_that_gives_another_wheel_is_found(
    wheel: Path, dist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copy(*command: str | Path) -> None:
        folder = Path(command[command.index("--outdir") + 1])
        folder.mkdir(exist_ok=True)
        if "--wheel" in command:
            shutil.copy(wheel, folder)
        else:
            shutil.copy(next(dist.glob("meta_b2b-*.tar.gz")), folder)
            (folder / wheel.name).write_bytes(wheel.read_bytes() + b"\n")

    monkeypatch.setattr(build, "run", copy)
    with pytest.raises(build.BuildError, match="the sdist gives another meta_b2b-"):
        build.make(tmp_path, ROOT)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"token = 'EAAGm0PX4ZCpsBAKZCfZBQx'", "holds an access token of Meta"),
        (b"1234567890123456|abcdefghij-klmnop_qrstu", "holds an app's token with its secret"),
        (b"-----BEGIN RSA PRIVATE KEY-----", "holds a private key"),
        (b"https://me:secret@example.com/", "holds an address with a password"),
        (f"open('{ROOT}/openapi')".encode(), f"names a folder of this machine, {ROOT}"),
        (f"# {Path.home()}".encode(), f"names a folder of this machine, {Path.home()}"),
        (b"owner-token, https://graph.facebook.com/v26.0", None),
    ],
    ids=["token", "app's token", "key", "password", "checkout", "home", "harmless"],
)
def test_what_a_file_must_not_tell(content: bytes, told: str | None) -> None:
    if told is None:
        build.check_contents("a.whl", {"a.py": content}, {"a.py": content}, ROOT)
        return
    with pytest.raises(build.BuildError) as caught:
        build.check_contents("a.whl", {"a.py": content}, {"a.py": content}, ROOT)
    assert str(caught.value) == f"a.whl is not as it should be:\n  a.py {told}"
    assert "abcdefghij" not in str(caught.value)


def test_what_an_archive_in_it_must_not_tell() -> None:
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("index.html", f"<p>{ROOT}")
    found = {"docs.zip": content.getvalue()}
    with pytest.raises(build.BuildError) as caught:
        build.check_contents("a.whl", found, {**found}, ROOT)
    assert str(caught.value).splitlines()[1:] == [
        f"  docs.zip/index.html names a folder of this machine, {ROOT}"
    ]


def test_the_documentation_is_in_both_when_it_was_written(checkout: Path, tmp_path: Path) -> None:
    docs = checkout / "scripts/sandbox/meta_b2b_sandbox/docs.zip"
    with ZipFile(docs, "w") as archive:
        archive.writestr("index.html", "as it was")
    sdist, wheel = sorted(build.build(tmp_path / "dist", checkout), key=lambda path: path.suffix)
    assert build.contents(sdist)["scripts/sandbox/meta_b2b_sandbox/docs.zip"] == docs.read_bytes()
    assert build.contents(wheel)["meta_b2b_sandbox/docs.zip"] == docs.read_bytes()
    docs.unlink()
    sdist, wheel = sorted(build.build(tmp_path / "dist", checkout), key=lambda path: path.suffix)
    assert not [name for path in (sdist, wheel) for name in build.contents(path) if name.endswith("docs.zip")]


def test_what_must_be_there() -> None:
    expected = {"a.py": b"1", "b.py": b"2", "*.dist-info/RECORD": None}
    found = {"a.py": b"2", "meta_b2b-1.0.dist-info/RECORD": b"any"}
    with pytest.raises(build.BuildError) as caught:
        build.check_contents("a.whl", found, expected, ROOT)
    assert str(caught.value).splitlines()[1:] == [
        "  a.py is not as it is in the checkout",
        "  b.py is missing",
    ]


def test_a_tool_that_fails_is_told_with_what_it_says() -> None:
    with pytest.raises(build.BuildError, match=r"(?s)^twine failed:\n.*no-such\.whl"):
        build.run("twine", "check", "--strict", "no-such.whl")


def test_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> list[Path]:
        raise build.BuildError("it is like this")

    monkeypatch.setattr(sys, "argv", ["build"])
    monkeypatch.setattr(build, "build", fail)
    assert build.main() == 1
    assert capsys.readouterr().err == "build: it is like this\n"
    monkeypatch.setattr(build, "build", lambda: [ROOT / "LICENSE"])
    monkeypatch.setattr(build, "bills", lambda: [ROOT / "THIRD-PARTY.md"])
    assert build.main() == 0
    assert re.fullmatch(r"build: LICENSE  1 KB\nbuild: THIRD-PARTY.md  \d+ KB\n", capsys.readouterr().out)
    monkeypatch.setattr(sys, "argv", ["build", "--fast"])
    with pytest.raises(SystemExit) as end:
        build.main()
    assert end.value.code == 2
