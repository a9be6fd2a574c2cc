"""The compiled floor is the same floor: its digests, and every test of the plain one (docs/decisions/0017)."""

import os
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from tools import compiling

ROOT = Path(__file__).parents[2]
SAME_TESTS = ("tests/floor", "tests/ledger/test_old_journals.py", "tests/simulation/test_drive.py")
DAYS = """
import dryfly
from dryfly.floor import digest
from tests.days.generator import GeneratedDay
from tests.floor.floors import CheckedFloor
print(dryfly.FLOOR)
for seed in range(12):
    day = CheckedFloor()
    GeneratedDay(seed, day).run()
    print(seed, len(day.journal), digest(day.state), hash(repr(day.journal)))
"""

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not compiling.has_compiler(), reason="no C compiler"),
    pytest.mark.skipif(not (find_spec("mypyc") and find_spec("setuptools")), reason="no mypyc, or no setuptools"),
]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the compiled floor, installed nowhere."""
    folder = tmp_path_factory.mktemp("compiled")
    zipfile.ZipFile(compiling.build(sys.executable, folder)).extractall(folder)
    return folder


def run(*command: str, before: Path | None = None) -> str:
    """In a process of its own, with the compiled floor, or plain."""
    places = [*([str(before)] if before else []), str(ROOT / "src"), str(ROOT)]
    switch = {"DRYFLY_FLOOR": "auto" if before else "plain", "PYTHONHASHSEED": "0"}
    environment = os.environ | switch | {"PYTHONPATH": os.pathsep.join(places)}
    done = subprocess.run(
        [sys.executable, "-P", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


def test_generated_days_end_at_the_same_digest(compiled: Path) -> None:
    plain, fast = (run("-c", DAYS, before=folder).splitlines() for folder in (None, compiled))
    assert (plain[0], fast[0]) == ("plain", "compiled")
    assert plain[1:] == fast[1:]


def test_the_tests_of_the_plain_floor_pass(compiled: Path) -> None:
    run("-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m", "not long", *SAME_TESTS, before=compiled)
