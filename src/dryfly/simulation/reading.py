"""Reads scenario files: the YAML, the set-up and the tables that it names, and its variants.

Everything that is refused says where it stands: the file, and the path in it.
"""

import csv
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from dryfly.platform.errors import CallerError
from dryfly.platform.reading import read_as
from dryfly.simulation.checks import problems
from dryfly.simulation.plan import Plan, Record, make_plan
from dryfly.simulation.scenario import VARIANTS_MAX, Scenario
from dryfly.simulation.workload import NONE

AS_IT_IS = "as it is"
FILE_BYTES_MAX = 64 * 1024 * 1024
ROWS_MAX = 5_000_000
COLUMNS = ("arrived_s", "patience_s", "handling_s")

Tree = dict[str, Any]


class _Loader(yaml.SafeLoader):
    """YAML in which 12:30 is a time of the clock. YAML 1.1 reads it as 750, in sixtieths."""


_NUMBERS = {
    "tag:yaml.org,2002:int": re.compile(r"^[-+]?(0|[1-9][0-9_]*)$"),
    "tag:yaml.org,2002:float": re.compile(r"^[-+]?([0-9][0-9_]*\.[0-9_]*|\.[0-9]+|[0-9]+)([eE][-+]?[0-9]+)?$"),
}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag not in _NUMBERS and not tag.endswith(":timestamp")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _tag, _rule in _NUMBERS.items():
    _Loader.add_implicit_resolver(_tag, _rule, list("-+.0123456789"))


def read_plans(path: Path) -> dict[str, Plan]:
    """The scenario as it is, then each variant. Raises CallerError: the first problem, with the number of all."""
    tree = _with_site(read_tree(path), path)
    variants = _variants(tree.pop("variants", {}), path)
    found: list[CallerError] = []
    plans: dict[str, Plan] = {}
    for name, patch in {AS_IT_IS: {}, **variants}.items():
        where = path.name if name == AS_IT_IS else f"{path.name} variants.{name}"
        scenario = read_as(Scenario, laid_over(tree, patch), where)
        wrong = list(problems(scenario, where))
        found += [problem for problem in wrong if problem.text not in {known.text for known in found}]
        if not wrong:
            plans[name] = make_plan(scenario, _records(scenario, path, where))
    if found:
        raise _all_in_one(found)
    return plans


def laid_over(tree: Tree, patch: Mapping[str, Any]) -> Tree:
    """Maps are merged, everything else is replaced."""
    merged = dict(tree)
    for key, value in patch.items():
        below = merged.get(key)
        merged[key] = laid_over(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def read_tree(path: Path) -> Tree:
    try:
        if path.stat().st_size > FILE_BYTES_MAX:
            raise CallerError("file_too_large", f"{path} has more than {FILE_BYTES_MAX} bytes.")
        tree = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError) as error:
        raise CallerError("file_unreadable", f"{path} cannot be read: {error}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise wrong(path.name, f"This is no YAML: {error}") from None
    if not isinstance(tree, dict) or not all(isinstance(key, str) for key in tree):
        raise wrong(path.name, "Write a tree of sections: title, workload, staff, ...")
    return tree


def wrong(where: str, text: str) -> CallerError:
    return CallerError("scenario_wrong", f"{where}: {text}", where=where)


def _all_in_one(found: list[CallerError]) -> CallerError:
    lines = "\n  ".join(problem.text for problem in found)
    text = found[0].text if len(found) == 1 else f"{len(found)} things do not fit:\n  {lines}"
    return CallerError("scenario_wrong", text, where=found[0].values.get("where"))


def _variants(section: Any, path: Path) -> dict[str, Tree]:
    if not isinstance(section, dict) or not all(isinstance(patch, dict) for patch in section.values()):
        raise wrong(f"{path.name} variants", "Write each variant by its name, and below it what is otherwise.")
    if len(section) > VARIANTS_MAX:
        raise wrong(f"{path.name} variants", f"At most {VARIANTS_MAX}.")
    for name, patch in section.items():
        if fixed := sorted(patch.keys() & {"seed", "replications", "interval_minutes", "hours", "begins_at", "zone"}):
            place = f"{path.name} variants.{name}.{fixed[0]}"
            raise wrong(place, "This is the same in all variants: else they could not be compared.")
    return {str(name): patch for name, patch in section.items()}


def _with_site(tree: Tree, path: Path) -> Tree:
    """`site: north.yaml` brings the rules, queues and agents that the file has; what stands here is laid over them."""
    named = tree.pop("site", None)
    if named is None:
        return tree
    if not isinstance(named, str):
        raise wrong(f"{path.name} site", "Write the name of a file that `dryfly config export` made.")
    exported = read_tree(path.parent / named)
    brought: Tree = {kind: _specs(exported.get(kind), f"{named} {kind}") for kind in ("queues", "agents")}
    site = exported.get("site")
    brought["rules"] = site.get("spec", {}) if isinstance(site, dict) else {}
    return laid_over(brought, tree)


def _specs(section: Any, where: str) -> Tree:
    """Of each entry only what the floor decides by."""
    if section is None:
        return {}
    if not isinstance(section, dict) or not all(isinstance(entry, dict) for entry in section.values()):
        raise wrong(where, "Write its entries under it, each by its id.")
    return {str(id): {"spec": entry.get("spec", {})} for id, entry in section.items()}


# ---- recorded arrivals -------------------------------------------------------------------------


def _records(scenario: Scenario, path: Path, where: str) -> dict[str, Record]:
    return {
        name: read_record(path.parent / stream.recorded.file, scenario.hours, f"{where} workload.{name}.recorded")
        for name, stream in scenario.workload.items()
        if stream.recorded is not None
    }


def read_record(path: Path, hours: float, where: str) -> Record:
    """The table, ascending by arrival."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(_rows(csv.DictReader(file), hours, f"{where} {path.name}"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise wrong(where, f"{path} cannot be read: {error}") from None
    rows.sort(key=lambda row: row[0])
    columns = [np.array([row[n] for row in rows], dtype=np.int64) for n in range(len(COLUMNS))]
    return Record(*columns)


def _rows(table: "csv.DictReader[str]", hours: float, where: str) -> Any:
    if "arrived_s" not in (table.fieldnames or ()):
        raise wrong(where, "The first line names the columns, and one is arrived_s.")
    for number, row in enumerate(table, 2):
        if number > ROWS_MAX:
            raise wrong(where, f"At most {ROWS_MAX} lines.")
        values = [_ms(row.get(name), f"{where} line {number} {name}") for name in COLUMNS]
        if not 0 <= values[0] < hours * 3_600_000:
            raise wrong(f"{where} line {number} arrived_s", "Before the beginning or after the end of the run.")
        yield values


def _ms(text: str | None, where: str) -> int:
    if text is None or not text.strip():
        return NONE
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= 10_000_000:
        raise wrong(where, f"{text!r} is no number of seconds.")
    return round(seconds * 1000)
