"""Compiles `src/dryfly/floor` with mypyc into the package `dryfly_floor`, and notes of which sources it is made."""

import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent / "src"
FLOOR = SOURCE / "dryfly" / "floor"
PACKAGE = HERE / "dryfly_floor"

os.environ["MYPYPATH"] = str(SOURCE)  # by which mypy knows what a file is called
sys.path.insert(0, str(SOURCE))

# Only now: mypyc reads MYPYPATH as it is imported, and dryfly is found in the sources beside us.
from mypyc.build import mypycify  # noqa: E402
from setuptools import Extension, setup  # noqa: E402

from dryfly import __version__  # noqa: E402
from dryfly.platform.compiled import fingerprint  # noqa: E402

WORDS = ("facts", "terms", "commands", "events", "model")
"""Stay Python: the whole house reads their annotations, which a compiled class has not; `import *` finds nothing."""
PLAIN = ("__init__", *WORDS, "measures", "why", "invariants")  # the last three decide nothing


def main() -> None:
    (PACKAGE / "floor").mkdir(parents=True, exist_ok=True)
    (PACKAGE / "__init__.py").write_text(f'SOURCES = "{fingerprint(FLOOR)}"\n')
    for name in PLAIN:
        shutil.copy(FLOOR / f"{name}.py", PACKAGE / "floor")
    setup(version=__version__, packages=["dryfly_floor", "dryfly_floor.floor"], ext_modules=compiled())


def compiled() -> list[Extension]:
    files = [str(file) for file in sorted(FLOOR.glob("*.py")) if file.stem not in PLAIN]
    modules = mypycify(["--explicit-package-bases", *files], group_name="dryfly_floor", opt_level="2")
    for module in modules:  # they go by dryfly.floor, and lie in a package of their own
        module.name = module.name.replace("dryfly.floor.", "dryfly_floor.floor.")
    return modules


main()
