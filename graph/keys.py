"""Keys: who may see what is restricted, and who may write.

A key is 256 random bits, shown once. Kept of it is a salted SHA-256: what is that random cannot be guessed,
so a slow hash would protect nothing, and would let strangers make the server work by sending wrong keys.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, field_serializer

from graph.errors import InputError, Issue, NotFound, StoreError
from graph.store.layout import sync_folder
from graph.store.locks import WriterLock

PREFIX = "verre"
WAIT = 10.0
"""Seconds to wait for another process that changes the keys."""
NOTE = 200
"""Most characters of a note."""


class Role(IntEnum):
    """What a key allows; each role allows all that those before it do."""

    ANONYMOUS = 0
    READER = 1
    ANALYST = 2
    STEWARD = 3
    ADMIN = 4

    @property
    def word(self) -> str:
        """The role as people write it."""
        return self.name.lower()


ROLES = tuple(role.word for role in Role if role is not Role.ANONYMOUS)
"""The roles that a key can have."""

Stamp = tuple[int, int, int] | None
"""What tells one state of the file from another; `None`: there is no file."""


class Key(BaseModel):
    """What is kept of a key.

    Attributes:
        id: names it in lists and in the audit log; no secret.
        role: what it allows.
        note: whom it was given to, or what for.
        salt: of the hash, hexadecimal.
        hash: SHA-256 of salt and secret, hexadecimal.
        created: when.
        expires: when it stops by itself.
        revoked: when it was taken back; it stays listed, so that the log can be understood.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[0-9a-f]{8}$")
    role: Role
    note: str = ""
    salt: str = Field(pattern=r"^[0-9a-f]{32}$")
    hash: str = Field(pattern=r"^[0-9a-f]{64}$")
    created: AwareDatetime
    expires: AwareDatetime | None = None
    revoked: AwareDatetime | None = None

    @field_serializer("role")
    def _role(self, role: Role) -> int:
        return int(role)

    def usable(self, at: datetime) -> bool:
        """Whether it opens anything at this moment."""
        return self.revoked is None and (self.expires is None or at < self.expires)

    def state(self, at: datetime) -> str:
        """`valid`, `expired` or `revoked`."""
        return "revoked" if self.revoked else "valid" if self.usable(at) else "expired"


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    keys: tuple[Key, ...] = ()


@dataclass(frozen=True)
class Ring:
    """The keys as they were at one moment.

    Attributes:
        stamp: of the file that they were read from.
        keys: by their ids.
    """

    stamp: Stamp = None
    keys: Mapping[str, Key] = field(default_factory=dict)

    def find(self, text: str, at: datetime | None = None) -> Key | None:
        """The key that a text is; `None` where it is none, or is no longer usable.

        Takes a few microseconds, and as long for a key that is not there as for one that is.
        """
        name, secret = split(text)
        known = self.keys.get(name, _NOBODY)
        fits = hmac.compare_digest(_hash(known.salt, secret), known.hash)
        usable = known.usable(at or datetime.now(UTC))
        return known if fits and usable and known is not _NOBODY else None

    def any_writer(self, at: datetime | None = None) -> bool:
        """Whether somebody holds a key that allows to write."""
        moment = at or datetime.now(UTC)
        return any(key.role >= Role.STEWARD and key.usable(moment) for key in self.keys.values())


_NOBODY = Key(
    id="0" * 8, role=Role.ANONYMOUS, salt="0" * 32, hash="0" * 64, created=datetime(2018, 2, 19, tzinfo=UTC)
)
"""Compared with where there is no such key, so that both cases take the same time."""


class Keys:
    """The keys of an installation: `keys.json` in `VERRE_HOME`, which only its owner may read.

    Any thread and any process may use it: the file is replaced by one rename, under a lock.

    Args:
        home: the folder (setting `VERRE_HOME`).
    """

    def __init__(self, home: Path) -> None:
        self.path = home / "keys.json"
        self._lock = home / "keys.lock"
        self._ring = Ring()

    def stamp(self) -> Stamp:
        """What tells the file as it is now from what it was before.

        Raises:
            StoreError: it cannot be looked at.
        """
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._damaged(str(error)) from error
        return (found.st_mtime_ns, found.st_ino, found.st_size)

    def ring(self) -> Ring:
        """The keys as they are now; the file is read only where it has changed.

        Raises:
            StoreError: the file is damaged. Nobody gets in by a key until it is mended.
        """
        stamp = self.stamp()
        if stamp != self._ring.stamp:
            self._ring = Ring(stamp, {key.id: key for key in self._read()})
        return self._ring

    def list(self) -> tuple[Key, ...]:
        """Every key that was ever made, oldest first, without its secret.

        Raises:
            StoreError: the file is damaged.
        """
        return tuple(self.ring().keys.values())

    def create(self, role: Role, note: str = "", expires: datetime | None = None) -> tuple[Key, str]:
        """Makes a key.

        Args:
            role: what it allows.
            note: whom it is for.
            expires: when it stops by itself, with its time zone.

        Returns:
            What is kept, and the key itself: the only time that anybody sees it.

        Raises:
            InputError: no role, a note that is no line of text, or an end that has passed.
            Locked: another process is changing the keys.
            StoreError: the file is damaged.
        """
        now = datetime.now(UTC)
        _check(role, note, expires, now)
        secret, salt = secrets.token_hex(32), secrets.token_hex(16)
        with self._changing() as held:
            name = secrets.token_hex(4)
            while name in held:
                name = secrets.token_hex(4)
            key = Key(
                id=name,
                role=role,
                note=note,
                salt=salt,
                hash=_hash(salt, secret),
                created=now.replace(microsecond=0),
                expires=expires,
            )
            self._write([*held.values(), key])
        return key, f"{PREFIX}_{key.id}_{secret}"

    def revoke(self, name: str) -> Key:
        """Takes a key back; servers refuse it within a second.

        Args:
            name: its id; the whole key does too.

        Raises:
            NotFound: there is no such key.
            Locked: another process is changing the keys.
            StoreError: the file is damaged.
        """
        wanted = split(name)[0] or name
        with self._changing() as held:
            if wanted not in held:
                raise NotFound(f"there is no key {wanted[:20]!r}: `verre keys list` shows them")
            if held[wanted].revoked is None:
                now = datetime.now(UTC).replace(microsecond=0)
                held[wanted] = held[wanted].model_copy(update={"revoked": now})
                self._write(held.values())
            return held[wanted]

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Key]]:
        """The keys of the file, by their ids, while nobody else may change them."""
        home = self.path.parent
        try:
            home.mkdir(parents=True, exist_ok=True)
            held = WriterLock(self._lock, WAIT)
        except OSError as error:
            raise StoreError(f"{home} cannot hold keys: {error}", setting="VERRE_HOME") from error
        with held:
            yield {key.id: key for key in self._read()}

    def _read(self) -> tuple[Key, ...]:
        try:
            return _File.model_validate_json(self.path.read_bytes()).keys
        except FileNotFoundError:
            return ()
        except ValidationError as error:
            raise self._damaged(f"{error.error_count()} faults") from error
        except OSError as error:
            raise self._damaged(str(error)) from error

    def _damaged(self, why: str) -> StoreError:
        return StoreError(f"{self.path} cannot be read, so no key opens anything: {why}")

    def _write(self, keys: Iterable[Key]) -> None:
        draft = self.path.with_name(f".keys-{secrets.token_hex(8)}")
        content = _File(keys=tuple(keys)).model_dump_json(indent=1, exclude_none=True).encode() + b"\n"
        try:
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(self.path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        sync_folder(self.path.parent)


def split(text: str) -> tuple[str, str]:
    """The id and the secret of a key; empty ones where the text is no key."""
    prefix, _, rest = text.partition("_")
    name, _, secret = rest.partition("_")
    return (name, secret) if prefix == PREFIX and secret else ("", "")


def _check(role: Role, note: str, expires: datetime | None, now: datetime) -> None:
    if role is Role.ANONYMOUS:
        raise InputError(f"a key has a role: {', '.join(ROLES)}", issues=(Issue("role", "choose one"),))
    if len(note) > NOTE or not note.isprintable():
        issue = Issue("note", f"one line of at most {NOTE} characters", note)
        raise InputError("the note cannot be kept", issues=(issue,))
    if expires is not None and expires <= now:
        issue = Issue("expires", "lies in the past", expires.isoformat())
        raise InputError("a key must have some time to live", issues=(issue,))


def _hash(salt: str, secret: str) -> str:
    return hashlib.sha256(bytes.fromhex(salt) + secret.encode(errors="replace")).hexdigest()
