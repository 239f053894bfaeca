"""The one tree of errors that `graph` raises.

::

    VerreError
    ├── InputError            a user gave something that cannot be used
    │   ├── UnknownValue      a name or code that the graph does not know; carries suggestions
    │   ├── SheetRefused      a file that is not read at all (macros, no end of unpacking, …)
    │   └── ImportRefused     `--strict`: rows with faults, nothing was imported
    ├── NotFound              no such thing
    │   └── Gone              it was there and has been erased for good
    ├── QueryError
    │   ├── QuerySyntaxError  the engine cannot read the query
    │   ├── QueryRefused      it could be read, but it may not run here (SERVICE, LOAD, an update)
    │   ├── QueryTimeout      stopped at its deadline
    │   ├── QueryTooLarge     more bytes or memory than the setting allows
    │   └── QueryFailed       the engine failed
    ├── WriteRefused          a write that the shapes do not allow; its issues are the violations
    ├── WriteTimeout          a write stopped at its deadline; the graph is as it was
    ├── Unsupported           the store that answers here cannot do this; names the capability
    │   └── MissingExtra      what was asked needs packages that are not installed; names the extra
    ├── Unauthorized          no key, or one that is not known, where one is needed
    ├── Forbidden             the key is known, and its role is not enough
    ├── TooManyRequests       more requests in a minute than the setting allows
    ├── Busy                  every reader is taken and the queue is full
    └── StoreError            releases, locks, disks
        ├── Locked            another process is writing
        └── NoRoom            the disk is full, or does not take a write

HTTP status numbers are no concern of this module: `api.errors` has the table.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Issue:
    """One thing that is wrong with one input.

    Attributes:
        name: the parameter, or the place: file, sheet, row and column.
        detail: what is wrong and what would be right, in one sentence.
        value: the offending value as it was given, if there is one.
    """

    name: str
    detail: str
    value: str | None = None


class VerreError(Exception):
    """Anything that Verre itself finds wrong.

    Args:
        detail: one sentence for the person who asked.
        issues: the single inputs at fault, if they can be named.
        setting: the `VERRE_` setting whose limit was reached, if one was.
    """

    def __init__(self, detail: str, *, issues: tuple[Issue, ...] = (), setting: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.issues = issues
        self.setting = setting


class InputError(VerreError):
    """A user gave something that cannot be used."""


class UnknownValue(InputError):
    """A name or code that the graph does not know; its issues suggest the nearest."""


class SheetRefused(InputError):
    """A file that is not read at all."""


class ImportRefused(InputError):
    """Rows with faults under `--strict`: nothing was imported."""


class NotFound(VerreError):
    """No such thing."""


class Gone(NotFound):
    """It was there and has been erased for good."""


class QueryError(VerreError):
    """A SPARQL query that gave no answer."""


class QuerySyntaxError(QueryError):
    """The engine cannot read the query."""


class QueryRefused(QueryError):
    """The query may not run here: SERVICE, LOAD, an update."""


class QueryTimeout(QueryError):
    """Stopped at its deadline."""


class QueryTooLarge(QueryError):
    """The answer needs more bytes or memory than the setting allows."""


class QueryFailed(QueryError):
    """The engine failed while it answered."""


class WriteRefused(VerreError):
    """A write that the shapes do not allow."""


class WriteTimeout(VerreError):
    """A write stopped at its deadline; the graph is as it was."""


class Unsupported(VerreError):
    """The store that answers here cannot do this."""


class MissingExtra(Unsupported):
    """What was asked needs packages that are not installed; the error names the extra that brings them."""


class Unauthorized(VerreError):
    """No key, or one that is not known, where one is needed."""


class Forbidden(VerreError):
    """The key is known, and its role is not enough."""


class TooManyRequests(VerreError):
    """More requests in a minute than the setting allows."""


class Busy(VerreError):
    """Every reader is taken and the queue is full."""


class StoreError(VerreError):
    """Releases, locks, disks."""


class Locked(StoreError):
    """Another process is writing."""


class NoRoom(StoreError):
    """The disk is full, or does not take a write."""
