"""Two people change one thing: whoever has not seen the other's change is refused, so that none is lost.

A tag stands for an entry as somebody saw it. They send it back with their change (`If-Match` over HTTP, RFC 9110
section 13.1.1); where the entry has another tag by then, nothing is changed.
"""

import hashlib
from collections.abc import Mapping

import msgspec

from dryfly.platform.errors import CallerError
from dryfly.setup.model import Catalogue, Entry, Kind, Site, shown

SITE = "site"
NOTHING = ""  # the tag of what is not there

Expected = Mapping[str, str]  # "queues/returns" or "site" -> its tag
_TAG_CHARACTERS = 20


def tag_of(entry: Entry | Site | None) -> str:
    """Of a site it is taken without its secrets: nobody outside has seen them."""
    if entry is None:
        return NOTHING
    seen = shown(entry) if isinstance(entry, Site) else entry
    return hashlib.sha256(msgspec.json.encode(seen, order="sorted")).hexdigest()[:_TAG_CHARACTERS]


def find(catalogue: Catalogue, where: str) -> Entry | Site | None:
    """What stands at "queues/returns" or at "site". Raises CallerError `place_unknown`."""
    if where == SITE:
        return catalogue.site
    kind, id = parted(where)
    return catalogue.entries(kind).get(id)


def parted(where: str) -> tuple[Kind, str]:
    kind, _, id = where.partition("/")
    if kind not in set(Kind) or not id:
        text = f"{where!r} is no place of the set-up: write site, or a kind and an id such as queues/returns."
        raise CallerError("place_unknown", text, where=where)
    return Kind(kind), id


def check_fresh(catalogue: Catalogue, expected: Expected) -> None:
    """Raises CallerError `entry_moved` for the first entry that is not as it was seen."""
    for where, tag in expected.items():
        if tag_of(find(catalogue, where)) != tag:
            text = f"{where} was changed by somebody else meanwhile: look at it again."
            raise CallerError("entry_moved", text, status=409, where=where, version=catalogue.version)
