"""Changes as a screen sends them: each entry as it was seen, and as it should be. All are done, or none."""

from typing import Any

import msgspec

from dryfly.floor.model import AgentId, QueueId, SkillId
from dryfly.platform.errors import CallerError
from dryfly.platform.reading import read_as
from dryfly.setup.alerts import Alert
from dryfly.setup.change import Change
from dryfly.setup.model import (
    ENTRIES_MAX,
    STRUCT_OF,
    Agent,
    Catalogue,
    Disposition,
    Entry,
    Kind,
    PresenceReason,
    Queue,
    Reply,
    Site,
    Skill,
    Team,
    TeamId,
    with_kept_secrets,
)
from dryfly.setup.stale import SITE, parted, tag_of


class Edit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`where`: "site", or a kind and an id such as "queues/returns". `before`: the entry as it was seen (None: it
    was not there), `after`: as it should be (None: it goes)."""

    where: str
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


class EditsAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`act`: do it; else only the difference is told."""

    edits: list[Edit]
    act: bool = False


class Blanks(msgspec.Struct, frozen=True):
    """One entry of each kind with nothing but its defaults, for whoever begins a new one."""

    teams: Team = Team(TeamId(""), "")
    skills: Skill = Skill(SkillId(""), "")
    agents: Agent = Agent(AgentId(""), "")
    queues: Queue = Queue(QueueId(""), "")
    dispositions: Disposition = Disposition("", "")
    presence_reasons: PresenceReason = PresenceReason("", "")
    replies: Reply = Reply("", "", "")
    alerts: Alert = Alert("", "")


def only_kind(edits: list[Edit]) -> Kind | None:
    """The kind that all of them are of, where it is one."""
    places = {edit.where.partition("/")[0] for edit in edits}
    return Kind(place) if len(places) == 1 and (place := places.pop()) in set(Kind) else None


def read_edits(edits: list[Edit], catalogue: Catalogue) -> tuple[Change, dict[str, str]]:
    """The change, and the tags of what it was made from."""
    if len(edits) > ENTRIES_MAX:
        raise CallerError("too_many_entries", f"At most {ENTRIES_MAX} at a time.", where="", limit=ENTRIES_MAX)
    expected = {edit.where: tag_of(_read(edit.where, edit.before)) for edit in edits}
    if len(expected) < len(edits):
        raise CallerError("place_unknown", "Each entry may be changed once at a time.", where="")
    wanted = {edit.where: _read(edit.where, edit.after) for edit in edits}
    site = wanted.pop(SITE, None)
    puts = [entry for entry in wanted.values() if entry is not None and not isinstance(entry, Site)]
    removals = [parted(where) for where, entry in wanted.items() if entry is None]
    return Change(_site(site, catalogue), tuple(puts), tuple(_known(removals, catalogue))), expected


def _read(where: str, body: dict[str, Any] | None) -> Entry | Site | None:
    if where == SITE:
        return read_as(Site, body, where)
    kind, id = parted(where)
    if body is None:
        return None
    if body.get("id") != id:
        raise CallerError("id_differs", f"{where}: the id in the entry is another one.", where=where, id=id)
    return read_as(STRUCT_OF[kind], body, where)


def _site(site: Any, catalogue: Catalogue) -> Site | None:
    return with_kept_secrets(site, catalogue.site) if isinstance(site, Site) else None


def _known(removals: list[tuple[Kind, str]], catalogue: Catalogue) -> list[tuple[Kind, str]]:
    return [(kind, id) for kind, id in removals if id in catalogue.entries(kind)]
