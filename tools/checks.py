"""`./dryfly check`: style, types and layers."""

import subprocess
from pathlib import Path

from tools.environment import ROOT, Environment, say


def main(_: list[str]) -> int:
    environment = Environment("run", "model", "test")
    environment.ensure()
    broken = [name for name, command in commands(environment).items() if not _passes(name, command)]
    say(f"broken: {', '.join(broken)}" if broken else "all well")
    return 1 if broken else 0


def commands(environment: Environment) -> dict[str, list[str | Path]]:
    found: dict[str, list[str | Path]] = {
        "style": [environment.program("ruff"), "check", "-q"],
        "format": [environment.program("ruff"), "format", "-q", "--check"],
        "layers": [environment.program("lint-imports")],
        "types": [environment.program("mypy")],
    }
    if (ROOT / "tools" / "words.py").exists():
        found["the console's types"] = [environment.python, "tools/words.py", "--check"]
    return found


def _passes(name: str, command: list[str | Path]) -> bool:
    say(name)
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0
