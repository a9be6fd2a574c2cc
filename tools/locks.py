"""`./dryfly lock`: resolves requirements/*.lock anew, from the public index and an empty environment.

The run-time's requirements are those of pyproject.toml. The model's lock is kept by hand: another model is
another decision. This machine's own pip settings are left out, so that
the locks name no registry and hold the hashes that everybody gets.
"""

import os
import subprocess
from pathlib import Path

from tools.environment import REQUIREMENTS, ROOT, Environment, SetUpError, say

SETS = ("run", "simulation", "test", "bench", "build", "docs")  # in the order in which they constrain each other
OPTIONS = (
    "--quiet",
    "--upgrade",
    "--generate-hashes",
    "--allow-unsafe",
    "--strip-extras",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--no-emit-options",
)


def main(_: list[str]) -> int:
    environment = Environment("build", folder=ROOT / ".venv" / "lock")
    environment.ensure()
    for name in SETS:
        say(f"Resolving {name}")
        _resolve(environment, name)
    return 0


def _resolve(environment: Environment, name: str) -> None:
    source = ROOT / "pyproject.toml" if name == "run" else REQUIREMENTS / f"{name}.in"
    _call(environment.program("pip-compile"), *OPTIONS, "-o", REQUIREMENTS / f"{name}.lock", source)


def _call(*command: str | Path) -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PIP_") or name == "PIP_CERT"}
    if subprocess.run(command, cwd=REQUIREMENTS, env=plain | {"PIP_CONFIG_FILE": os.devnull}, check=False).returncode:
        raise SetUpError("the lock files could not be resolved; see above.")
