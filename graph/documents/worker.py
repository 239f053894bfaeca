"""The process that sets one document: a job on standard input, what it made on standard output.

It is a process of its own so that it can be killed at its deadline and held to its memory, and so that a
fault of the typesetter costs one document. It opens no connection: its templates import no packages, and
all that they read comes with the job.
"""

from __future__ import annotations

import resource
import sys
from typing import Any, BinaryIO

import orjson

ACCESSIBLE = "ua-1"
PAGES = "verre: too many pages"
"""What `common.typ` says when a document has more pages than it may."""


def made(job: dict[str, Any], standards: tuple[str, ...]) -> list[bytes]:
    """The document: one PDF, or a PNG a page."""
    import typst

    letters = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[job["fonts"]])
    files = {name: text.encode("utf-8") for name, text in job["files"].items()}
    setter: Any = typst.compile  # its types know nothing of several files
    found = setter(
        files,
        font_paths=letters,
        ignore_system_fonts=True,
        format=job["format"],
        ppi=job["ppi"],
        timestamp=job["timestamp"],
        pdf_standards=list(standards),
    )
    return found if isinstance(found, list) else [bytes(found or b"")]


def tried(job: dict[str, Any]) -> list[bytes]:
    """As a PDF that programs can read aloud (PDF/UA-1); plainly where a name has letters that no font of ours has."""
    if job["format"] != "pdf":
        return made(job, ())
    try:
        return made(job, (ACCESSIBLE,))
    except RuntimeError as error:
        if "PDF/UA-1" not in str(error):
            raise
    return made(job, ())


def answer(job: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """What came of a job: the lengths of what was made, or why nothing was."""
    try:
        pages = tried(job)
    except ModuleNotFoundError as error:
        return {"error": "failed", "detail": str(error)}, []
    except (MemoryError, ImportError):  # within its limit not even the typesetter can be read
        return {"error": "memory"}, []
    except RuntimeError as error:  # typst.TypstError
        told = str(getattr(error, "message", error))
        return {"error": "pages" if PAGES in told else "failed", "detail": told[:2000]}, []
    return {"lengths": [len(page) for page in pages]}, pages


def main(given: BinaryIO, taken: BinaryIO) -> None:
    """One job, one answer: a line of JSON, then the bytes that it counts."""
    job = orjson.loads(given.read())
    resource.setrlimit(resource.RLIMIT_AS, (job["memory"], job["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    told, pages = answer(job)
    taken.write(orjson.dumps(told) + b"\n")
    taken.writelines(pages)
    taken.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
