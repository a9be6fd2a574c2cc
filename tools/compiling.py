"""`./dryfly compile [--remove]`: the floor as machine code, installed beside the plain one, which stays as it is.

It needs a C compiler and a minute. What is compiled and when it runs: docs/decisions/0017-compiled-floor.md. The wheel
stays in `dist/`, for other machines of the same kind with the same sources.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from tools.environment import ROOT, Environment, SetUpError, run, say

NAME = "dryfly-floor"
PIP = ("-m", "pip", "--disable-pip-version-check", "-q")
COMPILERS = ("cc", "gcc", "clang")


def main(arguments: list[str]) -> int:
    environment = Environment("run", "test", "build")
    environment.ensure()
    if "--remove" in arguments:
        run(environment.python, *PIP, "uninstall", "-y", NAME)
        return 0
    say("Compiling the floor")
    wheel = build(environment.python, ROOT / "dist")
    run(environment.python, *PIP, "install", "--no-deps", "--no-index", "--force-reinstall", wheel)
    say("Done: `./dryfly up` says `floor build=compiled`. Compile again after a change of src/dryfly/floor")
    return 0


def build(python: str | Path, folder: Path) -> Path:
    """The wheel, in `folder`. The checkout is left as it is."""
    if not has_compiler():
        raise SetUpError("there is no C compiler. On Debian: apt-get install gcc python3-dev")
    with tempfile.TemporaryDirectory() as place:
        stage = Path(place)
        for part in ("native", "src/dryfly/floor", "src/dryfly/platform"):
            shutil.copytree(ROOT / part, stage / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "src/dryfly/__init__.py", stage / "src/dryfly")
        run(python, *PIP, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", folder, stage / "native")
    return max(folder.glob("dryfly_floor-*.whl"), key=lambda wheel: wheel.stat().st_mtime)


def has_compiler() -> bool:
    return sys.platform != "win32" and any(map(shutil.which, COMPILERS))
