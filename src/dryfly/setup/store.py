"""The tables of the set-up: one row a site, one document an entry, and the audit."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

import msgspec

from dryfly.floor.model import SiteId
from dryfly.platform.database import Connection
from dryfly.platform.sql import load_sql, rows_as
from dryfly.setup.model import STRUCT_OF, AuditLine, Catalogue, Entry, Kind, Site, shown

sql = load_sql(__file__, "store.sql")

AuditNote = tuple[str, str, Mapping[str, Any]]  # action, subject, values


async def lock_catalogue(conn: Connection, site: SiteId, known: Catalogue | None) -> Catalogue | None:
    """The set-up as it stands, kept from changing until the transaction ends."""
    return await _read(conn, site, known, await conn.fetchrow(sql.lock_site, site))


async def read_catalogue(conn: Connection, site: SiteId, known: Catalogue | None = None) -> Catalogue | None:
    """None: there is no such site. `known` is given back if nothing has changed since."""
    return await _read(conn, site, known, await conn.fetchrow(sql.read_site, site))


async def _read(conn: Connection, site: SiteId, known: Catalogue | None, row: Any) -> Catalogue | None:
    if row is None or (known is not None and known.version == row["version"]):
        return known if row is not None else None
    entries: dict[str, dict[str, Entry]] = {kind.replace("-", "_"): {} for kind in Kind}
    for found in await conn.fetch(sql.read_entries, site):
        entry = msgspec.convert(found["body"], STRUCT_OF[Kind(found["kind"])])
        entries[found["kind"].replace("-", "_")][entry.id] = entry
    return Catalogue(msgspec.convert(row["body"], Site), row["version"], **cast(dict[str, Any], entries))


async def list_sites(conn: Connection, after: str, limit: int, only: Iterable[str] | None) -> list[Site]:
    rows = await conn.fetch(sql.list_sites, after, limit, None if only is None else list(only))
    return [msgspec.convert(row["body"], Site) for row in rows]


async def insert_site(conn: Connection, site: Site, now: int) -> bool:
    """False: it is there already."""
    return await conn.fetchval(sql.insert_site, site.id, 1, msgspec.to_builtins(site), now) is not None


async def write_changes(conn: Connection, old: Catalogue, new: Catalogue, actor: str, now: int) -> list[AuditNote]:
    """Writes what differs, and says what it was."""
    site, notes = new.site.id, list[AuditNote]()
    await conn.execute(sql.update_site, site, new.version, msgspec.to_builtins(new.site), now)
    if old.site != new.site:
        notes.append(("put", "site", {"before": shown(old.site), "after": shown(new.site)}))
    gone, put = list[tuple[Any, ...]](), list[tuple[Any, ...]]()
    for kind in Kind:
        before, after = old.entries(kind), new.entries(kind)
        for id in before.keys() - after.keys():
            gone.append((site, kind, id))
            notes.append(("remove", f"{kind}/{id}", {"before": before[id]}))
        for id, entry in after.items():
            if before.get(id) != entry:
                put.append((site, kind, id, msgspec.to_builtins(entry), now, actor))
                notes.append(("put", f"{kind}/{id}", {"before": before.get(id), "after": entry}))
    await conn.executemany(sql.remove_entry, gone)
    await conn.executemany(sql.put_entry, put)
    return notes


async def write_audit(conn: Connection, site: str, actor: str, now: int, notes: Iterable[AuditNote]) -> None:
    await conn.executemany(
        sql.insert_audit,
        [(site, now, actor, action, subject, msgspec.to_builtins(values)) for action, subject, values in notes],
    )


async def list_audit(conn: Connection, site: SiteId, before: int | None, limit: int) -> list[AuditLine]:
    """The newest first."""
    return rows_as(AuditLine, await conn.fetch(sql.list_audit, site, before, limit))


async def agents_of_people(conn: Connection, site: SiteId) -> set[str]:
    return {row["agent"] for row in await conn.fetch(sql.agents_of_people, site)}
