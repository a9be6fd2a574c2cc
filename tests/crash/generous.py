"""`dryfly` as it ships, but for how much one visitor may write: a test that sends 100,000 messages is no customer."""

import sys

from dryfly.service import site
from dryfly.service.__main__ import main

if __name__ == "__main__":
    site.SAY_PER_S = site.SAY_BURST = 100_000
    sys.exit(main())
