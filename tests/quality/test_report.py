"""What a report says, to people and to programs."""

import json

import pytest

from graph.quality.report import Finding, Report, Severity

MESSAGE = {"nl": "Dit is mis.", "en": "This is wrong.", "fr": "Ceci est faux."}


def finding(severity: Severity = "warning", check: str = "label", focus: str = "https://e.org/a") -> Finding:
    return Finding(severity, check, focus, MESSAGE)


def test_the_worst_comes_first_and_each_finding_once() -> None:
    report = Report.of(
        [finding("info"), finding("violation", "z"), finding("violation", "b"), finding("violation", "b")]
    )
    assert [(f.severity, f.check) for f in report.findings] == [
        ("violation", "b"),
        ("violation", "z"),
        ("info", "label"),
    ]
    assert report.worst == "violation"
    assert report.counts == {"violation": 2, "warning": 0, "info": 1}


def test_an_empty_report_has_no_worst() -> None:
    report = Report.of([])
    assert report.worst is None
    assert report.as_text("fr") == "Rien trouvé."
    assert report.as_text("xx") == "Nothing found."
    assert json.loads(report.as_json()) == {
        "worst": None,
        "counts": {"violation": 0, "warning": 0, "info": 0},
        "findings": [],
    }


def test_text_is_grouped_and_names_node_value_and_graphs() -> None:
    report = Report.of(
        [
            Finding(
                "warning",
                "share-max",
                "https://e.org/a",
                MESSAGE,
                label="Alpha – Beta",
                path="https://e.org/p",
                value="120",
                graphs=("https://e.org/g1", "https://e.org/g2"),
            ),
            finding("warning", "share-max", "https://e.org/b"),
            finding("violation", "owner"),
        ]
    )
    assert report.as_text("nl") == (
        "Overtredingen (1)\n"
        "\n"
        "owner: Dit is mis.\n"
        "  - <https://e.org/a>\n"
        "\n"
        "Waarschuwingen (2)\n"
        "\n"
        "share-max: Dit is mis.\n"
        "  - Alpha – Beta <https://e.org/a>\n"
        "      https://e.org/p = 120\n"
        "      https://e.org/g1, https://e.org/g2\n"
        "  - <https://e.org/b>\n"
    )


def test_json_keeps_every_language_and_says_what_is_not_known_by_null() -> None:
    (item,) = json.loads(Report.of([finding()]).as_json())["findings"]
    assert item == {
        "severity": "warning",
        "check": "label",
        "focus": "https://e.org/a",
        "label": None,
        "path": None,
        "value": None,
        "message": MESSAGE,
        "graphs": [],
    }


@pytest.mark.parametrize(
    ("message", "language", "text"),
    [
        (MESSAGE, "fr", "Ceci est faux."),
        (MESSAGE, "de", "This is wrong."),
        ({"fr": "Ceci."}, "nl", "Ceci."),
        ({"": "plain"}, "nl", "plain"),
        ({}, "nl", "label"),
    ],
)
def test_a_message_falls_back_to_another_language(message: dict[str, str], language: str, text: str) -> None:
    assert Finding("info", "label", "https://e.org/a", message).text(language) == text
