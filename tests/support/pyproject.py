"""What pyproject.toml says that the packages and this checkout need."""

import re
import tomllib

from scripts.node import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DEPENDENCIES: list[str] = PROJECT["project"]["dependencies"]
DEV: list[str] = PROJECT["dependency-groups"]["dev"]


def optional(extra: str) -> list[str]:
    """The requirements of an extra."""
    return list(PROJECT["project"]["optional-dependencies"][extra])


def names(requirements: list[str]) -> set[str]:
    """The names of the distributions, as `normal` writes them."""
    return {normal(re.split(r"[^\w.-]", one, maxsplit=1)[0]) for one in requirements}


def normal(name: str) -> str:
    """A distribution's name in the one way that counts: small letters, hyphens."""
    return re.sub(r"[-_.]+", "-", name).lower()
