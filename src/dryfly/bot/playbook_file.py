"""Reads a playbook from YAML and tells what is wrong in it: with its line, the key and what to do."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import yaml

from dryfly.bot import template
from dryfly.bot.playbook import Need, Playbook, queues_named, templates
from dryfly.platform.errors import CallerError

PLAYBOOK_CHARACTERS_MAX = 1_000_000
GIVEN = {"customer", "profile", "fact", "record", "asked", "code"}  # tops of paths that every sentence may use

Place = tuple[str, ...]
Fault = tuple[Place, str]


def read_playbook(path: Path) -> Playbook:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CallerError("playbook_unreadable", f"{path} cannot be read: {error}") from error
    return parse_playbook(text)


def parse_playbook(text: str) -> Playbook:
    """Raises CallerError `playbook_invalid` with the line of the first mistake."""
    if len(text) > PLAYBOOK_CHARACTERS_MAX:
        raise CallerError("playbook_too_long", f"A playbook has at most {PLAYBOOK_CHARACTERS_MAX} characters.")
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise CallerError("playbook_invalid", f"The playbook is no YAML: {error}") from error
    if not isinstance(root, yaml.MappingNode):
        raise CallerError("playbook_invalid", "A playbook begins with keys such as `name:` and `needs:`.")
    _refuse_twins(root)
    playbook = _convert(document, root)
    for place, fault in _faults(playbook):
        raise _error(fault, _node_at(root, place), place)
    return playbook


def _convert(document: object, root: yaml.Node) -> Playbook:
    try:
        return msgspec.convert(document, Playbook)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$")
        place = tuple(name or index for name, index in re.findall(r"\.([^.\[\]`]+)|\[(\d+)\]", where))
        unknown = re.search("unknown field `(.+)`", what)
        raise _error(what, _node_at(root, (*place, unknown[1]) if unknown else place), place) from None


def _refuse_twins(node: yaml.Node) -> None:
    """YAML would let the last of two equal keys win in silence."""
    if isinstance(node, yaml.MappingNode):
        counts = Counter(key.value for key, _ in node.value)
        for key, value in node.value:
            if counts[key.value] > 1:
                raise _error(f"`{key.value}` stands here twice: keep one", key, ())
            _refuse_twins(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_twins(value)


def _node_at(node: yaml.Node, place: Place) -> yaml.Node:
    """The node there, or the last one on the way that the file has."""
    for step in place:
        if isinstance(node, yaml.SequenceNode) and step.isdecimal():
            node = node.value[int(step)]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), node)
    return node


def _error(text: str, node: yaml.Node, place: Place) -> CallerError:
    line = node.start_mark.line + 1
    at = f" (at `{'.'.join(place)}`)" if place else ""
    return CallerError("playbook_invalid", f"Line {line}: {text}{at}.", line=line)


# ---- what types alone cannot say ---------------------------------------------------------------


def _faults(playbook: Playbook) -> Iterator[Fault]:
    known = {queue.id for queue in playbook.queues}
    for place, queue in queues_named(playbook):
        if queue not in known:
            yield place, f"there is no queue `{queue}`: add it to `queues:`, or name one of {', '.join(sorted(known))}"
    keys = Counter(need.key for need in playbook.needs)
    for i, need in enumerate(playbook.needs):
        if keys[need.key] > 1:
            yield ("needs", str(i), "key"), f"two needs are called `{need.key}`"
        yield from ((("needs", str(i), *place), text) for place, text in _need_faults(playbook, need))
    yield from _template_faults(playbook)


def _need_faults(playbook: Playbook, need: Need) -> Iterator[Fault]:
    if need.about and need.about not in playbook.records:
        yield ("about",), f"`{need.about}` is no record: add it to `records:`"
    if need.about and not need.none:
        yield (), f"`{need.key}` does not say what to tell a customer without one: add `none:`"
    if not need.about and (need.several or need.none or need.among):
        yield (), "`several`, `none` and `among` belong to a need that is `about:` a record"
    if not need.answers and not need.hand_over:
        yield (), f"`{need.key}` leads nowhere: add `answers:` or `hand_over:`"


def _template_faults(playbook: Playbook) -> Iterator[Fault]:
    for place, text in templates(playbook):
        try:
            paths = template.parse(text).paths()
        except CallerError as error:
            yield place, error.text
            continue
        tops = GIVEN | playbook.records.keys() if place[0] != "records" else set()
        for path in paths:
            if tops and path.partition(".")[0] not in tops:
                yield place, f"`{{{path}}}` is on no record: begin with {', '.join(sorted(tops))}"
