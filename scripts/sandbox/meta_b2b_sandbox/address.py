"""Where a server listens: HOST and PORT as people write them, for the sandbox and for the mock. And by which address
callers came, who may have come through a proxy, and who of them is let in."""

import errno
import ipaddress
import re
import socket
from collections.abc import Iterable, Mapping
from functools import lru_cache

NAME = r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,252}"  # or an IPv4 address
# A name, or an IPv6 address in brackets; then maybe a port.
HOST = re.compile(rf"(?:{NAME}|\[[0-9A-Fa-f:.]{{2,45}}\])(?::([0-9]{{1,5}}))?")
LONG = 300  # characters: no list of plain hosts that is worth reading is longer, and the cache stays small
STANDARD_PORTS = {"http": 80, "https": 443}
GRAPH = "graph.facebook.com"  # by this name programs come whose host is fixed; the hosts file leads them here


class AddressError(Exception):
    """Nothing can listen there; the text says why. `usage`: it is no address at all. `see`: the command's options."""

    def __init__(self, text: str, usage: bool = False, see: str = "--port and --host") -> None:
        super().__init__(text)
        self.usage, self.see = usage, see


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
    ip = _ip(peer.rpartition(":")[0].strip("[]"))
    return ip is not None and ip.is_loopback


class Doors:
    """Who is let in: who calls by a name that is served, and to the control API no page but the sandbox's own.

    A stranger's page in the browser of whoever runs the sandbox calls it from its own origin, or under its own name,
    which it lets lead to this machine (DNS rebinding). Browsers say both, in Origin and Host, and let no page write
    these headers.
    """

    def __init__(self, host: str, ip: str, allowed: Iterable[str] = ()) -> None:
        """`host` and `ip`: where it listens, as it was said and as an address. `allowed`: names and addresses that are
        served beside that and this machine's own. Raises AddressError for what is neither."""
        listens = ipaddress.ip_address(ip.partition("%")[0])
        self._any_ip = listens.is_unspecified  # a stranger can let a name lead here, but no address
        self._ips, self._names = {listens}, {_name(host), "localhost"} - {""}
        for text in allowed:
            beside = _ip(text)
            if beside is not None:
                self._ips.add(beside)
            elif re.fullmatch(NAME, text):
                self._names.add(text.lower().removesuffix("."))
            else:
                problem = f"{text} is neither a name, as sandbox.example is, nor an address, as ::1 is"
                raise AddressError(f"{problem}; write no scheme, port or path", True, "--allowed-host")
        self._known = lru_cache(maxsize=1024)(self._is_served)

    def refusal(self, headers: Mapping[str, str], origin: str, control: bool) -> str:
        """Why a request may not be answered; an empty text if it may.

        `origin`: by which its caller reached the sandbox, see `callers_origin`. `control`: it calls the control API.
        """
        host = headers.get("host")  # None also where it is not UTF-8
        # HTTP/1.0 has none, and no browser speaks that.
        if (host is not None or "host" in headers) and not self._serves(host or "", control):
            return _not_served(host or "", control)
        if not control:
            return ""
        # What a proxy says instead of Host it took from its caller, who may be a stranger's page too.
        called = origin.partition("://")[2]
        if not self._serves(called, control):
            return _not_served(called, control)
        if "origin" in headers:
            page = headers.get("origin") or ""
            if _parts(page) != _parts(origin):
                return (
                    "the control API takes no calls from pages in a browser but the sandbox's own, which this one is "
                    f"not: it comes from {page[:LONG]!a}, and called {origin}; call it from a program, as curl is"
                )
        return ""

    def _serves(self, host: str, control: bool) -> bool:
        return len(host) <= LONG and self._known(host, control)

    def _is_served(self, host: str, control: bool) -> bool:
        name = _name(host)
        if name in self._names or name.endswith(".localhost"):  # nobody can register one of these (RFC 6761)
            return True
        if name == GRAPH:
            return not control
        ip = _ip(name)
        return ip is not None and (self._any_ip or ip.is_loopback or ip in self._ips)


def _not_served(host: str, control: bool) -> str:
    what = "the control API" if control else "the sandbox"
    name = _name(_short(host))
    if not name:
        return f"the Host header is not a name or an address: {host[:LONG]!a}; call {what} by one, as 127.0.0.1 is"
    return (
        f"{what} is not served under the name {name}: by a name of its own any page in a browser could reach it "
        f"(DNS rebinding); if this one is yours, start the sandbox with --allowed-host {name}"
    )


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address, IPv4 also where it is written as IPv6; None for what is none."""
    try:
        ip = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(ip, "ipv4_mapped", None) or ip


def _name(host: str) -> str:
    """The name, or the address without brackets, of a host that may have a port; empty if it is no host."""
    plain = _plain_host(host).lower()
    return plain[1:].partition("]")[0] if plain.startswith("[") else plain.partition(":")[0].removesuffix(".")


def _parts(origin: str) -> tuple[str, str]:
    """(scheme, host and port), in small letters and without the port that goes without saying."""
    scheme, _, host = origin.lower().partition("://")
    return scheme, host.removesuffix(f":{STANDARD_PORTS.get(scheme)}")


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
