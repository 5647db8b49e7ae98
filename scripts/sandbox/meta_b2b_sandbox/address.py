"""Where a server listens: HOST and PORT as people write them, for the sandbox and for the mock. And by which address
callers came, who may have come through a proxy."""

import errno
import ipaddress
import re
import socket
from functools import lru_cache

# A name or an IPv4 address, or an IPv6 address in brackets; then maybe a port.
HOST = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\])(?::([0-9]{1,5}))?")
LONG = 300  # characters: no list of plain hosts that is worth reading is longer, and the cache stays small
STANDARD_PORTS = {"http": 80, "https": 443}


class AddressError(Exception):
    """Nothing can listen there; the text says why. `usage`: it is no address at all."""

    def __init__(self, text: str, usage: bool = False) -> None:
        super().__init__(text)
        self.usage = usage


def parse_port(text: str) -> int:
    """A port, 0 to 65535. Raises AddressError."""
    if not re.fullmatch("[0-9]{1,5}", text, re.ASCII) or int(text) > 65535:
        raise AddressError(f"{text} is not a port: a whole number from 0 (any free one) to 65535", usage=True)
    return int(text)


def bind(host: str, port: int) -> tuple[str, int]:
    """(IP address, port) on which a server can listen now; port 0 has become a free one.

    `host`: an address of this machine, IPv4 or IPv6, or a name for one. Raises AddressError.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.create_server((str(address[0]), port), family=family) as free:
            return str(address[0]), free.getsockname()[1]
    except (OSError, UnicodeError) as error:
        number = getattr(error, "errno", None)
        if number == errno.EADDRINUSE:
            problem = f"port {port} of {host} is taken; choose another, or 0 for any free one"
        elif number == errno.EACCES:
            problem = f"this user may not listen on port {port}; choose another, or 0 for any free one"
        else:
            problem = f"{host} is not an address of this machine, as 127.0.0.1 is"
        raise AddressError(problem) from None


def origin(host: str, port: int, scheme: str = "http") -> str:
    """ "http://127.0.0.1:4020"; an IPv6 address in brackets."""
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def is_loopback(peer: str) -> bool:
    """Whether a peer is on this machine: "127.0.0.1:54321", "[::1]:54321"."""
    try:
        ip = ipaddress.ip_address(peer.rpartition(":")[0].strip("[]"))
    except ValueError:
        return False
    return (getattr(ip, "ipv4_mapped", None) or ip).is_loopback


def callers_origin(
    scheme: str, server: str, host: str, proto: str = "", forwarded: str = "", port: str = ""
) -> str:
    """The origin that a caller used, "https://sandbox.example:8443".

    `scheme` and `server` ("127.0.0.1:4020") are the connection's, `host` is its Host header; `proto`, `forwarded` and
    `port` are what a proxy says in X-Forwarded-Proto, -Host and -Port. What of these is not plainly of its kind counts
    as not there.
    """
    return _known(scheme, server, *map(_short, (host, proto, forwarded, port)))


def _short(text: str) -> str:
    return text if len(text) <= LONG else ""


@lru_cache(maxsize=1024)
def _known(scheme: str, server: str, host: str, proto: str, forwarded: str, port: str) -> str:
    # Proxies in a row make lists; the first entry is about the caller.
    first = proto.partition(",")[0].strip(" \t").lower()
    scheme = first if first in STANDARD_PORTS else scheme
    seen = _plain_host(forwarded.partition(",")[0].strip(" \t")) or _plain_host(host) or server
    alone = seen.endswith("]") or ":" not in seen
    if alone and _is_port(port) and int(port) != STANDARD_PORTS[scheme]:
        seen += f":{int(port)}"
    return f"{scheme}://{seen}"


def _plain_host(text: str) -> str:
    """The text if it is a host, or host and port; else an empty one."""
    match = HOST.fullmatch(text)
    return text if match and (match[1] is None or _is_port(match[1])) else ""


def _is_port(text: str) -> bool:
    return re.fullmatch("[0-9]{1,5}", text, re.ASCII) is not None and 0 < int(text) <= 65535
