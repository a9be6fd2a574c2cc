"""Compares what the mapping names with what the source has, before anything is loaded."""

from collections.abc import Iterable, Sequence

from dryfly.customers.mapping import (
    CustomersSpec,
    LineSpec,
    Mapping,
    Paths,
    Place,
    RecordSpec,
    customer_paths,
    line_paths,
    record_paths,
)
from dryfly.customers.paths import Row, nearest, parse_path, places, quoted
from dryfly.customers.rows import Rows
from dryfly.platform.errors import CallerError

Entity = CustomersSpec | RecordSpec | LineSpec


async def check_columns(mapping: Mapping, where: Place, entity: Entity, rows: Rows) -> None:
    """Raises CallerError `mapping_no_such_column` for the first path that the source does not have (or has twice).

    Declared columns are checked by name, what lies inside them (and all of JSON) in the sample: there, a path is
    missing if no row of it has it. Nothing can be said of a source without rows.
    """
    sample = [row.values for row in await rows.sample() if not row.fault]
    _check(_paths(mapping, where, entity), sample, rows.columns, entity.source or "")
    if isinstance(entity, RecordSpec) and entity.lines and entity.lines.from_:
        nested = parse_path(entity.lines.from_)
        holders = [line for row in sample for line in nested.find(row) if isinstance(line, dict)]
        _check(line_paths(where[1], entity.lines), holders, None, entity.source)


def _paths(mapping: Mapping, where: Place, entity: Entity) -> Paths:
    match entity:
        case CustomersSpec():
            return customer_paths(mapping)
        case RecordSpec():
            return record_paths(where[1], entity)
        case LineSpec():
            return line_paths(where[1], entity)


def _check(paths: Paths, sample: Sequence[Row], columns: list[str] | None, source: str) -> None:
    for where, text, wanted in paths:
        if (columns or []).count(parse_path(text).steps[0].name) > 1:
            raise _ambiguous(where, text, source)
        if wanted and not _is_there(text, sample, columns):
            known = _known(sample, columns)
            raise _no_such_column(where, text, source, nearest(text, known))


def _ambiguous(where: Place, text: str, source: str) -> CallerError:
    place = ".".join(where)
    told = f"`{place}` names `{text}`, which source `{source}` has twice. Give one another name; nothing changed."
    return CallerError("mapping_ambiguous_column", told, place=place, column=text)


def _is_there(text: str, sample: Sequence[Row], columns: list[str] | None) -> bool:
    path = parse_path(text)
    if columns is not None and path.steps[0].name not in columns:
        return False
    if not sample or (columns is not None and len(path.steps) == 1):
        return True
    return any(path.is_in(row) for row in sample)


def _known(sample: Sequence[Row], columns: list[str] | None) -> Iterable[str]:
    return dict.fromkeys([*(quoted(column) for column in columns or ()), *places(list(sample))])


def _no_such_column(where: Place, text: str, source: str, near: list[str]) -> CallerError:
    place = ".".join(where)
    hint = f"Nearest: {', '.join(near)}." if near else "It has none at all."
    return CallerError(
        "mapping_no_such_column",
        f"`{place}` names `{text}`, which source `{source}` does not have. {hint} "
        "Correct the mapping; nothing changed.",
        place=place,
        column=text,
        nearest=", ".join(near),
    )
