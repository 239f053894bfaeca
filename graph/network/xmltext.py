"""Texts as XML can hold them."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f]")


def xml_text(text: str) -> str:
    """A text as XML can hold it: a control character becomes its picture (U+2400 to U+2421), never nothing.

    XML 1.0 (section 2.2) has no way to write most control characters, not even as a reference, and turns
    a carriage return into a line feed.
    """
    return _FORBIDDEN.sub(_picture, text)


def _picture(found: re.Match[str]) -> str:
    number = ord(found[0])
    if number < 0x20:
        return chr(0x2400 + number)
    return "\u2421" if number == 0x7F else "\ufffd"
