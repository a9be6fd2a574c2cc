"""Values that stand in a text: numbers, addresses, amounts. Found by expression, kept as they were written."""

import re

from dryfly.bot.model import Entity, EntityKind

_EXPRESSIONS = {
    EntityKind.EMAIL: re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    EntityKind.AMOUNT: re.compile(
        r"[$€£¥]\s?\d[\d,]*(?:\.\d+)?|\b\d[\d,]*(?:\.\d+)?\s?(?:[$€£¥]|(?:usd|eur|gbp|dollars?|euros?|pounds?)\b)",
        re.IGNORECASE,
    ),
    EntityKind.PHONE: re.compile(r"(?<!\w)(?:\+\d{7,15}|\+?\(?\d{1,4}\)?(?:[\s./-]\(?\d{2,4}\)?){2,4})(?!\w)"),
    EntityKind.REFERENCE: re.compile(r"(?<![\w.@])#?(?:[A-Za-z]{1,4}-?)?\d{4,}(?:-\d+)*(?![\w@])"),
}


def find_entities(text: str) -> tuple[Entity, ...]:
    """In order of place. Where two kinds overlap, the kind listed first has it."""
    found: list[Entity] = []
    for kind, expression in _EXPRESSIONS.items():
        for hit in expression.finditer(text):
            if not any(hit.start() < other.end and other.start < hit.end() for other in found):
                found.append(Entity(kind, hit.group().strip(), hit.start(), hit.end()))
    return tuple(sorted(found, key=lambda entity: entity.start))
