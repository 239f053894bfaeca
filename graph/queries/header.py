"""Reads a `.rq` file: the comment lines at its head, and the query below them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.errors import QuerySyntaxError
from graph.index.nodes import LANGUAGES
from graph.model.namespaces import PREFIXES
from graph.queries.kinds import KINDS

BLOCK = re.compile(r"VALUES \?(\w+) \{([^{}]*)\}")
"""A parameter's place in the text."""

_PREFIX = re.compile(r"PREFIX (\w*): <([^>]*)>")
_LINE = re.compile(r"# *(title|description)@(\w+): *(\S.*)|# *parameter: *(\S.*)")
_PARAMETER = re.compile(r"(\w+) +(\w+)((?: +(?:many|required))*)(?: +example +(\S.*))?")


@dataclass(frozen=True)
class Parameter:
    """What a question can be asked with.

    Attributes:
        name: also the variable of its VALUES block.
        kind: a key of `kinds.KINDS`.
        many: whether several terms may be given, which means "or".
        example: terms as SPARQL writes them, from the head or else from the VALUES block.
        required: whether the question means nothing without it.
    """

    name: str
    kind: str
    many: bool
    example: str
    required: bool


@dataclass(frozen=True)
class StoredText:
    """A parsed file."""

    title: Mapping[str, str]
    description: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    text: str


@dataclass
class _Head:
    texts: dict[str, dict[str, str]] = field(default_factory=lambda: {"title": {}, "description": {}})
    parameters: list[Parameter] = field(default_factory=list)


def parse(file: str, content: str) -> StoredText:
    """Reads the content of a file.

    Raises:
        QuerySyntaxError: names the file and the line, and says what would be right.
    """
    head = _Head()
    lines = content.splitlines()
    count = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    text = "\n".join(lines[count:]).strip() + "\n"
    examples = {name: example.strip() for name, example in reversed(BLOCK.findall(text))}
    for number, line in enumerate(lines[:count], 1):
        _read(f"{file}, line {number}", line, head, examples)
    for kind, found in head.texts.items():
        missing = [lang for lang in LANGUAGES if lang not in found]
        if missing:
            raise QuerySyntaxError(f"{file}: add a line '# {kind}@{missing[0]}: …'")
    for short, iri in _PREFIX.findall(text):
        if PREFIXES.get(short) != iri:
            raise QuerySyntaxError(f"{file}: PREFIX {short}: is not one of graph.model.namespaces.PREFIXES")
    return StoredText(head.texts["title"], head.texts["description"], tuple(head.parameters), text)


def _read(place: str, line: str, head: _Head, examples: dict[str, str]) -> None:
    match = _LINE.fullmatch(line.strip())
    if match is None:
        raise QuerySyntaxError(
            f"{place}: write '# title@nl: …', '# description@nl: …' or '# parameter: name kind'"
        )
    kind, lang, words, parameter = match.groups()
    if parameter is not None:
        head.parameters.append(_parameter(place, parameter, head, examples))
        return
    if lang not in LANGUAGES:
        raise QuerySyntaxError(f"{place}: {lang} is none of {', '.join(LANGUAGES)}")
    if lang in head.texts[kind]:
        raise QuerySyntaxError(f"{place}: {kind}@{lang} is there twice")
    head.texts[kind][lang] = words.strip()


def _parameter(place: str, text: str, head: _Head, examples: dict[str, str]) -> Parameter:
    match = _PARAMETER.fullmatch(text.strip())
    if match is None:
        raise QuerySyntaxError(
            f"{place}: write '# parameter: name kind', then 'many', 'required', 'example …'"
        )
    name, kind, words, example = match.groups()
    if kind not in KINDS:
        raise QuerySyntaxError(f"{place}: the kind {kind} is none of {', '.join(KINDS)}")
    if name not in examples:
        raise QuerySyntaxError(f"{place}: the query has no block 'VALUES ?{name} {{ … }}'")
    if any(known.name == name for known in head.parameters):
        raise QuerySyntaxError(f"{place}: the parameter {name} is there twice")
    shown = example or ("" if examples[name] == "UNDEF" else examples[name])
    if not shown:
        raise QuerySyntaxError(f"{place}: give an example, as the block of {name} has none")
    return Parameter(name, kind, "many" in words.split(), shown, "required" in words.split())
