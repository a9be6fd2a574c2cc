"""Makes a new version of a site's image and turns to it: all in one transaction, or nothing.

Readers go on with the version before until the commit, and whoever is in the middle of it finds it for one more
refresh (`VERSIONS_KEPT`). One refresh a site runs at a time. Erasing a customer meanwhile is safe: both take the
switch lock, and who comes second sees what the first one did.
"""

import secrets

import msgspec
from msgspec import Struct

from dryfly.customers.load import Load, Rejects
from dryfly.customers.mapping import Mapping
from dryfly.customers.mapping_file import format_mapping, parse_mapping
from dryfly.customers.rows import Sources
from dryfly.platform.database import Connection, Database
from dryfly.platform.errors import CallerError
from dryfly.platform.sql import load_sql, rows_as

sql = load_sql(__file__, "store.sql")

VERSIONS_KEPT = 2
REJECTS_PAGE_MAX = 200
SECRET_BYTES = 32


class RefreshReport(Struct, frozen=True):
    """What a refresh did. `rejected` counts the rows and the single values that could not be used."""

    version: int
    customers_count: int
    identifiers_count: int
    records: dict[str, int]
    rejected: dict[str, int]
    dropped_count: int  # customers of the version before who are gone


class VersionStatus(Struct, frozen=True):
    version: int
    source: str
    loaded_at: int
    customers_count: int
    identifiers_count: int
    records: dict[str, int]
    rejected: dict[str, int]
    current: bool | None


class RejectRow(Struct, frozen=True):
    """What could not be used, and why: a whole row, or (`what` = "value") the value named by `place`."""

    number: int
    entity: str
    source: str
    row_number: int
    what: str
    place: str
    reason: str
    raw: str


async def save_mapping(db: Database, site: str, mapping: Mapping, *, now: int) -> None:
    """Sets the mapping up for the site; the next refresh follows it."""
    async with db.site(site) as conn:
        await _secret(conn, site)
        await conn.execute(sql.save_mapping, site, format_mapping(mapping), now, mapping.refresh_every_min)


async def saved_mapping(db: Database, site: str) -> Mapping:
    async with db.site(site) as conn:
        row = await conn.fetchrow(sql.site, site)
    if row is None or row["mapping"] is None:
        text = f"Site {site} has no mapping yet: write one (`dryfly image propose`) and refresh with it."
        raise CallerError("image_no_mapping", text, status=404, site=site)
    return parse_mapping(row["mapping"])


async def refresh(
    db: Database, site: str, mapping: Mapping | None = None, *, now: int, accept_drop: bool = False
) -> RefreshReport:
    """Reads all sources and makes them the site's image; `mapping` None: the saved one.

    Raises CallerError: `mapping_no_such_column`, `source_unreadable`, `source_query_failed`, `refresh_running`, and
    `image_would_shrink` if more customers would go than `drop_share_max` allows and nobody accepted that.
    """
    mapping = mapping or await saved_mapping(db, site)
    rejects = Rejects()
    try:
        async with db.site(site) as conn, Sources(mapping.sources) as sources:
            return await _refresh(conn, site, mapping, sources, rejects, now, accept_drop)
    except CallerError:
        await _keep_rejects(db, site, rejects)
        raise


async def _refresh(
    conn: Connection,
    site: str,
    mapping: Mapping,
    sources: Sources,
    rejects: Rejects,
    now: int,
    accept_drop: bool,
) -> RefreshReport:
    if not await conn.fetchval(sql.try_lock_refresh, site):
        raise CallerError("refresh_running", f"A refresh of site {site} is running: wait for it.", status=409)
    secret = await _secret(conn, site)
    await conn.execute(sql.stage)
    await Load(conn, mapping, secret, rejects).run(sources)
    await conn.execute(sql.analyze_stage)
    await conn.execute(sql.lock_switch, site)
    await conn.execute(sql.purge_staged_suppressed, site)
    dropped = await _check_drop(conn, site, mapping, accept_drop)
    return await _switch(conn, site, mapping, rejects, now, dropped)


async def _secret(conn: Connection, site: str) -> bytes:
    await conn.execute(sql.ensure_site, site, secrets.token_bytes(SECRET_BYTES))
    row = await conn.fetchrow(sql.site, site)
    assert row is not None
    secret: bytes = row["secret"]
    return secret


async def _check_drop(conn: Connection, site: str, mapping: Mapping, accept_drop: bool) -> int:
    row = await conn.fetchrow(sql.count_dropped, site)
    assert row is not None
    before, dropped = int(row["before"]), int(row["dropped"])
    if dropped > mapping.drop_share_max * before and not accept_drop:
        raise CallerError(
            "image_would_shrink",
            f"{dropped} of {before} customers would go, more than {mapping.drop_share_max:.0%}. Nothing changed. "
            "Look at the source and at `dryfly image rejects`; if it is right, refresh with --accept-drop.",
            status=409,
            dropped=dropped,
            before=before,
            drop_share_max=mapping.drop_share_max,
        )
    return dropped


async def _switch(
    conn: Connection, site: str, mapping: Mapping, rejects: Rejects, now: int, dropped: int
) -> RefreshReport:
    version = int(await conn.fetchval(sql.next_version, site))
    for build in (sql.build_customers, sql.build_names, sql.build_identifiers, sql.build_records, sql.build_lines):
        await conn.execute(build, site, version)
    counts = dict(rejects.counts)
    row = await conn.fetchrow(sql.add_version, site, version, mapping.name, format_mapping(mapping), now, counts)
    assert row is not None
    await conn.execute(sql.analyze_image)
    await conn.execute(sql.switch, site, version)
    await conn.execute(sql.drop_old_versions, site, version - VERSIONS_KEPT)
    await _write_rejects(conn, site, rejects)
    return RefreshReport(version=version, rejected=counts, dropped_count=dropped, **dict(row))


async def _keep_rejects(db: Database, site: str, rejects: Rejects) -> None:
    """Those of a refused refresh: they are what the refusal is to be judged by."""
    if rejects.kept:
        async with db.site(site) as conn:
            await _write_rejects(conn, site, rejects)


async def _write_rejects(conn: Connection, site: str, rejects: Rejects) -> None:
    await conn.execute(sql.clear_rejects, site)
    rows = [(site, i, *msgspec.structs.astuple(reject)) for i, reject in enumerate(rejects.kept, 1)]
    await conn.executemany(sql.add_reject, rows)


async def image_status(db: Database, site: str) -> list[VersionStatus]:
    """The versions that are kept, newest first."""
    async with db.site(site) as conn:
        return rows_as(VersionStatus, await conn.fetch(sql.versions, site))


async def image_rejects(db: Database, site: str, *, after: int = 0, limit: int = REJECTS_PAGE_MAX) -> list[RejectRow]:
    """What the last refresh, done or refused, could not use."""
    async with db.site(site) as conn:
        return rows_as(RejectRow, await conn.fetch(sql.rejects, site, after, min(limit, REJECTS_PAGE_MAX)))
