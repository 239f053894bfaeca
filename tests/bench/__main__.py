"""The command: `python -m tests.bench --size 100k --engines verre,oxigraph,virtuoso,rdflib --clients 1,8,32`."""

from __future__ import annotations

import argparse
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench import generate
from tests.bench.clients import Client, Crowd
from tests.bench.edits import edits
from tests.bench.engines import ENGINES, Data, Engine, Verre
from tests.bench.indexing import cost
from tests.bench.matches import matches
from tests.bench.measure import (
    COMPANY,
    Effort,
    floor,
    lookups,
    mix,
    mixed,
    questions,
    state,
    throughput,
)
from tests.bench.networks import neighbourhoods
from tests.bench.pages import pages
from tests.bench.prepared import keep, take
from tests.bench.questions import Pools, sample
from tests.bench.report import Run, markdown
from tests.bench.search import searches


def say(text: str) -> None:
    """Progress, on standard error."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--size", default="100k", help="100k, 1m, 10m or a number of quads")
    parser.add_argument("--engines", default=",".join(ENGINES), help="of " + ", ".join(ENGINES))
    parser.add_argument("--clients", default="1,8,32", help="numbers of clients")
    parser.add_argument("--seconds", type=float, default=3.0, help="most of one question at one engine")
    parser.add_argument("--values", type=int, default=200, help="most values of one question")
    parser.add_argument("--deadline", type=float, default=10.0, help="seconds that an engine may take")
    parser.add_argument("--hostile", type=float, default=2.0, help="the same beside hostile questions")
    parser.add_argument("--memory", type=float, default=6.0, help="GiB at which an engine is stopped")
    parser.add_argument("--seed", type=int, default=generate.SEED)
    parser.add_argument(
        "--folder",
        type=Path,
        help="where files stay, and are taken from by the next run; else a folder that is removed",
    )
    parser.add_argument("--output", type=Path, help="file for the tables; else standard output only")
    return parser.parse_args(given)


def chosen(names: str, size: int, folder: Path, memory: int) -> tuple[list[Engine], dict[str, str]]:
    """The engines that can run, Verre first, and why the others cannot."""
    wanted = ["verre", *(name for name in names.split(",") if name != "verre")]
    engines: list[Engine] = []
    absent: dict[str, str] = {}
    for name in wanted:
        kind = ENGINES[name]
        if kind.largest is not None and size > kind.largest * 1.1:
            absent[name] = f"measured up to {kind.largest:,} quads only"
        elif why := kind.absent():
            absent[name] = why
        else:
            engines.append(kind(folder / name, memory))
    return engines, absent


def merge(quads: Path, merged: Path) -> int:
    """Writes the quads, and behind them the merge as default graph, each triple once; returns how many quads.

    The sorting is left to `sort`, which does it on disk.
    """
    with merged.open("wb") as out:
        count = 0
        with quads.open("rb") as lines:
            for line in lines:
                out.write(line)
                count += 1
        out.flush()
        command = ["sort", "-u", "-S", "256M", "-T", str(merged.parent)]
        sorting = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=out, env={"LC_ALL": "C", "PATH": _PATH}
        )
        assert sorting.stdin is not None
        with quads.open("rb") as lines:
            for line in lines:
                sorting.stdin.write(line.rpartition(b" <")[0] + b" .\n")
        sorting.stdin.close()
        if sorting.wait():
            raise RuntimeError("`sort` failed: is the disk full?")
    return count


_PATH = "/usr/local/bin:/usr/bin:/bin"


def prepare(run: Run, verre: Verre, folder: Path) -> Data:
    """Generates, loads Verre and takes the whole release out of it for the others."""
    files = folder / "synthetic"
    files.mkdir()
    source = files / "synthetic.nq"
    written = generate.write(source, run.size, run.seed)
    data = Data(source, files / "release.nq", files / "merged.nq", written)
    say(f"{written:,} synthetic quads; loading verre")
    run.size, run.loads["verre"] = written, verre.load(data)
    verre.dump(data.quads)
    run.whole = merge(data.quads, data.merged)
    return data


def load_peers(run: Run, engines: list[Engine], data: Data) -> None:
    """Loads each peer; one that cannot is absent, with its reason."""
    for engine in list(engines[1:]):
        say(f"loading {engine.name}")
        try:
            run.loads[engine.name] = engine.load(data)
        except RuntimeError as error:
            engines.remove(engine)
            run.absent[engine.name] = " ".join(str(error).split())[:300]


def measure(run: Run, engines: Sequence[Engine], data: Data, effort: Effort, crowd: Crowd) -> None:
    """All that is measured of servers that run."""
    results, pools = run.results, sample(data.source, run.seed)
    for engine in engines:
        run.starts[engine.name] = engine.start(effort.deadline)
        run.versions[engine.name] = engine.version()
    say("questions")
    results.questions = questions(engines, pools, effort)
    verre = engines[0]
    for engine in reversed(engines):
        say(f"throughput of {engine.name}")
        asks = mix(engine, pools, effort.values)
        results.rates[engine.name] = throughput(crowd, engine.url, asks, effort)
        if engine is verre:
            own(run, verre, pools, effort, crowd)
        if engine.ours:
            say(f"edits in {engine.name}")
            results.edits[engine.name] = edits(engine, verre.folder / "home")
        engine.stop()
        results.serving[engine.name] = (engine.peak, engine.cpu)
        told(run)
    for engine in engines:
        if engine.ours and engine is not verre:
            continue  # its limits are those of the other, and it would have to warm up again
        say(f"hostile questions to {engine.name}")
        engine.start(effort.hostile)
        asks = mix(engine, pools, effort.values)
        results.mixed[engine.name] = mixed(crowd, engine, asks, effort)
        results.after[engine.name] = state(engine)
        if engine is verre:
            pages = lookups(pools)[COMPANY]
            results.mixed["verre, companies by /v1"] = mixed(crowd, engine, pages, effort)
        engine.stop()


def own(run: Run, verre: Engine, pools: Pools, effort: Effort, crowd: Crowd) -> None:
    """What only Verre answers."""
    results = run.results
    for name, paths in lookups(pools).items():
        results.lists[name] = throughput(crowd, verre.url, paths, effort)
    page = Client(verre.url, 30).ask(lookups(pools)[COMPANY][0])
    results.lists[f"ready bytes ({len(page.body)}), same framework"] = floor(
        crowd, verre.folder, page.body, effort
    )
    say("search, matches, networks and pages")
    results.search = [searches(verre.url, crowd, effort.seconds, n) for n in effort.clients]
    results.matches = matches(verre.url, effort.values)
    results.network = neighbourhoods(verre.url)
    results.pages = pages(verre.url, effort.values)
    results.index = cost(verre.folder / "home")


def told(run: Run) -> None:
    """Writes what has been found so far: a run of hours shall not end with nothing."""
    if run.output is not None:
        run.output.write_text(markdown(run), "utf-8")


def main(given: Sequence[str] | None = None) -> None:
    """Runs it all, and leaves nothing behind."""
    options = arguments(given)
    size = generate.quads_of(options.size)
    folder = options.folder or Path(tempfile.mkdtemp(prefix="verre-synthetic-"))
    folder.mkdir(parents=True, exist_ok=True)
    clients = tuple(int(n) for n in options.clients.split(","))
    effort = Effort(options.seconds, options.values, clients, options.deadline, options.hostile)
    engines, absent = chosen(options.engines, size, folder, int(options.memory * 2**30))
    run = Run(size, 0, options.seed, options.deadline, options.hostile, absent=absent, output=options.output)
    crowd = Crowd()
    # What is told to stop shall stop its servers too
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        verre = engines[0]
        assert isinstance(verre, Verre)
        data = take(folder, run, engines, size)
        if data is None:
            data = prepare(run, verre, folder)
            load_peers(run, engines, data)
            keep(folder, run, data)
        measure(run, engines, data, effort, crowd)
        told(run)
        sys.stdout.write(markdown(run))
    finally:
        crowd.close()
        for engine in engines:
            engine.stop()
        if options.folder is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
