"""OpenSanctions: entities of FollowTheMoney, one JSON object a line, and the table `targets.simple.csv`.

Their data are licensed CC BY-NC 4.0: to screen with, not to publish again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import orjson
from followthemoney import model

from graph.screening.formats.source import Source, entity, entry
from graph.screening.records import Entry

SIMPLE_COLUMNS = (
    "id",
    "schema",
    "name",
    "aliases",
    "birth_date",
    "countries",
    "identifiers",
    "sanctions",
    "last_change",
)
"""The columns of `targets.simple.csv` that are read; `program_ids` is newer and not needed."""
PAGE = "https://www.opensanctions.org/entities/{}/"
"""Where OpenSanctions shows an entity: the table gives its id and no address."""


def listed(schema: Any) -> bool:
    """Whether things of a schema are found on sanctions lists by their names."""
    return bool(schema.is_a("LegalEntity") or schema.name in ("Vessel", "Airplane"))


class Entities(Source):
    """`entities.ftm.json`.

    Of an entity that says `"target": false` nothing is taken: it is somebody's relative or address. A
    sanction may stand before or after the entity that it is about, so the file is read twice.
    """

    name = "ftm-json"

    def entries(self) -> Iterator[Entry]:
        """See `Source.entries`."""
        sanctions = self._sanctions()
        for row, told in self._objects():
            schema = model.get(told["schema"])
            if schema is None:
                raise self.fault((row, "schema"), "FollowTheMoney has no such schema", told["schema"])
            self.seen(told.get("last_change") or told.get("last_seen"))
            if told.get("target") is False or not listed(schema):
                continue
            proxy = entity(schema.name, told["id"])
            for name, values in told["properties"].items():
                if name in schema.properties:  # another version of the model may know more
                    proxy.add(name, [each for each in values if isinstance(each, str)], quiet=True)
            found = sanctions.get(told["id"], {})
            made = entry(
                proxy,
                programs=found.get("programs", ()),
                source=_first(proxy.get("sourceUrl", quiet=True)) or _first(found.get("sources", ())),
                since=min(found.get("since", ()), default=None),
                numbers=found.get("numbers", ()),
                caption=told["caption"] if isinstance(told.get("caption"), str) else None,
            )
            if made is not None:
                yield made

    def _sanctions(self) -> dict[str, dict[str, list[str]]]:
        """What stands apart from the entities: programmes, links and days of sanctions, numbers of papers."""
        found: defaultdict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for _, told in self._objects():
            values = told["properties"]
            if told["schema"] == "Sanction":
                for key in values.get("entity", ()):
                    about = found[key]
                    about["programs"] += [*values.get("program", ()), *values.get("authority", ())]
                    about["sources"] += values.get("sourceUrl", ())
                    about["since"] += [*values.get("listingDate", ()), *values.get("startDate", ())]
            elif told["schema"] in ("Identification", "Passport"):
                for key in values.get("holder", ()):
                    found[key]["numbers"] += values.get("number", ())
        return dict(found)

    def _objects(self) -> Iterator[tuple[int, dict[str, Any]]]:
        with self.path.open("rb") as stream:
            for row, line in enumerate(self.lines(stream), start=1):
                if line.strip():
                    yield row, self._object(row, line)

    def _object(self, row: int, line: str) -> dict[str, Any]:
        try:
            told = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise self.fault((row, error.colno), f"it is no JSON: {error.msg}") from None
        if not isinstance(told, dict):
            raise self.fault((row, None), "a line is one entity, as a JSON object")
        for name in ("id", "schema"):
            if not isinstance(told.get(name), str) or not told[name]:
                raise self.fault((row, name), "an entity has an id and a schema, both texts")
        values = told.get("properties")
        if not isinstance(values, dict) or not all(isinstance(each, list) for each in values.values()):
            raise self.fault((row, "properties"), "properties are lists of values by name")
        return told


def _first(values: Any) -> str | None:
    return next((str(each) for each in values if str(each).startswith(("http://", "https://"))), None)


class Simple(Source):
    """`targets.simple.csv`: one row a target, several values of a cell parted by semicolons."""

    name = "targets-simple-csv"

    def entries(self) -> Iterator[Entry]:
        """See `Source.entries`."""
        with self.path.open("rb") as stream:
            for number, row in self.table(stream, SIMPLE_COLUMNS):
                schema = model.get(row["schema"])
                if schema is None:
                    raise self.fault((number, "schema"), "FollowTheMoney has no such schema", row["schema"])
                if not row["id"]:
                    raise self.fault((number, "id"), "a target has an id")
                self.seen(row["last_change"])
                if listed(schema):
                    made = self._entry(schema, row)
                    if made is not None:
                        yield made

    def _entry(self, schema: Any, row: dict[str, str]) -> Entry | None:
        proxy = entity(schema.name, row["id"])
        date = "birthDate" if schema.name == "Person" else "incorporationDate"
        proxy.add("name", row["name"])
        proxy.add("alias", row["aliases"].split(";"))
        proxy.add("country", row["countries"].split(";"))
        if date in schema.properties:
            proxy.add(date, row["birth_date"].split(";"))
        return entry(
            proxy,
            programs=row["sanctions"].split(";"),
            source=PAGE.format(row["id"]),
            numbers=[each for each in row["identifiers"].split(";") if each],
        )
