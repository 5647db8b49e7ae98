"""The report of the evidence: Markdown to read, JSON for programs, with the same in both."""

import json
import os
from pathlib import Path
from typing import Any

from scripts.evidence.assumed import CONFIRMED, REFUTED, SEEN
from scripts.evidence.notes import NOT_SEEN, Notes
from scripts.node import ROOT

FOLDER = ROOT / "dist" / "evidence"
INTRODUCTION = """\
It says where the answers of a server differ from `openapi/b2b.yaml`. Access tokens, names, ids and times are not in it:
of what was sent and answered it has the names of fields and parameters, the values of those for which the document
lists values, and the codes of errors. Placeholders such as `<id 1>` stand for the same id wherever they stand.
Read it before you pass it on.
"""


def as_json(notes: Notes) -> dict[str, Any]:
    """The report as a tree of JSON."""
    return {
        "document": notes.document_version,
        "versions": dict(sorted(notes.versions.items())),
        "calls": notes.calls,
        "left_out": dict(sorted(notes.skipped.items())),
        "operations": {
            label: {
                "calls": one.calls,
                "statuses": {str(status): count for status, count in sorted(one.statuses.items())},
                "errors": [
                    {"code": code, "error_subcode": subcode, "count": count}
                    for (code, subcode), count in sorted(one.errors.items(), key=str)
                ],
                "differences": [
                    {
                        **{"kind": difference.kind, "place": difference.place, "text": difference.text},
                        **{"count": count, "example": notes.examples[label, difference]},
                    }
                    for difference, count in sorted(one.differences.items())
                ],
            }
            for label, one in sorted(notes.operations.items())
        },
        "assumptions": {
            id: {
                "text": one.text,
                "outcome": notes.outcome(id),
                **{outcome: notes.outcomes[id][outcome] for outcome in (CONFIRMED, REFUTED, SEEN)},
            }
            for id, one in notes.assumptions.all.items()
        },
    }


def as_markdown(report: dict[str, Any]) -> str:
    """The same for people."""
    count = sum(len(one["differences"]) for one in report["operations"].values())
    versions = ", ".join(report["versions"]) or "no version that it told"
    lines = [
        "# Evidence about Meta's B2B endpoints\n",
        INTRODUCTION,
        f"Document {report['document']}; answered by {versions}; {report['calls']} calls, {count} differences.\n",
    ]
    if report["left_out"]:
        lines += ["Left out:\n", *(f"- {why}: {number}" for why, number in report["left_out"].items()), ""]
    lines += [
        "## Operations\n",
        "| operation | calls | statuses | errors | differences |",
        "|---|---|---|---|---|",
    ]
    for label, one in report["operations"].items():
        statuses = ", ".join(f"{status}: {number}" for status, number in one["statuses"].items())
        errors = ", ".join(f"{error(e)}: {e['count']}" for e in one["errors"])
        lines.append(f"| {label} | {one['calls']} | {statuses} | {errors} | {len(one['differences'])} |")
    lines.append("\n## Differences\n")
    for label, one in report["operations"].items():
        if one["differences"]:
            lines.append(f"### {label}\n")
        for found in one["differences"]:
            lines.append(
                f"- **{found['kind']}** `{found['place']}`: {found['text']} ({found['count']} times)\n"
            )
            example = json.dumps(found["example"], indent=2, ensure_ascii=False)
            lines += ["  ```json", *(f"  {line}" for line in example.splitlines()), "  ```\n"]
    if not count:
        lines.append("None.\n")
    lines.append("## Assumptions\n")
    for outcome, heading in HEADINGS.items():
        here = {id: one for id, one in report["assumptions"].items() if one["outcome"] == outcome}
        if here and outcome == NOT_SEEN:
            lines.append(f"{heading} {', '.join(here)}\n")
        elif here:
            lines += [
                f"### {heading}\n",
                "| id | confirmed | refuted | seen | assumption |",
                "|---|---|---|---|---|",
            ]
            for id, one in here.items():
                counts = " | ".join(str(one[name]) for name in (CONFIRMED, REFUTED, SEEN))
                text = one["text"].replace("|", "\\|")
                lines.append(f"| {id} | {counts} | {text} |")
            lines.append("")
    return "\n".join(lines)


HEADINGS = {
    REFUTED: "Refuted",
    CONFIRMED: "Confirmed",
    SEEN: "Seen, which decides nothing: calls that they are about",
    NOT_SEEN: "No call was about:",
}


def error(one: dict[str, Any]) -> str:
    """An error in few characters: "100/33"."""
    return str(one["code"]) if one["error_subcode"] is None else f"{one['code']}/{one['error_subcode']}"


def write(notes: Notes) -> Path:
    """Write report.md and report.json into FOLDER, over those of before; returns the first. Raises OSError."""
    folder = FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    report = as_json(notes)
    texts = {
        "report.json": json.dumps(report, indent=2, ensure_ascii=False) + "\n",
        "report.md": as_markdown(report),
    }
    for name, text in texts.items():
        beside = folder / f".{name}"
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, folder / name)
    return folder / "report.md"
