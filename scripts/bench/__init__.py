"""The measurements of `make bench`: the sandbox beside Prism, with many entries, and beside a bare server; the client
beside httpx. Each part judges nothing but prints targets."""
