"""What an operation does here is what the engine does with it: on random data and random updates.

The store has named graphs and a default graph that only patterns read, so that both may differ in
nothing. Blank nodes and writes to the default graph, which are refused here, are never made.
"""

from __future__ import annotations

import random

import pytest
from pyoxigraph import Store

from graph.errors import InputError
from graph.store.update import Using, delta, read

GRAPHS = ("urn:g0", "urn:g1", "urn:g2")
SUBJECTS = ("<urn:a>", "<urn:b>", "e:c")
PREDICATES = ("<urn:p>", "e:q", "a")
VALUES = (
    "1",
    "'x'",
    '"""} ; { # \\" GRAPH"""@en',
    "<urn:a>",
    "e:c",
    "'\\u007B'",
    "2.50",
    "true",
    "<<( <urn:a> e:q 1 )>>",
)
VARIABLES = ("?s", "?p", "?v", "$w", "?g", "?free")
FURTHER = (
    "FILTER(?v = 1 || ?v='x')",
    "OPTIONAL { ?s e:q ?w }",
    "{ SELECT (COUNT(*) AS ?w) { GRAPH ?any { ?x ?y ?z } } }",
    "BIND(CONCAT('}', STR(?v)) AS ?free)",
    "MINUS { GRAPH <urn:g0> { ?s e:q ?v } }",
    "{ ?s e:q ?w } UNION { GRAPH ?g { ?s <urn:p> ?w } }",
    "VALUES ?w { 1 'x' UNDEF <urn:a> }",
    "FILTER NOT EXISTS { ?s <urn:p> 'x' }",
    "?s (<urn:p>|e:q)* ?w .",
)
SPACES = (" ", "\n", " # } ; { ' LIMIT\n", "\t")


class Maker:
    """Makes updates out of chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def one(self, *choices: str) -> str:
        return self.chance.choice(choices)

    def graph(self) -> str:
        return self.one("<urn:g0>", "e:g1", "<urn:g2>", r"<urn:g\u0030>")

    def triple(self, variables: bool) -> str:
        def place(constants: tuple[str, ...]) -> str:
            return self.one(*VARIABLES) if variables and self.chance.random() < 0.6 else self.one(*constants)

        more = f" , {place(VALUES)}" if self.chance.random() < 0.2 else ""
        more += f" ; {place(PREDICATES)} {place(VALUES)}" if self.chance.random() < 0.2 else ""
        return f"{place(SUBJECTS)} {place(PREDICATES)} {place(VALUES)}{more}"

    def triples(self, variables: bool) -> str:
        made = " . ".join(self.triple(variables) for _ in range(self.chance.randint(1, 2)))
        return made + self.one("", " .")

    def quads(self, variables: bool, home: bool = False) -> str:
        blocks = []
        for _ in range(self.chance.randint(1, 2)):
            if home and self.chance.random() < 0.5:
                blocks.append(self.triples(variables).removesuffix(" .") + " .")
            name = "?g" if variables and self.chance.random() < 0.4 else self.graph()
            blocks.append(
                f"{self.one('GRAPH', 'graph')} {name} {{ {self.triples(variables)} }}{self.one('', ' .')}"
            )
        return "{ " + " ".join(blocks) + " }"

    def pattern(self) -> str:
        parts = [self.one("GRAPH ?g { ?s ?p ?v }", "?s ?p ?v .", f"GRAPH {self.graph()} {{ ?s ?p ?v }}")]
        parts += self.chance.sample(FURTHER, self.chance.randint(0, 2))
        return "{ " + " ".join(parts) + " }"

    def operation(self) -> str:
        kind = self.one("insert data", "delete data", "delete where", "modify", "modify", "modify", "manage")
        if kind.endswith("data"):
            return f"{kind.upper()} {self.quads(variables=False)}"
        if kind == "delete where":
            return f"DELETE WHERE {self.quads(variables=True)}"
        if kind == "manage":
            return self.one(
                f"CLEAR SILENT GRAPH {self.graph()}",
                f"DROP SILENT GRAPH {self.graph()}",
                f"COPY SILENT {self.graph()} TO GRAPH {self.graph()}",
                f"MOVE SILENT {self.graph()} TO {self.graph()}",
                f"ADD DEFAULT TO {self.graph()}",
                f"CREATE SILENT GRAPH {self.graph()}",
            )
        home = self.chance.random() < 0.5
        clauses = [f"WITH {self.graph()}"] if home else []
        what = self.one("DELETE", "INSERT", "both")
        clauses += [
            f"{verb} {self.quads(True, home)}" for verb in ("DELETE", "INSERT") if what in {verb, "both"}
        ]
        for _ in range(self.chance.choice((0, 0, 1, 2))):
            clauses.append(f"USING {self.one('', 'NAMED ')}{self.graph()}")
        return " ".join((*clauses, "WHERE", self.pattern()))

    def text(self) -> str:
        """One operation with its prologue, spaced at random."""
        words = ("PREFIX e: <urn:> " + self.operation()).split(" ")
        return "".join(word + (self.one(*SPACES) if word else "") for word in words)

    def data(self) -> Store:
        """A store with some triples."""
        made = Store()
        for _ in range(6):
            triples = self.triples(variables=False)
            made.update(f"PREFIX e: <urn:> INSERT DATA {{ GRAPH {self.graph()} {{ {triples} }} }}")
            made.update(f"PREFIX e: <urn:> INSERT DATA {{ {triples} }}")
        return made


@pytest.mark.parametrize("seed", range(40))
def test_the_change_is_what_the_engine_does(seed: int) -> None:
    maker = Maker(seed)
    changed = 0
    for _ in range(20):
        theirs = maker.data()
        ours = Store()
        ours.extend(theirs)
        text = maker.text()
        (operation,) = read(text).operations
        change = delta(operation, ours, None, lambda _: None)
        before = set(ours)
        for quad in change.removed:
            ours.remove(quad)
        ours.extend(change.added)
        theirs.update(text)
        assert set(ours) == set(theirs), text
        changed += set(ours) != before
    assert changed > 3  # these updates do something


def test_several_operations_are_what_the_engine_does_one_after_the_other() -> None:
    maker = Maker(4711)
    for _ in range(100):
        theirs = maker.data()
        ours = Store()
        ours.extend(theirs)
        texts = [maker.text() for _ in range(3)]
        request = read(" ; ".join(texts))
        assert len(request.operations) == 3
        for operation in request.operations:
            change = delta(operation, ours, None, lambda _: None)
            for quad in change.removed:
                ours.remove(quad)
            ours.extend(change.added)
        for text in texts:
            theirs.update(text)
        assert set(ours) == set(theirs), texts


@pytest.mark.parametrize("named", [False, True])
def test_the_protocols_dataset_is_the_same_as_clauses_for_the_engine(named: bool) -> None:
    maker = Maker(815 + named)
    compared = 0
    for _ in range(150):
        theirs = maker.data()
        ours = Store()
        ours.extend(theirs)
        text = maker.text()
        try:
            request = read(text).over([Using("<urn:g1>", named)])
        except InputError:  # it has USING or WITH itself
            continue
        change = delta(request.operations[0], ours, None, lambda _: None)
        for quad in change.removed:
            ours.remove(quad)
        ours.extend(change.added)
        for one in request.texts():
            theirs.update(one)
        assert set(ours) == set(theirs), text
        compared += 1
    assert compared > 50
