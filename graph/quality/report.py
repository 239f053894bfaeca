"""What a check found, for people (text) and for programs (JSON)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import orjson

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")
"""The worst first."""

HEADINGS = {
    "nl": {"violation": "Overtredingen", "warning": "Waarschuwingen", "info": "Ter informatie"},
    "en": {"violation": "Violations", "warning": "Warnings", "info": "For information"},
    "fr": {"violation": "Violations", "warning": "Avertissements", "info": "Pour information"},
}
NOTHING = {"nl": "Niets gevonden.", "en": "Nothing found.", "fr": "Rien trouvé."}
FALLBACK = ("en", "nl", "fr", "")


@dataclass(frozen=True)
class Finding:
    """One thing that one check found on one node.

    Attributes:
        severity: how bad it is.
        check: the shape or query that found it, as in `engagement-exporter`.
        focus: the IRI of the node.
        label: the name of the node, if it has one.
        path: the property that it is about, if it is about one.
        value: the value at fault, if there is one.
        message: what is wrong, by language.
        graphs: the graphs that say so, as far as they are known.
    """

    severity: Severity
    check: str
    focus: str
    message: Mapping[str, str] = field(hash=False)
    label: str | None = None
    path: str | None = None
    value: str | None = None
    graphs: tuple[str, ...] = ()

    def text(self, language: str) -> str:
        """The message in a language, else in another one."""
        for tag in (language, *FALLBACK):
            if tag in self.message:
                return self.message[tag]
        return self.check

    @property
    def order(self) -> tuple[int, str, str, str, str]:
        """What findings are sorted by."""
        return (
            SEVERITIES.index(self.severity),
            self.check,
            self.focus,
            self.path or "",
            self.value or "",
        )


@dataclass(frozen=True)
class Report:
    """Everything that a check found; the worst first."""

    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Report:
        """Each finding once, in order."""
        return cls(tuple(sorted(set(findings), key=lambda finding: finding.order)))

    @property
    def worst(self) -> Severity | None:
        """The worst severity found; None where nothing was found."""
        return self.findings[0].severity if self.findings else None

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        counted = Counter(finding.severity for finding in self.findings)
        return {severity: counted[severity] for severity in SEVERITIES}

    def as_text(self, language: str = "en") -> str:
        """For people: grouped by severity and check, each finding with its node and its sources."""
        if not self.findings:
            return NOTHING.get(language, NOTHING["en"])
        headings = HEADINGS.get(language, HEADINGS["en"])
        lines: list[str] = []
        group: tuple[str, str] | None = None
        for finding in self.findings:
            if group is None or finding.severity != group[0]:
                lines += ["", f"{headings[finding.severity]} ({self.counts[finding.severity]})"]
            if group != (finding.severity, finding.check):
                lines += ["", f"{finding.check}: {finding.text(language)}"]
                group = (finding.severity, finding.check)
            lines += _lines(finding)
        return "\n".join(lines[1:]) + "\n"

    def as_json(self) -> str:
        """For programs: `worst`, `counts` and `findings`, with the messages in every language."""
        findings = [
            {
                "severity": finding.severity,
                "check": finding.check,
                "focus": finding.focus,
                "label": finding.label,
                "path": finding.path,
                "value": finding.value,
                "message": dict(finding.message),
                "graphs": list(finding.graphs),
            }
            for finding in self.findings
        ]
        content = {"worst": self.worst, "counts": self.counts, "findings": findings}
        return orjson.dumps(content, option=orjson.OPT_INDENT_2).decode()


def _lines(finding: Finding) -> list[str]:
    node = f"{finding.label} <{finding.focus}>" if finding.label else f"<{finding.focus}>"
    lines = [f"  - {node}"]
    if finding.path or finding.value:
        lines.append(f"      {' = '.join(part for part in (finding.path, finding.value) if part)}")
    if finding.graphs:
        lines.append(f"      {', '.join(finding.graphs)}")
    return lines
