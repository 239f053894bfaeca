"""XML of strangers: streamed record by record, no document types, no entities, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from graph.screening.formats.source import Source


class _Counted:
    """A stream that says how much was read since a record ended."""

    def __init__(self, stream: BinaryIO, source: XmlSource) -> None:
        self._stream = stream
        self._source = source
        self.since = 0

    def read(self, size: int = 2**16, /) -> bytes:
        data = self._stream.read(size)
        self.since += len(data)
        if self.since > self._source.most + 2 * size:
            raise self._source.too_long(self._source.row)
        return data


class XmlSource(Source):
    """A list in XML, whose records are elements below its root.

    Attributes:
        row: records that were read so far; errors name it.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.row = 0

    def root(self, found: Element) -> None:
        """Told of the root, with its attributes and nothing in it, before any record."""

    def records(self, names: Collection[str]) -> Iterator[Element]:
        """The elements with one of these local names, each whole; those before are forgotten.

        Raises:
            SheetRefused: no well-formed XML, a document type, a record without end.
        """
        with self.path.open("rb") as stream:
            counted = _Counted(stream, self)
            try:
                open_elements: list[Element] = []
                for event, element in iterparse(counted, events=("start", "end"), forbid_dtd=True):
                    if event == "start":
                        if not open_elements:
                            self.root(element)
                        open_elements.append(element)
                        continue
                    open_elements.pop()
                    if local(element.tag) in names:
                        self.row += 1
                        yield element
                        counted.since = 0
                        element.clear()
                        if open_elements:
                            open_elements[-1].remove(element)
            except ParseError as error:
                line, column = error.position
                raise self.fault((line, column + 1), f"it is no well-formed XML ({error})") from None
            except DefusedXmlException:
                detail = "it declares a document type or entities, which no list needs"
                raise self.fault((1, None), detail) from None
            except (ValueError, LookupError) as error:
                raise self.fault((self.row + 1, None), f"it cannot be read ({error})") from None


def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def children(element: Element, *path: str) -> Iterator[Element]:
    """The elements at the end of a path of local names."""
    if not path:
        yield element
        return
    for child in element:
        if local(child.tag) == path[0]:
            yield from children(child, *path[1:])


def text(element: Element, *path: str) -> str:
    """The text of the first element at the end of a path; empty where there is none."""
    found = next(children(element, *path), None)
    return (found.text or "").strip() if found is not None else ""


def texts(element: Element, *path: str) -> list[str]:
    """The texts of all elements at the end of a path that have one."""
    return [told for found in children(element, *path) if (told := (found.text or "").strip())]
