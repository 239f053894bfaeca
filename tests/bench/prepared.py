"""What a folder keeps from one run to the next: the graph and the loaded stores, so that ten millions are loaded once."""

from __future__ import annotations

import math
from dataclasses import asdict
from pathlib import Path

import orjson

from tests.bench.engines import Data, Engine, Loaded
from tests.bench.report import Run

FILE = "prepared.json"


def keep(folder: Path, run: Run, data: Data) -> None:
    """Writes down what has been loaded, and what it took."""
    loads = {name: asdict(loaded) for name, loaded in run.loads.items()}
    told = {"size": run.size, "whole": run.whole, "seed": run.seed, "loads": loads}
    (folder / FILE).write_bytes(orjson.dumps(told | {"source": str(data.source)}))


def take(folder: Path, run: Run, engines: list[Engine], asked: int) -> Data | None:
    """What an earlier run left here, if it was of this size and seed; engines that it lacks are absent then.

    Raises:
        RuntimeError: what is there is of another size or seed.
    """
    file = folder / FILE
    if not file.exists():
        return None
    told = orjson.loads(file.read_bytes())
    if told["seed"] != run.seed or abs(told["size"] - asked) > asked / 100:
        raise RuntimeError(
            f"{folder} holds {told['size']:,} quads of seed {told['seed']}: name another --folder"
        )
    run.size, run.whole = told["size"], told["whole"]
    source = Path(told["source"])
    data = Data(source, source.with_name("release.nq"), source.with_name("merged.nq"), run.size)
    for engine in list(engines):
        if engine.name in told["loads"]:
            run.loads[engine.name] = _loaded(told["loads"][engine.name])
            engine.reuse(data)
        else:
            engines.remove(engine)
            run.absent[engine.name] = f"not loaded in {folder.name}"
    return data


def _loaded(told: dict[str, float | None]) -> Loaded:
    # JSON has null for what is not a number
    times = {
        name: math.nan if told[name] is None else float(told[name] or 0) for name in ("load", "ready", "cpu")
    }
    return Loaded(**times, peak=int(told["peak"] or 0), disk=int(told["disk"] or 0))
