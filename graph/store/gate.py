"""What may not run: SERVICE and LOAD anywhere, every other update where only a query is asked for.

The engine has no switch for them. This is a tokenizer, not a parser: it knows strings, IRIs,
comments, prefixed names and variables, and looks for the word where it would be a keyword. The
engine's own parser is looser than the grammar in two ways, and each would be a way past:

* it needs no space after a keyword: `SERVICEex:here {…}` and `trueSERVICE<…>` are calls;
* `<` may be "less than": in `FILTER(?a<?b)SERVICE$s#>` an IRI seems to hide the keyword. So where a
  `<…>` could be either, both readings are followed, and either may refuse.

Works in linear time on what people write. When in doubt it refuses; what it lets through by mistake
meets the second barrier, `graph.store.confine`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from graph.errors import QueryRefused, QuerySyntaxError

UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
PROLOGUE = frozenset({"BASE", "PREFIX", "VERSION"})

_ESCAPE = r"(?:\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})"
_LOCAL_ESCAPE = r"(?:%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"
_LOCAL = rf"(?:[\w:]|{_LOCAL_ESCAPE})[\w:\-]*(?:(?:{_LOCAL_ESCAPE}|\.+(?=[\w:\-%\\]))[\w:\-]*)*"
_IRI_CHARACTERS = r"[^<>\x22{}|^`\\\x00-\x20]*"

# Loops are written out (`a* (?: b a* )*`) so that nothing can be matched in two ways: a failure then costs
# one pass. Possessive quantifiers would say it shorter, but Python 3.11.2 matches them wrongly.
_TOKEN = re.compile(
    rf"""
      (?P<space>   \s+ | \#[^\n\r]* )
    | (?P<iri>     <{_IRI_CHARACTERS}(?:{_ESCAPE}{_IRI_CHARACTERS})*> )
    | (?P<string>  "{{3}}[^"\\]*(?:(?:\\.|"{{1,2}}(?!"))[^"\\]*)*"{{3}}
                 | '{{3}}[^'\\]*(?:(?:\\.|'{{1,2}}(?!'))[^'\\]*)*'{{3}}
                 | "(?!"")[^"\\\n\r]*(?:\\.[^"\\\n\r]*)*" | '(?!'')[^'\\\n\r]*(?:\\.[^'\\\n\r]*)*' )
    | (?P<variable> [?$]\w+ )
    | (?P<tag>     @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<word>    (?:[^\W\d]|{_ESCAPE})\w*(?:{_ESCAPE}\w*)* )(?P<local> :(?:{_LOCAL})? )?
    | (?P<name>    :(?:{_LOCAL})? )
    | (?P<quote>   ["'] )
    | (?P<other>   . )
    """,
    re.VERBOSE | re.DOTALL,
)
_PLAIN_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
"""No expression begins like this, so it is an IRI in any reading."""
_OPENS_GROUP = re.compile(r"\s*(?:#[^\n\r]*[\n\r]\s*)*\{")
_ESCAPES = re.compile(_ESCAPE)


class Token(NamedTuple):
    """A piece of a query or update.

    Attributes:
        kind: `iri`, `string`, `variable`, `tag`, `word` (a keyword, or none), `name` (with a colon),
            or `other`, one character.
        text: as it stands there.
        start: where it begins, from 0.
        end: where the next may begin.
    """

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text, each as long as it can be; no space, no comments.

    Raises:
        QuerySyntaxError: a string is not closed.
    """
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup or ""
        if kind == "quote":
            raise _unclosed(token.start() + 1)
        if kind != "space":
            yield Token("name" if kind == "local" else kind, token[0], token.start(), token.end())


def check_update(text: str) -> None:
    """Refuses an update that would reach out: LOAD and SERVICE, wherever they hide.

    Raises:
        QueryRefused: it holds one of them.
        QuerySyntaxError: a string is not closed.
    """
    folded = text.casefold()
    if "service" in folded or "load" in folded or "\\" in text:
        _scan(text, load=True)


def check(text: str) -> None:
    """Refuses a query that would reach out or write.

    Raises:
        QueryRefused: it holds SERVICE, or it is an update; the message says which.
        QuerySyntaxError: a string is not closed.
    """
    _refuse_update(text)
    if "service" in text.casefold() or "\\" in text:
        _scan(text, load=False)


def _scan(text: str, *, load: bool) -> None:
    scan = _Scan(text, load)
    if not scan.ends:
        raise _unclosed(scan.unclosed)
    plain = _unescape(text)
    if plain != text:  # how an engine reads that unescapes before it parses, as the standard says
        _Scan(plain, load)


def _unclosed(position: int) -> QuerySyntaxError:
    return QuerySyntaxError(f"the string that begins at character {position} is not closed")


def _refuse_update(text: str) -> None:
    for token in _TOKEN.finditer(text):
        word = token["word"]
        if word and not token["local"]:
            form = _unescape(word).upper()
            if form in UPDATES:
                raise QueryRefused(f"{form} is an update; only queries are answered here")
            if form not in PROLOGUE:
                return


class _Scan:
    """All readings of a query, each token looked at once.

    Args:
        text: of the query or update.
        load: whether LOAD is looked for too.

    Attributes:
        ends: whether some reading gets to the end; otherwise every one stops in an open string.
        unclosed: where such a string begins, counted from 1.
    """

    def __init__(self, text: str, load: bool) -> None:
        self.text = text
        self.load = load
        self.ends = not text
        self.unclosed = 0
        self._starts = [0]
        self._seen: set[int] = set()
        while self._starts:
            self._read(self._starts.pop())

    def _read(self, position: int) -> None:
        before = ""
        while position not in self._seen and (token := _TOKEN.match(self.text, position)):
            self._seen.add(position)
            if token["quote"]:
                self.unclosed = position + 1
                return
            self._look(token, before)
            if not token["space"]:
                before = token[0].upper()
            position = token.end()
        self.ends |= position == len(self.text)

    def _look(self, token: re.Match[str], before: str) -> None:
        if token["iri"] and not _PLAIN_IRI.match(token["iri"]):
            self._starts.append(token.start() + 1)
        elif token["word"]:
            self._look_at_word(token, before)

    def _look_at_word(self, token: re.Match[str], before: str) -> None:
        word = _unescape(token["word"]).casefold()
        glued = token["local"] is not None
        if "service" in word and (
            not glued or (before != "GRAPH" and _OPENS_GROUP.match(self.text, token.end()))
        ):
            raise QueryRefused("SERVICE is not allowed: this endpoint asks no other server")
        if self.load and "load" in word and (not glued or not before):
            raise QueryRefused("LOAD is not allowed: this endpoint fetches nothing; send the data itself")


def _unescape(text: str) -> str:
    return _ESCAPES.sub(lambda found: _character(found[0]), text) if "\\" in text else text


def _character(escape: str) -> str:
    point = int.from_bytes(bytes.fromhex(escape[2:]))
    return chr(point) if point <= 0x10FFFF else escape
