"""A `.sql` file and its module fit, or the module cannot be imported."""

from pathlib import Path

import msgspec
import pytest

from dryfly.platform.sql import SqlError, load_sql, row_as, rows_as

SQL = """-- What this file is about.

-- name: find_talk
select id from talks
where site = $1;

-- name: end_talk
-- Why it is done like this.
update talks set ended = true;
"""


class Talk(msgspec.Struct, frozen=True):
    id: str
    turns_count: int


def module(folder: Path, source: str, sql: str = SQL) -> str:
    (folder / "store.sql").write_text(sql)
    (folder / "store.py").write_text(source)
    return str(folder / "store.py")


def test_every_block_is_an_attribute(tmp_path: Path) -> None:
    sql = load_sql(module(tmp_path, "sql.find_talk"), "store.sql")
    assert sql.find_talk == "select id from talks\nwhere site = $1"
    assert sql.end_talk.startswith("-- Why")


def test_a_name_that_is_used_but_not_there_fails_at_import(tmp_path: Path) -> None:
    with pytest.raises(SqlError, match=r"store.py uses find_tlak: no such block in .*store.sql"):
        load_sql(module(tmp_path, "async def f(conn): await conn.fetch(sql.find_tlak)"), "store.sql")


def test_a_name_asked_for_from_elsewhere_is_told_plainly(tmp_path: Path) -> None:
    sql = load_sql(module(tmp_path, ""), "store.sql")
    with pytest.raises(AttributeError, match="store.sql has no block `-- name: find_tlak`"):
        _ = sql.find_tlak


def test_what_blocks_have_in_common_is_said_once(tmp_path: Path) -> None:
    text = "-- name: a\nselect {sums} from {table};\n-- name: b\nselect {sums};"
    sql = load_sql(module(tmp_path, "", text), "store.sql", sums="sum(x)")
    assert (sql.a, sql.b) == ("select sum(x) from {table}", "select sum(x)")
    with pytest.raises(SqlError, match="no place for sum"):
        load_sql(module(tmp_path, "", text), "store.sql", sums="1", sum="2")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("select 1;\n-- name: a\nselect 2;", "SQL before the first"),
        ("-- name: a\nselect 1;\n-- name: a\nselect 2;", "two blocks are named `a`"),
        ("-- name: a\n-- nothing\n-- name: b\nselect 1;", "the block `a` is empty"),
        ("-- name: find talk\nselect 1;", "`find talk` is no name"),
        ("-- name:\nselect 1;", "`` is no name"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(SqlError, match=complaint):
        load_sql(module(tmp_path, "", text), "store.sql")


def test_rows_become_structs_and_are_checked() -> None:
    rows = [{"id": "a", "turns_count": 3}, {"id": "b", "turns_count": 0}]
    assert rows_as(Talk, rows) == [Talk("a", 3), Talk("b", 0)]
    assert row_as(Talk, None) is None
    with pytest.raises(msgspec.ValidationError, match="turns_count"):
        row_as(Talk, {"id": "a", "turns_count": "many"})
