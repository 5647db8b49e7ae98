"""What CHANGELOG.md says: what it announces as breaking, and its topmost entry."""

import re

CHANGELOG = "CHANGELOG.md"
MARK = "- **Breaking:** "


def announced(log: str) -> list[str]:
    """The first line of each item that announces something that breaks; one that says nothing announces nothing."""
    return [line for line in log.splitlines() if line.startswith(MARK) and line.strip() != MARK.strip()]


def unannounced(old: str, new: str) -> list[str]:
    """What a breaking change needs, as a line: none when the changelog announces one that the old one did not."""
    if set(announced(new)) - set(announced(old)):
        return []
    return [f'{CHANGELOG} needs a line "{MARK}…" that says what breaks, and what to do']


def topmost(log: str) -> tuple[str, str]:
    """(title, text) of the topmost entry, such as ("1.2.3 - 2026-01-31", "### Added…"); both empty without one."""
    found = re.search(r"^## (.*)\n((?:(?!## ).*\n?)*)", log, re.MULTILINE)
    return (found[1], found[2].strip()) if found else ("", "")
