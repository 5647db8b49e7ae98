"""HTTPS: a certificate from an authority that is made at the start, signs nothing else, and is gone with the process.

Imported with --tls alone: trustme is in an extra of its own.
"""

import contextlib
import datetime
import ssl
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import trustme

# Where callers are, and the name by which SDKs call Graph.
NAMES = ("localhost", "127.0.0.1", "::1", "graph.facebook.com")
# Apple's systems refuse a certificate that is valid for more than 825 days (support.apple.com/103769).
DAYS = 365


class TLSError(ValueError):
    """There can be no certificate, or no file for callers; the text says why."""


class TLS:
    """The certificate of a server, and `authority`: the file with the certificate that callers have to trust.

    The authority's private key is kept nowhere: it signs this one certificate.
    """

    def __init__(self, hosts: Sequence[str], authority: Path) -> None:
        """`hosts`: names and addresses that the certificate is for too, beside NAMES. Writes the file `authority`.

        Raises TLSError.
        """
        self.authority = authority.absolute()
        made = trustme.CA(path_length=0, organization_name="meta-b2b-sandbox")
        today = datetime.datetime.now(datetime.UTC)
        try:
            self._certificate = made.issue_cert(
                *dict.fromkeys([*NAMES, *hosts]),
                not_before=today - datetime.timedelta(days=1),
                not_after=today + datetime.timedelta(days=DAYS),
            )
        except ValueError:
            text = f"no certificate can be made for {' and '.join(hosts)}; name others (see --host and --allowed-host)"
            raise TLSError(text) from None
        self._pem = made.cert_pem.bytes()
        _write(self.authority, self._pem)

    def caller(self) -> ssl.SSLContext:
        """What a caller has who trusts the authority."""
        return ssl.create_default_context(cadata=self._pem.decode("ascii"))

    @contextlib.contextmanager
    def files(self) -> Iterator[tuple[Path, Path]]:
        """(certificate, its private key) as files in a folder that only this user can read, gone with the block."""
        with tempfile.TemporaryDirectory(prefix="meta-b2b-sandbox-") as folder:
            certificate, key = Path(folder, "certificate.pem"), Path(folder, "key.pem")
            certificate.write_bytes(b"".join(pem.bytes() for pem in self._certificate.cert_chain_pems))
            key.write_bytes(self._certificate.private_key_pem.bytes())
            yield certificate, key


def _write(file: Path, pem: bytes) -> None:
    """Write the certificate to a file, but not over anything other than one certificate. Raises TLSError."""
    try:
        old = file.read_bytes() if file.is_file() else b""
        ours = old.startswith(b"-----BEGIN CERTIFICATE-----") and old.count(b"-----BEGIN") == 1
        if not old or ours:
            file.write_bytes(pem)
            return
        problem = "holds something else than one certificate"
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
    raise TLSError(f"{file} {problem}; name another file (see --tls)")
