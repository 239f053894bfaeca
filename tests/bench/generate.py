"""A synthetic graph of exporters, as N-Quads in the layout of `docs/model.md`, of any size.

::

    python -m tests.bench.generate --size 100k --seed 1 synthetic.nq

The same size and seed give the same bytes. Source after source, written as it is made.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.bench import relations
from tests.bench.blocks import BELGIUM, Speaker, thing
from tests.bench.pools import Chance, chance, company_name, literal, zipf

SIZES = {"100k": 100_000, "1m": 1_000_000, "10m": 10_000_000}
SEED = 20261123
MARKETS_OF_A_COMPANY = (1, 1, 1, 2, 2, 3, 4, 8)


@dataclass
class World:
    """What all sources of a graph share.

    Attributes:
        draw: all chance.
        chamber, partners, awards, missions: IRIs that the first source describes.
        known: companies that other sources may speak of again; the newest take the place of older ones.
    """

    draw: Chance
    chamber: str = thing("organization", "x/synthetic-chamber")
    partners: list[str] = field(default_factory=list)
    awards: list[str] = field(default_factory=list)
    missions: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)

    def remember(self, org: str) -> None:
        """Keeps a company for other sources; at most 2,000 of them."""
        if len(self.known) < 2_000:
            self.known.append(org)
        else:
            self.known[self.draw.rng.randrange(2_000)] = org


def generate(quads: int, seed: int = SEED) -> Iterator[str]:
    """The lines of a graph, some thousand bytes a piece.

    Args:
        quads: how many; the last company is finished, so up to some hundred more. Below 3,000 the
            register alone may be more.
        seed: another seed, another graph.
    """
    world = World(chance(seed))
    sources = max(4, min(20, quads // 5_000), quads // 50_000)
    speakers = [_speaker(number, world.draw) for number in range(sources)]
    written = 0
    for speaker in speakers:
        text = speaker.meta()
        written += text.count("\n")
        yield text
    for text in _register(speakers[0], world, quads):
        written += text.count("\n")
        yield text
    numbers, share = count(1), (quads - written) / sources
    # The draw of partners needs all of them, so it comes after the register
    partner = zipf(world.draw.rng, world.partners)
    for index, speaker in enumerate(speakers, 1):
        until = quads - share * (sources - index)
        while written < until:
            text = _company(speaker, world, next(numbers), partner)
            written += text.count("\n")
            yield text
        speaker.said.clear()


def _speaker(number: int, draw: Chance) -> Speaker:
    day = f"{2010 + number % 16}-{1 + number % 12:02d}-{1 + number % 28:02d}"
    return Speaker(number, draw, literal(day, "date"))


def _register(s: Speaker, world: World, quads: int) -> Iterator[str]:
    """Partners, awards, missions and statistics: what companies have to do with."""
    yield s.organization(world.chamber, "Synthetic Chamber", "synthetic-chamber", "chamber", BELGIUM)
    for number in range(max(20, quads // 2_000)):
        key = f"synthetic-partner-{number:06d}"
        org = thing("organization", f"x/{key}")
        world.partners.append(org)
        name = f"{company_name(world.draw.rng, number)} partner"
        yield s.organization(org, name, key, "foreign-partner", world.draw.country())
    for number in range(max(4, min(100, quads // 5_000))):
        iri, text = relations.award(s, number, world.chamber)
        world.awards.append(iri)
        yield text
    for number in range(max(4, min(400, quads // 5_000))):
        iri, text = relations.mission(s, number, world.chamber)
        world.missions.append(iri)
        yield text
    for number in range(max(10, min(2_000, quads // 2_000))):
        yield relations.observation(s, number)


def _company(s: Speaker, world: World, number: int, partner: Callable[[], str]) -> str:
    draw, rng = world.draw, world.draw.rng
    name = company_name(rng, number)
    org, text = s.company(number, name)
    markets = {draw.market(): None for _ in range(rng.choice(MARKETS_OF_A_COMPANY))}
    parts = [text, *(relations.engagement(s, org, market) for market in markets)]
    if world.known and rng.random() < 0.3:
        # Another source on a company of before, so that sources agree, contradict and outweigh
        other = rng.choice(world.known)
        parts += [s.named(other), relations.engagement(s, other, draw.market())]
    if rng.random() < 0.4:
        parts += [relations.partnership(s, org, partner()) for _ in range(rng.choice((1, 1, 2)))]
    if world.known and rng.random() < 0.15:
        owner = partner() if rng.random() < 0.3 else rng.choice(world.known)
        parts.append(relations.ownership(s, owner, org))
    if rng.random() < 0.03:
        parts.append(relations.branch(s, org, number, name))
    if rng.random() < 0.6:
        parts.append(relations.person(s, org, number))
    if rng.random() < 0.2:
        parts += [s.named(world.chamber), relations.membership(s, org, world.chamber, [])]
    if rng.random() < 0.4:
        parts.append(relations.figure(s, org))
    if rng.random() < 0.1:
        parts.append(relations.participation(s, org, rng.choice(world.missions)))
    if rng.random() < 0.02:
        parts.append(relations.grant(s, org, rng.choice(world.awards)))
    world.remember(org)
    return "".join(parts)


def write(path: Path, quads: int, seed: int = SEED) -> int:
    """Writes a graph into a file; returns how many quads it has."""
    written = 0
    with path.open("w", encoding="utf-8", newline="\n", buffering=2**20) as stream:
        for text in generate(quads, seed):
            stream.write(text)
            written += text.count("\n")
    return written


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.generate", description=__doc__)
    parser.add_argument("--size", default="100k", help="100k, 1m, 10m or a number of quads")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("path", type=Path, help="file to write, ending in .nq")
    given = parser.parse_args()
    written = write(given.path, quads_of(given.size), given.seed)
    sys.stderr.write(f"{written} synthetic quads in {given.path}\n")


def quads_of(size: str) -> int:
    """The number that a size means.

    Raises:
        ValueError: it is neither one of `SIZES` nor a number.
    """
    return SIZES.get(size.lower()) or int(size)


if __name__ == "__main__":
    main()
