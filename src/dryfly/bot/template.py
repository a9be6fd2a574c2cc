"""Sentences with places for what is on file: a language so small that nothing can be made up in it.

    {order.status}                              a value of the record, of the profile, or a fact
    {each order.lines: {title} for ${amount}}   a sentence for each item of a list, joined with commas and "and"
    {each order: {key} is {status}}             ... for each record at hand
    {{ and }}                                   the signs themselves

A place that nothing on file fills raises `Unresolved`: the bot then says something else or nothing at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dryfly.platform.errors import CallerError

Scope = Mapping[str, "Thing"]
Thing = str | Scope | Sequence[Scope]


class Unresolved(Exception):
    """The sentence needs a value that is not on file. `path` names it."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True)
class Value:
    path: str


@dataclass(frozen=True)
class Each:
    path: str
    inner: "Template"


Part = str | Value | Each


@dataclass(frozen=True)
class Template:
    parts: tuple[Part, ...]

    def render(self, scope: Scope) -> str:
        return "".join(_render(part, scope) for part in self.parts)

    def paths(self) -> tuple[str, ...]:
        """The values that it wants, from the top: `order.lines.title`."""
        return tuple(path for part in self.parts for path in _paths(part))


def parse(text: str) -> Template:
    """Raises CallerError `bad_template`, which says where."""
    template, end = _parse(text, 0, depth=0)
    if end != len(text):
        raise _bad(text, end, "a } without its {")
    return template


# ---- reading -----------------------------------------------------------------------------------


def _parse(text: str, at: int, depth: int) -> tuple[Template, int]:
    """Up to the end of the text, or to the } that closes this `each`."""
    parts: list[Part] = []
    plain = ""
    while at < len(text):
        if text[at : at + 2] in ("{{", "}}") and not (depth and text[at] == "}"):
            plain, at = plain + text[at], at + 2
        elif text[at] == "{":
            part, next_at = _parse_place(text, at, depth)
            parts, plain, at = [*parts, plain, part], "", next_at
        elif text[at] == "}":
            break
        else:
            plain, at = plain + text[at], at + 1
    return Template(tuple(part for part in (*parts, plain) if part)), at


def _parse_place(text: str, at: int, depth: int) -> tuple[Part, int]:
    head_end = next((i for i in range(at + 1, len(text)) if text[i] in ":{}"), len(text))
    head = text[at + 1 : head_end].strip()
    if head_end == len(text) or text[head_end] == "{":
        raise _bad(text, at, "a { without its }")
    if text[head_end] == "}":
        return Value(_checked(head, text, at)), head_end + 1
    if not head.startswith("each "):
        raise _bad(text, at, "only {each LIST: ...} has a colon")
    inner, end = _parse(text, head_end + 1, depth + 1)
    if end == len(text):
        raise _bad(text, at, "a { without its }")
    return Each(_checked(head.removeprefix("each ").strip(), text, at), _stripped(inner)), end + 1


def _stripped(template: Template) -> Template:
    first = template.parts[0] if template.parts else ""
    return Template((first.lstrip(), *template.parts[1:])) if isinstance(first, str) else template


def _checked(path: str, text: str, at: int) -> str:
    if not all(name.isidentifier() for name in path.split(".")):
        raise _bad(text, at, f"`{path}` is no name of a value")
    return path


def _bad(text: str, at: int, what: str) -> CallerError:
    return CallerError("bad_template", f"{what}, at character {at + 1} of: {text}", at=at + 1)


# ---- filling -----------------------------------------------------------------------------------


def _render(part: Part, scope: Scope) -> str:
    match part:
        case str():
            return part
        case Value(path):
            return _text(_look_up(path, scope), path)
        case Each(path, inner):
            return _joined([inner.render({**scope, **item}) for item in _list(_look_up(path, scope), path)])


def _look_up(path: str, scope: Scope) -> Thing:
    found: Thing = scope
    for name in path.split("."):
        if not isinstance(found, Mapping) or name not in found:
            raise Unresolved(path)
        found = found[name]
    return found


def _text(found: Thing, path: str) -> str:
    if not isinstance(found, str) or not found:
        raise Unresolved(path)
    return found


def _list(found: Thing, path: str) -> Sequence[Scope]:
    if isinstance(found, str | Mapping) or not found:
        raise Unresolved(path)
    return found


def _joined(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def _paths(part: Part) -> tuple[str, ...]:
    match part:
        case str():
            return ()
        case Value(path):
            return (path,)
        case Each(path, inner):
            return (path, *(f"{path}.{name}" for name in inner.paths()))
