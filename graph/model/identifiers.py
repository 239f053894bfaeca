"""Numbers that registers give to companies."""

from __future__ import annotations

import re

from stdnum import lei as _lei
from stdnum.be import vat as _kbo
from stdnum.exceptions import ValidationError

_SPELLINGS = re.compile(r"(?:BE)?[\s.]*([01]?\d{3})[\s.]*(\d{3})[\s.]*(\d{3})", re.IGNORECASE)

_LEI_LENGTH = 20


def enterprise_number(text: str) -> str:
    """A Belgian enterprise number as ten digits.

    All four spellings are read: `0403.170.701`, `0403170701`, `BE 0403.170.701`, `BE0403170701`;
    and the nine digits of old papers. The last two digits are 97 minus the first eight modulo 97.

    Raises:
        ValueError: it is none, or its check digits do not fit; the text says which.
    """
    match = _SPELLINGS.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not an enterprise number: write 0403.170.701")
    number = "".join(match.groups()).zfill(10)
    try:
        valid: str = _kbo.validate(number)
    except ValidationError:
        right = 97 - int(number[:8]) % 97
        raise ValueError(
            f"the check digits of {text!r} do not fit: after {number[:8]} they would be {right:02d}"
        ) from None
    return valid


def dotted(number: str) -> str:
    """Ten digits as the register writes them: `0403.170.701`."""
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"


def lei(text: str) -> str:
    """A Legal Entity Identifier (ISO 17442): 20 letters and digits, modulo 97 is 1.

    Raises:
        ValueError: it is none, or its check digits do not fit.
    """
    try:
        valid: str = _lei.validate(text)
    except ValidationError:
        valid = ""
    if len(valid) != _LEI_LENGTH:  # the check digits of `1` fit as well
        raise ValueError(f"{text!r} is not a valid LEI: 20 letters and digits (ISO 17442)")
    return valid
