"""A site's whole set-up as one YAML tree: `dryfly config export`, `diff`, `apply`.

    site: {title: North, origins: [https://shop.example], ...}
    skills:
      billing: {title: Billing}
    queues:
      general: {title: General, spec: {target_s: 60}}

- A section that is there says all of its kind: what it leaves out is removed. A section that is not there stays.
- What an entry leaves out has its default. Names that nothing has are refused, with where they stand.
- Secrets and people are not in it: secrets go out as "••••", and coming in so they stay as they are.
"""

from collections.abc import Iterator, Mapping
from typing import Any, cast

import msgspec
import yaml

from dryfly.floor.model import QueueId, SiteId
from dryfly.platform.errors import CallerError
from dryfly.platform.reading import read_as
from dryfly.setup.change import Change
from dryfly.setup.model import STRUCT_OF, Catalogue, Entry, Kind, Queue, Site, kind_of, shown, with_kept_secrets

TREE_BYTES_MAX = 16 * 1024 * 1024
# C's reader is ten times as fast; a wheel of PyYAML has it, a bare build may not.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def export_tree(catalogue: Catalogue) -> str:
    tree: dict[str, Any] = {"site": _without_id(shown(catalogue.site))}
    for kind in Kind:
        tree[kind.value] = {id: _without_id(entry) for id, entry in sorted(catalogue.entries(kind).items())}
    text: str = yaml.dump(tree, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
    return text


def read_tree(text: str | bytes, catalogue: Catalogue) -> Change:
    """What it takes to make the catalogue say what `text` says. Raises CallerError `tree_wrong` with the place."""
    if len(text) > TREE_BYTES_MAX:
        raise _wrong("", f"A tree has at most {TREE_BYTES_MAX} bytes.")
    tree = _parse(text)
    if unknown := sorted(tree.keys() - {"site", *Kind}):
        raise _wrong(unknown[0], f"There is no such section: write one of site, {', '.join(Kind)}.")
    puts: list[Entry] = []
    removals: list[tuple[Kind, str]] = []
    for kind in Kind:
        if kind in tree:
            wanted = _entries(kind, tree[kind])
            there = catalogue.entries(kind)
            puts += [entry for id, entry in wanted.items() if there.get(id) != entry]
            removals += [(kind, id) for id in there if id not in wanted]
    return Change(_site(tree, catalogue.site), tuple(puts), tuple(removals))


def difference(catalogue: Catalogue, change: Change) -> list[str]:
    """The change as lines for people: `+` comes, `-` goes, `~` names each value that differs."""
    lines: list[str] = []
    if change.site is not None:
        lines += _differences("site", shown(catalogue.site), shown(change.site))
    lines += [f"- {kind}/{id}" for kind, id in change.removals]
    for entry in change.puts:
        kind = kind_of(entry)
        before = catalogue.entries(kind).get(entry.id)
        where = f"{kind}/{entry.id}"
        lines += _differences(where, before, entry) if before else [f"+ {where}"]
    return lines


def queues_missing(catalogue: Catalogue, named: Mapping[str, str]) -> Change:
    """Adds the queues that a playbook names (id -> title) and the site does not have; changes none that it has."""
    missing = [Queue(QueueId(id), title or id) for id, title in named.items() if QueueId(id) not in catalogue.queues]
    return Change(puts=tuple(missing))


def _parse(text: str | bytes) -> dict[str, Any]:
    try:
        tree = yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _wrong("", f"This is no YAML: {error}") from None
    if not isinstance(tree, dict) or not all(isinstance(key, str) for key in tree):
        raise _wrong("", "Write a tree of sections: site, queues, ...")
    return tree


def _entries(kind: Kind, section: Any) -> dict[str, Entry]:
    if not isinstance(section, dict):
        raise _wrong(kind, "Write its entries under it, each by its id.")
    return {str(id): _entry(kind, str(id), body) for id, body in section.items()}


def _entry(kind: Kind, id: str, body: Any) -> Entry:
    if not isinstance(body, dict):
        raise _wrong(f"{kind}/{id}", "Write its values under it, such as title.")
    return read_as(STRUCT_OF[kind], {**body, "id": id}, f"{kind}/{id}")


def _site(tree: dict[str, Any], site: Site) -> Site | None:
    """None: it stays as it is."""
    if "site" not in tree:
        return None
    if not isinstance(tree["site"], dict):
        raise _wrong("site", "Write its values under it, such as title.")
    wanted = with_kept_secrets(read_as(Site, {**tree["site"], "id": SiteId(site.id)}, "site"), site)
    return None if wanted == site else wanted


def _without_id(entry: Entry | Site) -> dict[str, Any]:
    body = msgspec.to_builtins(entry)
    del body["id"]
    return cast(dict[str, Any], body)


def _differences(where: str, before: Any, after: Any) -> list[str]:
    old, new = dict(_leaves(msgspec.to_builtins(before))), dict(_leaves(msgspec.to_builtins(after)))
    paths = [path for path in (old | new) if old.get(path) != new.get(path)]
    return [f"~ {where}.{path}: {_told(old, path)} -> {_told(new, path)}" for path in paths]


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else str(key))
    else:
        yield path, value


def _told(values: dict[str, Any], path: str) -> str:
    return msgspec.json.encode(values[path]).decode() if path in values else "nothing"


def _wrong(where: str, text: str) -> CallerError:
    return CallerError("tree_wrong", f"{where}: {text}" if where else text, where=where)
