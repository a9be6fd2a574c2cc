"""The virtual environment in `.venv`, filled from the hashed lock files. Standard library only.

A stamp beside each set remembers the lock that was installed, so that a later start costs two small reads.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
PIP_INSTALL = ("-m", "pip", "install", "-q", "--disable-pip-version-check")


class SetUpError(Exception):
    """Something is missing; the text says what to do."""


class Environment:
    """`.venv` with the named sets of packages: run, model, simulation, test, bench, build."""

    def __init__(self, *sets: str, folder: Path = ROOT / ".venv") -> None:
        self.folder = folder
        self.python = folder / "bin" / "python"
        self._locks = [REQUIREMENTS / f"{name}.lock" for name in sets]

    def ensure(self, *, may_install_venv: bool = False) -> None:
        """`may_install_venv`: on Debian as root, install the system's package for it if it is missing."""
        if not self.python.exists():
            _require_venv(may_install_venv)
            say("Making the environment in .venv")
            run(sys.executable, "-m", "venv", "--clear", self.folder)
        if changed := [lock for lock in self._locks if self._stamp(lock) != _digest(lock)]:
            self._install(changed)

    def program(self, name: str) -> Path:
        return self.folder / "bin" / name

    def _install(self, locks: list[Path]) -> None:
        say("Installing what Dryfly needs (" + ", ".join(lock.stem for lock in locks) + "); this happens once")
        began = time.monotonic()
        files = [part for lock in locks for part in ("-r", str(lock))]
        # The locks are whole: nothing has to be resolved, and nothing unlisted comes along.
        run(self.python, *PIP_INSTALL, "--no-deps", "--require-hashes", *files)
        for lock in locks:
            self._stamp_file(lock).write_text(_digest(lock))
        say(f"Installed in {time.monotonic() - began:.0f} s")

    def _stamp_file(self, lock: Path) -> Path:
        return self.folder / f".dryfly-{lock.stem}"

    def _stamp(self, lock: Path) -> str:
        file = self._stamp_file(lock)
        return file.read_text() if file.exists() else ""


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Raises SetUpError if the command fails; its own words were seen already."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, check=False)
    if done.returncode:
        raise SetUpError(f"`{' '.join(map(str, command[:4]))} …` failed (exit {done.returncode}); see above.")


def say(text: str) -> None:
    print(f"· {text}", file=sys.stderr, flush=True)


def is_debian_root() -> bool:
    return os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def apt_install(*packages: str) -> bool:
    """Debian's packages, without a question. Whether it worked."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    say(f"Installing Debian's {', '.join(packages)}")
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        if subprocess.run(["apt-get", "-qq", *command], env=quiet, stdout=subprocess.DEVNULL, check=False).returncode:
            return False
    return True


def _require_venv(may_install: bool) -> None:
    if importlib.util.find_spec("ensurepip"):
        return
    if may_install and is_debian_root() and apt_install("python3-venv"):
        return
    raise SetUpError(
        f"this Python ({sys.executable}) cannot make virtual environments. "
        "On Debian: apt-get install python3-venv. Then run the same command again."
    )


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()
