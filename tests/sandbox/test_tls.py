"""HTTPS: what callers trust, that the sandbox's keys are nowhere else, and how a start without them is refused."""

import json
import os
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import requests
from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.api import FacebookAdsApi, FacebookSession
from meta_b2b_sandbox import Sandbox, SandboxError, cli
from meta_b2b_sandbox.tokens import APP_SECRET
from meta_b2b_sandbox.world import CROWD, CROWDED, PAGE

from tests.support.sandbox import HTTP, WatchedSandbox, refusal, run_story


@pytest.fixture(scope="module")
def secure() -> Iterator[WatchedSandbox]:
    """One sandbox with HTTPS for all tests of this module."""
    with WatchedSandbox(tls=True) as running:
        yield running
        assert running.end() == (0, "", [])


def trust(file: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(file))


def client(sandbox: Sandbox) -> httpx.Client:
    return httpx.Client(verify=trust(sandbox.authority), trust_env=False)


# Who trusts it


def test_callers_that_trust_the_authority_are_served(secure: WatchedSandbox) -> None:
    assert secure.base_url == f"https://127.0.0.1:{secure.port}/v26.0"
    assert secure.control_url == f"https://127.0.0.1:{secure.port}/_sandbox"
    with client(secure) as caller:
        assert caller.get(f"{secure.control_url}/health").json()["status"] == "ok"


def test_others_are_not(secure: WatchedSandbox) -> None:
    with pytest.raises(ssl.SSLCertVerificationError), secure.connect() as sock:
        ssl.create_default_context().wrap_socket(sock, server_hostname="localhost")
    # Nor is plain HTTP understood.
    assert b"200" not in secure.send(
        b"GET /_sandbox/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    )


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "::1", "graph.facebook.com"])
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_the_names_and_versions(secure: WatchedSandbox, name: str, version: ssl.TLSVersion) -> None:
    context = trust(secure.authority)
    context.minimum_version = context.maximum_version = version
    with secure.connect() as sock, context.wrap_socket(sock, server_hostname=name) as connection:
        certificate = connection.getpeercert()
    assert certificate
    # Apple's systems refuse more.
    begin, end = (ssl.cert_time_to_seconds(str(certificate[key])) for key in ("notBefore", "notAfter"))
    assert begin < time.time() < end and end - begin < 825 * 24 * 3600
    context = trust(secure.authority)
    with pytest.raises(ssl.SSLCertVerificationError), secure.connect() as sock:
        context.wrap_socket(sock, server_hostname="example.com")


def test_the_host_is_a_name_of_it_too() -> None:
    with Sandbox(host="127.0.0.5", tls=True) as sandbox, client(sandbox) as caller:
        assert sandbox.base_url.startswith("https://127.0.0.5:")
        assert caller.get(f"{sandbox.control_url}/health").is_success


def test_the_names_by_which_it_is_called_too() -> None:
    class Known(WatchedSandbox):
        command = (*Sandbox.command, "--allowed-host", "sandbox.example", "--allowed-host", "192.0.2.7")

    with Known(tls=True) as sandbox:
        context = trust(sandbox.authority)
        for name in ("sandbox.example", "192.0.2.7", "localhost"):
            with sandbox.connect() as sock, context.wrap_socket(sock, server_hostname=name) as connection:
                assert connection.getpeercert()


def test_pages_are_followed_by_https(secure: WatchedSandbox) -> None:
    with client(secure) as caller:
        url, ids = f"{secure.base_url}/{CROWDED}/agencies?limit=50&access_token=owner-token", []
        while url:
            assert url.startswith(f"https://127.0.0.1:{secure.port}/v26.0/")
            page = caller.get(url).json()
            ids += [entry["id"] for entry in page["data"]]
            url = page["paging"].get("next")
    assert len(ids) == len(set(ids)) == CROWD


def test_requests_and_metas_sdk(secure: WatchedSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(secure.authority))  # as the README has it
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    origin = secure.base_url.rpartition("/")[0]
    assert requests.get(f"{origin}/_sandbox/health", timeout=10).ok
    monkeypatch.setattr(FacebookSession, "GRAPH", origin)
    api = FacebookAdsApi(FacebookSession(app_secret=APP_SECRET, access_token="owner-token"))
    agencies = [agency["id"] for agency in AdAccount(CROWDED, api=api).get_agencies(params={"limit": 50})]
    assert len(agencies) == CROWD


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed here")
def test_the_printed_curl_lines_work_in_any_folder(tmp_path: Path) -> None:
    folder = tmp_path / "with a ' in its name"
    folder.mkdir()

    class Elsewhere(WatchedSandbox):
        command = (*Sandbox.command, "--tls", str(folder / "ca.pem"))

    with Elsewhere() as sandbox:
        lines = sandbox.calls
        answers = [
            json.loads(subprocess.run(shlex.split(f"{line} -s"), capture_output=True, check=True).stdout)
            for line in lines
        ]
        assert answers[0] == {"success": True}
        assert len(answers[2]["data"]) == 3
        assert len(lines) == 3 and all("--cacert" in line for line in lines)
        assert all("--cacert" in line for line in sandbox.story)
        pages = run_story(sandbox)[3]["data"]
        assert [page["id"] for page in pages] == [PAGE]


# The files


class InFolder(WatchedSandbox):
    """`meta-b2b-sandbox --tls` in a folder, with its temporary files there too."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        code = (
            f"import os, sys, tempfile; os.chdir({str(folder)!r}); tempfile.tempdir = {str(folder)!r};"
            "from meta_b2b_sandbox import cli; sys.exit(cli.main(['--tls', *sys.argv[1:]]))"
        )
        self.command = (sys.executable, "-P", "-c", code)  # type: ignore[misc]  # of this one alone


def test_nothing_is_left_but_the_authoritys_certificate_which_is_new_at_each_start(tmp_path: Path) -> None:
    seen = []
    for _ in range(2):
        with InFolder(tmp_path) as sandbox:
            # Gone as soon as it listens, and not only at the end.
            assert [file.name for file in tmp_path.iterdir()] == ["sandbox-ca.pem"]
            file = tmp_path / "sandbox-ca.pem"
            seen.append(file.read_text())
            with httpx.Client(verify=trust(file), trust_env=False) as caller:
                assert caller.get(f"{sandbox.control_url}/health").is_success
            assert sandbox.end()[0] == 0
        assert [file.name for file in tmp_path.iterdir()] == ["sandbox-ca.pem"]
    for pem in seen:
        assert pem.startswith("-----BEGIN CERTIFICATE-----") and pem.count("-----BEGIN") == 1
    assert seen[0] != seen[1]


def test_a_signal_before_it_listens_leaves_no_key(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys, tempfile; from pathlib import Path; from meta_b2b_sandbox import cli, serving\n"
        f"tempfile.tempdir = {str(tmp_path)!r}\n"
        "async def never(*given):\n"
        f"    files = Path({str(tmp_path)!r}).glob('*/*')\n"
        "    print(*[(file.name, oct(file.parent.stat().st_mode)) for file in files], flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "    await __import__('asyncio').sleep(60)\n"
        "serving.wait_for_answer = never\n"
        f"sys.exit(cli.main(['--tls', {str(tmp_path / 'ca.pem')!r}, '--port', '0', '--db', ':memory:']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    # They were there, for this user alone.
    assert "'key.pem', '0o40700'" in done.stdout and "'certificate.pem'" in done.stdout
    assert [file.name for file in tmp_path.iterdir()] == ["ca.pem"]


def test_the_environment_names_the_file_too(tmp_path: Path) -> None:
    code, message = refusal(TLS=str(tmp_path))
    assert (code, f"{tmp_path} cannot be written (Is a directory)" in message) == (1, True)
    code, message = refusal("--tls", str(tmp_path), TLS=str(tmp_path / "ca.pem"))
    assert (code, f"{tmp_path} cannot be written (Is a directory)" in message) == (1, True)


def test_a_sandbox_from_python_does_not_read_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TLS", str(tmp_path / "ca.pem"))
    with Sandbox() as sandbox:
        assert HTTP.get(f"{sandbox.control_url}/health").is_success
        with pytest.raises(SandboxError, match="only inside of: with Sandbox"):
            _ = sandbox.authority
    assert list(tmp_path.iterdir()) == []


def test_the_authoritys_file_goes_with_the_block() -> None:
    with Sandbox(tls=True) as sandbox:
        folder = sandbox.authority.parent
        assert folder.stat().st_mode & 0o777 == 0o700
        assert [file.name for file in folder.iterdir()] == ["sandbox-ca.pem"]
    assert not folder.exists()
    unwilling = Sandbox(db="/no/such/folder/a.db", tls=True)
    with pytest.raises(SandboxError, match="cannot be opened"), unwilling:
        pass
    assert not unwilling.authority.parent.exists()


# Refusals


@pytest.mark.parametrize("file", ["/no/such/folder/ca.pem", "/proc/ca.pem", "/"])
def test_a_file_that_cannot_be_written(file: str) -> None:
    code, message = refusal("--tls", file)
    assert (code, message.startswith(f"meta-b2b-sandbox: {file} cannot be written (")) == (1, True), message
    assert message.endswith("); name another file (see --tls)")


@pytest.mark.parametrize(
    "content",
    ["notes", "-----BEGIN PRIVATE KEY-----\n", 2 * "-----BEGIN CERTIFICATE-----\nMA==\n"],
    ids=["notes", "a key", "a bundle"],
)
def test_what_is_no_certificate_is_not_overwritten(tmp_path: Path, content: str) -> None:
    file = tmp_path / "a.pem"
    file.write_text(content)
    text = f"{file} holds something else than one certificate; name another file (see --tls)"
    assert refusal("--tls", str(file)) == (1, f"meta-b2b-sandbox: {text}")
    assert file.read_text() == content


def test_a_start_that_fails_leaves_the_authority_of_a_running_one(tmp_path: Path) -> None:
    with InFolder(tmp_path) as sandbox:
        file = tmp_path / "sandbox-ca.pem"
        before = file.read_bytes()
        code, message = refusal("--tls", str(file), "--port", str(sandbox.port))
        assert (code, "is taken" in message) == (1, True)
        assert file.read_bytes() == before


def test_a_name_that_can_be_in_no_certificate(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("meta_b2b_sandbox.address.bind", lambda host, port: ("127.0.0.1", 1))
    assert cli.main(["--host", "a..b", "--db", ":memory:", "--tls", str(tmp_path / "ca.pem")]) == 1
    text = "no certificate can be made for a..b; name others (see --host and --allowed-host)"
    assert capsys.readouterr().err == f"meta-b2b-sandbox: {text}\n"
    code, message = refusal("--tls", str(tmp_path / "ca.pem"), "--allowed-host", "sandbox_1")
    assert (code, "can be made for 127.0.0.1 and sandbox_1; name others" in message) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_the_extra_that_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "trustme", None)
    monkeypatch.delitem(sys.modules, "meta_b2b_sandbox.tls", raising=False)
    assert cli.main(["--tls"]) == 1
    text = "a package is missing (trustme); run: pip install 'meta-b2b[sandbox,tls]'"
    assert capsys.readouterr().err == f"meta-b2b-sandbox: {text}\n"


def test_it_is_imported_for_https_alone() -> None:
    code = (
        "import sys; from meta_b2b_sandbox import app, cli, serving\n"
        "assert cli.main(['--port', 'x', *sys.argv[1:]]) == 2\n"
        "print({'trustme', 'cryptography'} & sys.modules.keys() != set())"
    )
    environment = {**os.environ, "TLS": ""}
    for options, imported in ((), "False"), (("--tls",), "True"):
        shown = subprocess.run(
            [sys.executable, "-c", code, *options],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert shown.stdout.strip() == imported


def test_a_handshake_that_never_comes_delays_nobody(secure: WatchedSandbox) -> None:
    with socket.create_connection((secure.host, secure.port)), client(secure) as caller:
        assert caller.get(f"{secure.control_url}/health").is_success
