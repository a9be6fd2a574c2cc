"""`./dryfly test [--long]`: everything that proves Dryfly, and what could not be proved here.

It installs what it may (packages from the lock files; Chromium on Debian as root), goes on after a failure,
and ends with what was left out and why, and one line: `N passed, N failed, N skipped`.
"""

import os
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

from tools import web
from tools.checks import commands as check_commands
from tools.environment import ROOT, Environment, apt_install, is_debian_root, say

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
RESULTS = ROOT / "test-results"
PYTEST_FOUND_NOTHING = 5


@dataclass
class Tally:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    left_out: list[str] = field(default_factory=list)

    def step(self, name: str, command: list[str | Path], cwd: Path = ROOT) -> bool:
        """A step that passes or fails as a whole."""
        say(name)
        return self.note(name, subprocess.run(command, cwd=cwd, check=False).returncode == 0)

    def note(self, name: str, passed: bool) -> bool:
        self.passed += passed
        self.failed += not passed
        if not passed:
            say(f"FAILED: {name}")
        return passed

    def suite(self, name: str, command: list[str | Path]) -> None:
        """A pytest run, counted test by test from the report that it writes."""
        say(name)
        report = RESULTS / f"{name}.xml"
        report.unlink(missing_ok=True)
        status = subprocess.run([*command, f"--junitxml={report}"], cwd=ROOT, check=False).returncode
        failed_before = self.failed
        if report.exists():
            self._count(report)
        if status not in (0, PYTEST_FOUND_NOTHING) and self.failed == failed_before:
            self.failed += 1  # it broke before or after its tests

    def _count(self, report: Path) -> None:
        for suite in ElementTree.parse(report).iter("testsuite"):
            total, failures, errors, skipped = (
                int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")
            )
            self.failed += failures + errors
            self.skipped += skipped
            self.passed += total - failures - errors - skipped


def main(arguments: list[str]) -> int:
    long = "--long" in arguments
    chosen = [argument for argument in arguments if argument != "--long"]
    environment = Environment("run", "model", "test")
    environment.ensure(may_install_venv=True)
    RESULTS.mkdir(exist_ok=True)
    tally = Tally()
    if not long:
        tally.left_out.append("the long tier: `./dryfly test --long` runs it")
    _note_missing_data(tally)
    for name, command in check_commands(environment).items():
        tally.step(name, command)
    web_built = _test_web(tally)
    _test_python(tally, environment, chosen, long=long)
    _test_journeys(tally, environment, chosen, web_built=web_built, long=long)
    return _report(tally)


def _test_python(tally: Tally, environment: Environment, chosen: list[str], *, long: bool) -> None:
    marks = "not journey" if long else "not journey and not long"
    workers = str(min(os.cpu_count() or 1, 4))
    tally.suite("python", [environment.python, "-m", "pytest", "-q", "-n", workers, "-m", marks, *chosen])


def _test_journeys(tally: Tally, environment: Environment, chosen: list[str], *, web_built: bool, long: bool) -> None:
    if not web_built:
        tally.left_out.append("the browser journeys: the web parts are not built")
    elif not _has_browser():
        tally.left_out.append("the browser journeys: no Chromium (Debian: apt-get install chromium)")
    else:
        marks = "journey" if long else "journey and not long"
        tally.suite("journeys", [environment.python, "-m", "pytest", "-q", "-m", marks, *chosen])


def _test_web(tally: Tally) -> bool:
    """Checks, tests and builds the console and the widget. Whether they are there to be looked at."""
    if not web.is_here():
        return False
    if not web.has_node():
        tally.left_out.append(f"the console's and the widget's own tests: {web.NODE_MISSING}")
        return False
    if not tally.note("web packages", web.install()):
        return False
    tally.step("web check", web.npm("run", "check"), web.WEB)
    tally.step("web tests", web.npm("test"), web.WEB)
    return tally.note("web build", web.build())


def _has_browser() -> bool:
    found = any(shutil.which(name) for name in BROWSERS)
    return found or (is_debian_root() and apt_install("chromium"))


def _note_missing_data(tally: Tally) -> None:
    folder = Path(os.environ.get("DRYFLY_DATASETS", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        tally.left_out.append(f"tests on real data: no folder {folder} (set DRYFLY_DATASETS)")


def _report(tally: Tally) -> int:
    for reason in tally.left_out:
        say(f"left out: {reason}")
    print(f"{tally.passed} passed, {tally.failed} failed, {tally.skipped} skipped", flush=True)
    return 1 if tally.failed else 0
