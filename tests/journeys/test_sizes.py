"""What a browser fetches before the first screen stands. Sizes, and no times: these are measured by `bench console`."""

import gzip
import re

from tests.journeys.looks import ROOT

DESK = ROOT / "web" / "console" / "dist"
FIRST_SCREEN_BYTES_MAX = 150_000  # gzip
REQUESTS_MAX = 6


def test_the_first_screen_of_the_console_is_small_and_comes_at_once() -> None:
    """All of it is named by the page itself, so that nothing waits for something else to be read first."""
    page = (DESK / "index.html").read_text(encoding="utf-8")
    named = re.findall(r'(?:src|href)="/desk/(assets/[^"]+)"', page)
    packed = sum(len(gzip.compress((DESK / name).read_bytes())) for name in named)
    assert 0 < len(named) <= REQUESTS_MAX
    assert packed <= FIRST_SCREEN_BYTES_MAX, packed
