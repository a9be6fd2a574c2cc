"""The console and the widget: their packages and their build, where Node.js is. Wheels carry them built."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.environment import ROOT, say

WEB = ROOT / "web"
PACKAGES = WEB / "node_modules"
BUILT = (WEB / "console" / "dist", WEB / "widget" / "dist")
NOT_SOURCES = {"node_modules", "dist", "test-results"}
NODE_MISSING = "no Node.js (20 or newer, with npm)"


def is_here() -> bool:
    return (WEB / "package-lock.json").exists()


def has_node() -> bool:
    return shutil.which("npm") is not None


def install() -> bool:
    """The locked packages, unless they are there already."""
    return _once(PACKAGES / ".dryfly-packages", _digest([WEB / "package-lock.json"]), "ci", "--no-audit", "--no-fund")


def build() -> bool:
    """Makes what the server hands out, unless nothing changed since."""
    if not all(folder.is_dir() for folder in BUILT):
        _stamp_of_build().unlink(missing_ok=True)
    return _once(_stamp_of_build(), _digest(_sources()), "run", "build")


def provide() -> None:
    """For `up`: the built pages, or why they are not there. The server serves without them."""
    if not is_here():
        return
    if not has_node():
        if not all(folder.is_dir() for folder in BUILT):
            say(f"The console and the widget are not built: {NODE_MISSING}. The API serves without them.")
    elif not (install() and build()):
        say("The console and the widget could not be built; see above. The API serves without them.")


def npm(*arguments: str) -> list[str | Path]:
    return ["npm", "--loglevel=error", *arguments]


def _once(stamp: Path, digest: str, *command: str) -> bool:
    if stamp.exists() and stamp.read_text() == digest:
        return True
    say(f"web: npm {' '.join(command[:2])}")
    if subprocess.run(npm(*command), cwd=WEB, check=False).returncode:
        return False
    stamp.write_text(digest)
    return True


def _stamp_of_build() -> Path:
    return PACKAGES / ".dryfly-build"


def _sources() -> Iterator[Path]:
    for folder, folders, files in os.walk(WEB):
        folders[:] = sorted(set(folders) - NOT_SOURCES)
        yield from (Path(folder, name) for name in sorted(files))


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
