"""`./dryfly bench [name] [--json]`: one measure, or all that are here, one after the other.

A benchmark never fails a run: each figure says whether it reached its goal (`ok`).
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def names() -> list[str]:
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def main(arguments: list[str]) -> int:
    chosen = [argument for argument in arguments if not argument.startswith("-")]
    flags = [argument for argument in arguments if argument.startswith("-")]
    unknown = sorted(set(chosen) - set(names()))
    if unknown:
        print(f"bench: there is no {unknown[0]}; there are {', '.join(names())}.", file=sys.stderr)
        return 2
    for name in chosen or names():
        if "--json" not in flags:
            print(f"\n{name}", flush=True)
        subprocess.run([sys.executable, "-m", f"bench.{name}", *flags], cwd=HERE.parent, check=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
