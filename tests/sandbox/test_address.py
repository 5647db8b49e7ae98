"""Where a server listens: HOST and PORT as people write them."""

import socket

import pytest
from meta_b2b_sandbox.address import AddressError, bind, origin, parse_port


@pytest.mark.parametrize(
    ("text", "port"), [("0", 0), ("80", 80), ("4020", 4020), ("65535", 65535), ("00080", 80)]
)
def test_ports(text: str, port: int) -> None:
    assert parse_port(text) == port


@pytest.mark.parametrize(
    "text",
    ["", "abc", "-1", "65536", "99999", "123456", "1.5", "40.10", "4_010", " 4010", "80 ", "80\n", "٣"],
)
def test_what_is_no_port_is_wrong_usage(text: str) -> None:
    with pytest.raises(AddressError, match="is not a port: a whole number from 0") as raised:
        parse_port(text)
    assert raised.value.usage


@pytest.mark.parametrize(("host", "ip"), [("127.0.0.1", "127.0.0.1"), ("::1", "::1")])
def test_a_free_port_is_found(host: str, ip: str) -> None:
    found, port = bind(host, 0)
    assert (found, port > 0) == (ip, True)
    assert bind(host, port) == (ip, port)  # and it is free again


def test_a_name_of_this_machine_becomes_an_address() -> None:
    assert bind("localhost", 0)[0] in ("127.0.0.1", "::1")


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        text = f"port {port} of 127.0.0.1 is taken; choose another, or 0 for any free one"
        with pytest.raises(AddressError, match=text) as raised:
            bind("127.0.0.1", port)
    assert not raised.value.usage


# 192.0.2.0/24 is for documentation: no machine has it.
@pytest.mark.parametrize("host", ["no such host", "192.0.2.1", "127.0.0.1:80", "a" * 300])
def test_what_is_no_address_of_this_machine_is_named(host: str) -> None:
    with pytest.raises(AddressError, match=f"{host} is not an address of this machine"):
        bind(host, 0)


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "http://127.0.0.1:1"), ("localhost", "http://localhost:1"), ("::1", "http://[::1]:1")],
)
def test_origins(host: str, shown: str) -> None:
    assert origin(host, 1) == shown
    assert origin(host, 1, "https") == shown.replace("http:", "https:")
