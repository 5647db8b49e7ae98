"""Write the wheel and the sdist into dist/, and check them (`make build`); and a list of what both locks pin.

Files of an earlier build there are replaced, all else in dist/ stays. Exit codes: 0 done, 1 not, and dist/ is as it
was, 2 wrong usage.
"""

import argparse
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from scripts.node import ROOT, run_npm

DIST = ROOT / "dist"
# What a package may hold, by the path in it: modules, the mark that it has types, the demo world, the documents, names,
# the documentation, and what the sandbox's page is made of.
PACKAGED = re.compile(
    r"(\w+/)*(\w+\.py|py\.typed)|demo\.yaml|docs\.zip|openapi/\w+(\.arazzo)?\.yaml"
    r"|generated/(graph_names|b2b_de|page_templates)\.json"
    r"|page/(texts\.yaml|templates/\w+\.html|static/[\w-]+(\.min)?\.(css|js|svg|txt))"
)
TEST = re.compile(r"(^|/)(tests?|test_\w+|conftest)(/|\.py$)")
METADATA = {
    *("METADATA", "WHEEL", "RECORD", "entry_points.txt"),
    *("licenses/LICENSE", "licenses/THIRD-PARTY.md"),
}
# hatchling puts .gitignore into each sdist, and leaves out what it names when it builds from there.
SOURCES = {
    "PKG-INFO",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "THIRD-PARTY.md",
    "CHANGELOG.md",
    ".gitignore",
}
SECRETS = {
    "an access token of Meta": re.compile(rb"\bEAA[0-9A-Za-z]{20,}"),
    "an app's token with its secret": re.compile(rb"\b[0-9]{10,}\|[0-9A-Za-z_-]{20,}"),
    "a private key": re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "an address with a password": re.compile(rb"://[^/\s:@]+:[^/\s:@]+@"),
}


class BuildError(Exception):
    """Nothing was written to dist/; the text says what is wrong with the build, and how to mend it."""


def packages(root: Path) -> dict[str, str]:
    """Import name → its folder in the checkout, from pyproject.toml: what goes into the wheel."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    folders = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    return {Path(folder).name: folder for folder in folders}


def packaged(folder: Path) -> dict[str, bytes]:
    """The files of a package by their path below `folder`, as far as a package may hold them."""
    found = {}
    for place, _, names in os.walk(folder, followlinks=True):  # the documents and the names are links
        for name in names:
            path = Path(place, name).relative_to(folder).as_posix()
            if PACKAGED.fullmatch(path) and not TEST.search(path):
                found[path] = (folder / path).read_bytes()
    return found


def contents(archive: Path) -> dict[str, bytes]:
    """The files of a wheel or of an sdist by name; an sdist's without its one folder. Raises BuildError."""
    if archive.suffix == ".whl":
        with ZipFile(archive) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist()}
    found = {}
    with tarfile.open(archive) as sdist:
        for member in sdist:
            file = sdist.extractfile(member) if member.isfile() else None
            if file is None:
                raise BuildError(
                    f"{archive.name} holds {member.name}, which is not a file but a link or a folder"
                )
            found[member.name.partition("/")[2]] = file.read()
    return found


def wanted(root: Path, wheel: bool) -> dict[str, bytes | None]:
    """Name → content of all that the wheel (or the sdist) must hold; None: whatever the build writes there.

    The name of the wheel's folder of metadata is "*.dist-info".
    """
    found: dict[str, bytes | None] = {}
    for name, folder in packages(root).items():
        place = name if wheel else folder
        found |= {f"{place}/{path}": data for path, data in packaged(root / folder).items()}
    return found | dict.fromkeys({f"*.dist-info/{name}" for name in METADATA} if wheel else SOURCES)


def archived(found: dict[str, bytes]) -> list[tuple[str, bytes]]:
    """(name, content) of each file in the archives among `found`: "docs.zip/index.html"."""
    inside = []
    for name, data in found.items():
        if name.endswith(".zip"):
            with ZipFile(io.BytesIO(data)) as archive:
                inside += [(f"{name}/{file}", archive.read(file)) for file in archive.namelist()]
    return inside


def check_contents(
    archive: str, found: dict[str, bytes], expected: dict[str, bytes | None], root: Path
) -> None:
    """Raises BuildError with a line for each file that is missing, too much, not as it is here, or tells too much."""
    found = {
        re.sub(r"^meta_b2b-[^/]+\.dist-info/", "*.dist-info/", name): data for name, data in found.items()
    }
    complaints = [f"{name} is missing" for name in expected.keys() - found.keys()]
    complaints += [
        f"{name} does not belong there: remove it, or see PACKAGED in scripts/build.py"
        for name in found.keys() - expected.keys()
    ]
    complaints += [
        f"{name} is not as it is in the checkout"
        for name in found.keys() & expected.keys()
        if expected[name] not in (None, found[name])
    ]
    folders = {os.fsencode(folder) for folder in (root, Path.home()) if folder != Path(folder.anchor)}
    for name, data in [*found.items(), *archived(found)]:
        complaints += [f"{name} holds {what}" for what, pattern in SECRETS.items() if pattern.search(data)]
        complaints += [
            f"{name} names a folder of this machine, {os.fsdecode(folder)}"
            for folder in folders
            if re.search(rb"(?<![\w.-])" + re.escape(folder) + rb"(?![\w.-])", data)
        ]
    if complaints:
        raise BuildError("\n  ".join([f"{archive} is not as it should be:", *sorted(complaints)]))


def run(*command: str | Path) -> None:
    """Run a Python tool; raises BuildError with all that it says when it fails."""
    result = subprocess.run(
        [sys.executable, "-m", *command],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode:
        raise BuildError(f"{command[0]} failed:\n{(result.stdout + result.stderr).strip()}")


def make(folder: Path, root: Path) -> tuple[Path, Path]:
    """Build both into the empty `folder` and check them; returns the paths of wheel and sdist. Raises BuildError."""
    from_sdist = folder / "from-sdist"
    # `build` makes the wheel from the sdist, as whoever installs the sdist does; the second one is from the checkout.
    run("build", "--no-isolation", "--outdir", from_sdist, root)
    (sdist,), (again,) = from_sdist.glob("*.tar.gz"), from_sdist.glob("*.whl")
    check_contents(sdist.name, contents(sdist), wanted(root, wheel=False), root)
    run("build", "--no-isolation", "--wheel", "--outdir", folder, root)
    (wheel,) = folder.glob("*.whl")
    check_contents(wheel.name, contents(wheel), wanted(root, wheel=True), root)
    if wheel.read_bytes() != again.read_bytes():
        raise BuildError(
            f"the sdist gives another {wheel.name} than the checkout does; compare [tool.hatch.build.targets.wheel] "
            "and [tool.hatch.build.targets.sdist] in pyproject.toml"
        )
    run("twine", "check", "--strict", wheel, sdist)
    return wheel, sdist


def build(target: Path = DIST, root: Path = ROOT) -> list[Path]:
    """Write wheel and sdist of the checkout `root` into the folder `target`, in place of those of earlier builds.

    Returns their paths. Raises BuildError.
    """
    try:
        target.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(
            prefix=".build-", dir=target
        ) as folder:  # beside them: moved there in one step
            made = make(Path(folder), root)
            files = [path.replace(target / path.name) for path in made]
        for old in (*target.glob("meta_b2b-*.whl"), *target.glob("meta_b2b-*.tar.gz")):
            if old not in files:
                old.unlink()
    except OSError as error:
        raise BuildError(f"{error.filename}: {error.strerror}") from error
    return files


def bills(target: Path = DIST) -> list[Path]:
    """Write what requirements.txt and package-lock.json pin as CycloneDX documents (SBOM) into the folder `target`.

    Returns their paths. The same locks give the same bytes. Raises BuildError when a tool fails.
    """
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        python = Path(folder, "python.json")
        options = ["--pyproject", "pyproject.toml", "--output-reproducible", "--no-validate", "--sv", "1.6"]
        run("cyclonedx_py", "requirements", *options, "--output-file", python, "requirements.txt")
        documents = {"python": json.loads(python.read_text(encoding="utf-8"))}
    listed = run_npm("sbom", "--package-lock-only", "--sbom-format=cyclonedx")
    if listed.returncode:
        raise BuildError(f"npm sbom failed:\n{listed.stderr.strip()}")
    documents["npm"] = json.loads(listed.stdout)
    files = []
    for name, document in documents.items():
        # npm takes the folder's name for the project's, and writes the time and a number by chance.
        document["metadata"]["component"]["name"] = "meta-b2b"
        document["metadata"].pop("timestamp", None)
        document.pop("serialNumber", None)
        files.append(target / f"meta_b2b-{name}.cdx.json")
        files[-1].write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return files


def main() -> int:
    """The command; returns the exit code."""
    argparse.ArgumentParser(
        description="Write the wheel and the sdist into dist/, and check them."
    ).parse_args()
    try:
        files = [*build(), *bills()]
    except BuildError as error:
        print(f"build: {error}", file=sys.stderr)
        return 1
    for path in files:
        print(f"build: {path.relative_to(ROOT)}  {path.stat().st_size / 1000:.0f} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
