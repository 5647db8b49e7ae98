"""Where a server listens: HOST and PORT as people write them, for the sandbox and for the mock."""

import errno
import re
import socket


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


def origin(host: str, port: int) -> str:
    """ "http://127.0.0.1:4020"; an IPv6 address in brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
