"""The tables of a run, as Markdown."""

from __future__ import annotations

import math
import os
import platform
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.clients import Driven
from tests.bench.engines import ENGINES, Loaded
from tests.bench.measure import COMPANY, LOOKUP, Results, Timed, agreement
from tests.bench.questions import QUESTIONS
from tests.bench.timings import percentile

MIB = 2**20
OURS = [name for name, kind in ENGINES.items() if kind.ours]
FEW = 20
"""Answers below which their number is told: so few give no percentiles to rely on."""


@dataclass
class Run:
    """What a report is made from.

    Attributes:
        size: quads of the synthetic graph; whole: quads of the release that the peers got.
        seed: of the graph and the values.
        versions: name of an engine -> its version, in the order of the columns.
        absent: name -> why it was not measured.
        loads: name -> what its load took.
        starts: name -> seconds until its server answered.
        output: the file that the tables go to.
    """

    size: int
    whole: int
    seed: int
    deadline: float
    hostile: float
    versions: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    loads: dict[str, Loaded] = field(default_factory=dict)
    starts: dict[str, float] = field(default_factory=dict)
    results: Results = field(default_factory=Results)
    output: Path | None = None


def milliseconds(seconds: Sequence[float]) -> str:
    """p50 / p95 / p99."""
    if not seconds:
        return "failed"
    return " / ".join(short(1000 * percentile(seconds, share)) for share in (0.5, 0.95, 0.99))


def short(value: float) -> str:
    """Three figures."""
    if math.isnan(value):
        return "–"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def ratio(ours: Timed, theirs: Timed, share: float = 0.5) -> float:
    """How many times faster ours is, by the medians unless told; not a number where one has none."""
    mine, other = percentile(ours.seconds, share), percentile(theirs.seconds, share)
    return other / mine if mine else math.nan


def geometric(ratios: Iterable[float]) -> float:
    """The geometric mean of those that are numbers."""
    known = [value for value in ratios if not math.isnan(value)]
    return math.exp(sum(map(math.log, known)) / len(known)) if known else math.nan


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table."""
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    return [*lines, *(f"| {' | '.join(row)} |" for row in rows), ""]


def machine() -> str:
    """Processor, cores, memory, system, and how busy it is."""
    model = "unknown processor"
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line
        ]
        model = names[0] if names else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; load averages at the end {load}"
    )


def markdown(run: Run) -> str:
    """The whole report."""
    sections = (_about, _loading, _ratios, _latencies, _rates, _lists, _finding, _mixed, _edits, _answers)
    return "\n".join(line for section in sections for line in section(run)).rstrip() + "\n"


def _about(run: Run) -> list[str]:
    day = time.strftime("%Y-%m-%d", time.gmtime())
    versions = "; ".join(f"{name} {version}" for name, version in run.versions.items())
    lines = [
        f"{run.size:,} synthetic quads (seed {run.seed}), {run.whole:,} with reference, vocabulary and what is inferred; {day}.",
        "",
        f"Machine: {machine()}.",
        "",
        f"Versions: {versions}.",
        "",
    ]
    for name, why in run.absent.items():
        lines += [f"Absent: {name} ({why}).", ""]
    return lines


def _loading(run: Run) -> list[str]:
    rows = []
    for name, loaded in run.loads.items():
        served = run.results.serving.get(name, (0, 0.0))
        rows.append(
            [
                name,
                f"{short(loaded.load)} s",
                f"{short(loaded.ready)} s",
                f"{short(run.starts.get(name, math.nan))} s",
                f"{loaded.disk / MIB:.0f} MB" if loaded.disk else "–",
                f"{loaded.peak / MIB:.0f} MB" if loaded.peak else "–",
                f"{short(loaded.cpu)} s",
                f"{served[0] / MIB:.0f} MB",
                f"{short(served[1])} s",
            ]
        )
    head = [
        "",
        "loaded",
        "ready",
        "server up",
        "disk",
        "memory, loading",
        "CPU, loading",
        "memory, serving",
        "CPU, serving",
    ]
    return ["### Loading", "", *table(head, rows)]


def _ours(run: Run) -> list[str]:
    return [name for name in run.versions if name in OURS]


def _peers(run: Run) -> list[str]:
    return [name for name in run.versions if name not in _ours(run)]


def _ratios(run: Run) -> list[str]:
    lines = ["### Ratios: above 1 Verre is faster", ""]
    for name in _ours(run):
        lines += _ratios_of(run, name)
    return lines


def _ratios_of(run: Run, name: str) -> list[str]:
    """One of ours beside the peers."""
    peers, found = _peers(run), run.results.questions
    ours = found[name]
    ratios = {p: {q.name: ratio(ours[q.name], found[p][q.name]) for q in QUESTIONS} for p in peers}
    rows = [[q.name, *(_times(ratios[peer][q.name]) for peer in peers)] for q in QUESTIONS]
    rows.append(["**geometric mean**", *(f"**{_times(geometric(ratios[p].values()))}**" for p in peers)])
    first = QUESTIONS[0].name
    for share in (0.5, 0.95):
        against = (_times(ratio(ours[LOOKUP], found[p][first], share)) for p in peers)
        rows.append([f"{LOOKUP}, against the first, p{100 * share:.0f}", *against])
    return table([f"p50 of the peer / p50 of {name}", *peers], rows)


def _times(value: float) -> str:
    return short(value) if math.isnan(value) else f"{short(value)} ×"


def _latencies(run: Run) -> list[str]:
    found = run.results.questions
    names = [q.name for q in QUESTIONS]
    rows = [[name, *(_cell(found[engine].get(name)) for engine in run.versions)] for name in names]
    rows += [
        [name, *(_latency(found[engine].get(name)) for engine in run.versions)] for name in (LOOKUP, COMPANY)
    ]
    head = ["p50 / p95 / p99, ms, one client", *run.versions]
    return ["### Questions", "", *table(head, rows)]


def _latency(timed: Timed | None) -> str:
    return milliseconds(timed.seconds) if timed else ""


def _cell(timed: Timed | None) -> str:
    if timed is None:
        return "–"
    few = f" (n = {len(timed.seconds)})" if 0 < len(timed.seconds) < FEW else ""
    failed = f", {timed.failed} failed" if timed.failed and timed.seconds else ""
    return milliseconds(timed.seconds) + few + failed


def _driven(by: Mapping[int, Driven]) -> list[str]:
    cells = []
    for driven in by.values():
        failed = f", {driven.failed} failed" if driven.failed else ""
        cells.append(f"{driven.rate:.0f}/s, p99 {short(1000 * percentile(driven.seconds, 0.99))} ms{failed}")
    return cells


def _rates(run: Run) -> list[str]:
    rates = {name: run.results.rates[name] for name in run.versions if name in run.results.rates}
    clients = list(next(iter(rates.values()), {}))
    rows = [[name, *_driven(by)] for name, by in rates.items()]
    return [
        "### Short questions of SPARQL, mixed",
        "",
        *table(["", *(_clients(n) for n in clients)], rows),
    ]


def _clients(number: int) -> str:
    return f"{number} client{'s' * (number > 1)}"


def _lists(run: Run) -> list[str]:
    lists = run.results.lists
    clients = list(next(iter(lists.values()), {}))
    rows = [[name, *_driven(by)] for name, by in lists.items()]
    return ["### Answers from Verre's index", "", *table(["", *(_clients(n) for n in clients)], rows)]


def _mixed(run: Run) -> list[str]:
    rows = []
    for name, driven in run.results.mixed.items():
        rows.append(
            [
                name,
                milliseconds(driven.seconds),
                f"{driven.rate:.0f}/s",
                str(driven.failed),
                run.results.after.get(name, ""),
            ]
        )
    head = ["four clients", "p50 / p95 / p99, ms", "answers", "failed", "afterwards"]
    title = f"### Beside one hostile question a second (deadline {run.hostile:g} s where the engine has one)"
    return [title, "", *table(head, rows)]


def _edits(run: Run) -> list[str]:
    """The first edit wakes the writer, so it stands by itself; medians of the others."""
    rows = []
    for name, edited in run.results.edits.items():
        steps = (
            [edit.written for edit in edited],
            [edit.sparql for edit in edited],
            [edit.lists for edit in edited],
        )
        for label, of in (("first", slice(0, 1)), (f"median of the next {len(edited) - 1}", slice(1, None))):
            rows.append(
                [f"{name}, {label}", *(f"{short(1000 * percentile(step[of], 0.5))} ms" for step in steps)]
            )
    head = ["after the edit was sent", "answered", "seen by SPARQL", "seen by lists"]
    return ["### Edits of 1,000 quads, by SPARQL Update", "", *table(head, rows)]


def _finding(run: Run) -> list[str]:
    """Search beside a fixed answer, matches and neighbourhoods with the share of each step, pages."""
    found = run.results
    if not found.search or found.network is None:
        return []
    rows = [
        [_clients(load.clients), *(f"{short(1000 * each)} ms" for each in load.p95), _times(load.ratio)]
        for load in found.search
    ]
    lines = [
        "### Search",
        "",
        *table(["p95", "fixed answer", "search", "times"], rows),
        "### Matches, neighbourhoods and pages",
        "",
    ]
    rows = [
        [f"matches: {kind}", milliseconds(load.seconds), _shares(load.steps), str(load.failed)]
        for kind, load in found.matches.items()
    ]
    network = found.network
    rows.append(
        ["neighbourhoods", milliseconds(network.seconds), _shares(network.steps), str(network.failed)]
    )
    rows += [
        [f"page: {kind}", milliseconds(load.seconds), load.slowest, str(load.failed)]
        for kind, load in found.pages.items()
    ]
    index = found.index
    told = (
        ""
        if index is None
        else (
            f"The list index has {index.bytes / MIB:.0f} MB of the {index.release / MIB:.0f} MB of the release; "
            f"making it whole takes {short(index.seconds)} s, {short(index.cpu)} s of processor time."
        )
    )
    return [
        *lines,
        *table(["", "p50 / p95 / p99, ms", "share of each step; slowest page", "failed"], rows),
        told,
        "",
    ]


def _shares(steps: Mapping[str, float]) -> str:
    return ", ".join(
        f"{name} {100 * share:.0f} %" for name, share in sorted(steps.items(), key=lambda step: -step[1])
    )


def _answers(run: Run) -> list[str]:
    """Whether the engines answer the same: a fast wrong answer is no answer."""
    found, lines = run.results.questions, []
    for peer in _peers(run):
        for question in QUESTIONS:
            theirs = found[peer][question.name]
            same, both = agreement(found["verre"][question.name], theirs)
            if same != both:
                lines.append(f"* {peer}, {question.name}: as many rows as Verre for {same} of {both} values")
            if theirs.failed:
                lines.append(f"* {peer}, {question.name}: {theirs.failed} failed ({_one_line(theirs.why)})")
    for engine in _ours(run):
        for name, timed in found[engine].items():
            if timed.failed:
                lines.append(f"* {engine}, {name}: {timed.failed} failed ({_one_line(timed.why)})")
    agreed = ["Every engine gave as many rows as Verre to every question that both answered."]
    return ["### Answers", "", *(lines or agreed), ""]


def _one_line(text: str) -> str:
    return " ".join(text.replace("|", "/").replace("`", "'").split())[:160]
