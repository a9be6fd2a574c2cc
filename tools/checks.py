"""`./dryfly check`: style, types and layers, and that the console knows the types that Python has."""

import subprocess
from pathlib import Path

from tools import web
from tools.environment import ROOT, Environment, say


def main(_: list[str]) -> int:
    environment = Environment("run", "model", "test")
    environment.ensure()
    broken = [name for name, command in commands(environment).items() if not _passes(name, command, ROOT)]
    if web.is_here() and web.has_node() and not (web.install() and _passes("web", web.npm("run", "check"), web.WEB)):
        broken.append("web")
    say(f"broken: {', '.join(broken)}" if broken else "all well")
    return 1 if broken else 0


def commands(environment: Environment) -> dict[str, list[str | Path]]:
    return {
        "style": [environment.program("ruff"), "check", "-q"],
        "format": [environment.program("ruff"), "format", "-q", "--check"],
        "layers": [environment.program("lint-imports")],
        "types": [environment.program("mypy")],
    }


def _passes(name: str, command: list[str | Path], folder: Path) -> bool:
    say(name)
    return subprocess.run(command, cwd=folder, check=False).returncode == 0
