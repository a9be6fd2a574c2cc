"""`./dryfly guide`: the guide as a site, from docs/ into site/. With `--pictures` the journeys take them anew first.

The site asks nothing of anybody else: the program that draws the diagrams is fetched once, pinned, and put beside it.
"""

import base64
import hashlib
import os
import subprocess
import tarfile
import tempfile
from pathlib import Path

from tools import web
from tools.environment import ROOT, Environment, SetUpError, say

SITE = ROOT / "site"
MERMAID = "mermaid@12.3.0"
MERMAID_SHA512 = "4113TdXeLAsMruJ79OpFL5O8+LTFXhQqZ260rF3tgUmiNAtRm4Uume04I+65PRN6yZ69J4f8rVYWW8zRk65UYw=="
IN_PACKAGE = "package/dist/mermaid.min.js"
IN_SITE = SITE / "javascripts" / "mermaid.min.js"


def main(arguments: list[str]) -> int:
    if "--pictures" in arguments and not _take_pictures():
        return 1
    status = build()
    if status == 0:
        _add_diagrams()
        say(f"The guide: {SITE / 'index.html'}")
    return status


def build() -> int:
    """Every link is followed; what leads nowhere fails."""
    environment = Environment("docs", folder=ROOT / ".venv" / "guide")
    environment.ensure()
    return subprocess.run(
        [environment.program("zensical"), "build", "--clean", "--strict"], cwd=ROOT, check=False
    ).returncode


def _take_pictures() -> bool:
    environment = Environment("run", "model", "test")
    environment.ensure()
    web.provide()
    marks = ["-m", "pytest", "-q", "-m", "pictured"]
    pictured = os.environ | {"DRYFLY_PICTURES": "update"}
    return subprocess.run([environment.python, *marks], cwd=ROOT, env=pictured, check=False).returncode == 0


def _add_diagrams() -> None:
    """Without the program a diagram is shown as its text, which can be read too."""
    kept = ROOT / ".venv" / "guide" / f"{MERMAID}.js"
    if not kept.exists():
        if not web.has_node():
            say(f"Diagrams stay text: {web.NODE_MISSING}.")
            return
        kept.write_bytes(_fetched())
    IN_SITE.parent.mkdir(exist_ok=True)
    IN_SITE.write_bytes(kept.read_bytes())


def _fetched() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        packing = ["npm", "pack", "--silent", "--pack-destination", folder, MERMAID]
        subprocess.run(packing, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        package = next(Path(folder).glob("*.tgz"))
        digest = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
        if digest != MERMAID_SHA512:
            raise SetUpError(f"{MERMAID} is not what it was: its digest is {digest}.")
        with tarfile.open(package) as packed:
            found = packed.extractfile(IN_PACKAGE)
            assert found is not None
            return found.read()
