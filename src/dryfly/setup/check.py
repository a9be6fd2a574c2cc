"""What a set-up must be like. Each problem says where it is and what to do.

Ranges of the floor's own numbers are the floor's to refuse (`spec_out_of_range`).
"""

import re
from collections.abc import Iterator

from dryfly.floor.model import LEVEL_MAX, LEVEL_MIN
from dryfly.platform.errors import CallerError
from dryfly.platform.security import check_origin_pattern
from dryfly.setup import logins
from dryfly.setup.alerts import Alert, alert_problems
from dryfly.setup.hours import hours_problems
from dryfly.setup.look import invitation_problems, look_problems
from dryfly.setup.model import (
    EMAIL_MAX,
    ENTRIES_MAX,
    ID_RULE,
    LOGIN_KEYS_MAX,
    ORIGINS_MAX,
    PASSWORD_MAX,
    PASSWORD_MIN,
    TEXT_MAX,
    TITLE_MAX,
    Agent,
    Catalogue,
    Disposition,
    Entry,
    Kind,
    Queue,
    Reply,
    Site,
    kind_of,
)
from dryfly.setup.routing import circle_problems, queues_named, routing_problems, skills_named

Problems = Iterator[CallerError]

TEXTS = {"name": TITLE_MAX, "title": TITLE_MAX, "display_name": TITLE_MAX, "purpose": TEXT_MAX, "text": TEXT_MAX}
TEXTS_NEEDED = frozenset({"name", "title", "text"})

_ID = re.compile(ID_RULE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_EMAIL = re.compile(r"[^\s@,;<>\"]{1,64}@[^\s@,;<>\"]+")


def problems(catalogue: Catalogue, *, of: Catalogue | None = None) -> Problems:
    """Everything that is wrong with the catalogue; entries that are the same in `of` are not looked at again
    by themselves, only for what they refer to."""
    if of is None or of.site != catalogue.site:
        yield from site_problems(catalogue.site)
    for kind in Kind:
        entries = catalogue.entries(kind)
        before = of.entries(kind) if of else {}
        if len(entries) > ENTRIES_MAX:
            yield _problem("too_many_entries", kind, f"A site has at most {ENTRIES_MAX} of these.")
        for id, entry in entries.items():
            if before.get(id) is not entry:
                yield from _entry_problems(entry)
            yield from _reference_problems(entry, catalogue)
    yield from circle_problems(catalogue)


def site_problems(site: Site) -> Problems:
    yield from _id_problems("site", site.id)
    yield from _text_problems("site.title", site.title, TITLE_MAX, needed=True)
    yield from _text_problems("site.look.title", site.look.title, TITLE_MAX)
    yield from _text_problems("site.look.bot_name", site.look.bot_name, TITLE_MAX, needed=True)
    yield from look_problems(site.look)
    yield from hours_problems("site.hours", site.hours)
    yield from invitation_problems(site.invitations)
    for language in (*site.languages, site.look.language):
        if not _LANGUAGE.fullmatch(language):
            yield _problem("language_wrong", "site.languages", f"{language!r} is no language tag such as en or pt-BR.")
    yield from _origin_problems(site)
    yield from _login_key_problems(site)


def _origin_problems(site: Site) -> Problems:
    if len(site.origins) > ORIGINS_MAX:
        yield _problem("too_many_entries", "site.origins", f"At most {ORIGINS_MAX}; a pattern covers many hosts.")
    for pattern in site.origins[:ORIGINS_MAX]:
        try:
            check_origin_pattern(pattern)
        except CallerError as problem:
            yield problem


def _login_key_problems(site: Site) -> Problems:
    ids = [key.id for key in site.login_keys]
    if len(set(ids)) < len(ids) or len(ids) > LOGIN_KEYS_MAX:
        yield _problem("login_keys_wrong", "site.login_keys", f"At most {LOGIN_KEYS_MAX} keys, each with its own id.")
    for key in site.login_keys:
        try:
            logins.check_key(key)
        except CallerError as problem:
            yield problem


def _entry_problems(entry: Entry) -> Problems:
    where = f"{kind_of(entry)}/{entry.id}"
    yield from _id_problems(where, entry.id)
    for name, length_max in TEXTS.items():
        if hasattr(entry, name):
            needed = name in TEXTS_NEEDED
            yield from _text_problems(f"{where}.{name}", getattr(entry, name), length_max, needed=needed)
    if isinstance(entry, Queue):
        yield from hours_problems(f"{where}.hours", entry.hours)
        yield from routing_problems(f"{where}.spec", entry.spec)
    if isinstance(entry, Alert):
        yield from (_problem(code, where, text) for code, text in alert_problems(entry))
    for skill, level in _levels(entry):
        if not LEVEL_MIN <= level <= LEVEL_MAX:
            yield _problem("level_wrong", where, f"Levels go from {LEVEL_MIN} to {LEVEL_MAX}: {skill} has {level}.")


def _levels(entry: Entry) -> list[tuple[str, int]]:
    if isinstance(entry, Agent):
        return [(skill, level) for skill, level in entry.spec.skills.items()]
    if isinstance(entry, Queue):
        return [(need.skill, need.level_min) for need in entry.spec.requirement]
    return []


def _skills(entry: Entry) -> Iterator[tuple[str, str]]:
    """With where each stands."""
    if isinstance(entry, Queue):
        return skills_named(entry)
    where = f"{kind_of(entry)}/{entry.id}"
    return ((skill, where) for skill, _ in _levels(entry))


def _reference_problems(entry: Entry, catalogue: Catalogue) -> Problems:
    """Everything that an entry names is there."""
    where = f"{kind_of(entry)}/{entry.id}"
    for skill, place in _skills(entry):
        if skill not in catalogue.skills:
            yield _missing("skill", skill, place)
    if isinstance(entry, Queue):
        for queue, place in queues_named(entry):
            if queue not in catalogue.queues:
                yield _missing("queue", queue, place)
    if isinstance(entry, Agent | Queue) and entry.team is not None and entry.team not in catalogue.teams:
        yield _missing("team", entry.team, where)
    if isinstance(entry, Disposition | Reply | Alert):
        for queue in entry.queues:
            if queue not in catalogue.queues:
                yield _missing("queue", queue, where)


def check_email(email: str) -> str:
    """The address as it is compared: without space around it and in lower case."""
    email = email.strip().lower()
    if len(email) > EMAIL_MAX or not _EMAIL.fullmatch(email):
        raise CallerError("email_wrong", "Write an e-mail address such as anna@shop.example.")
    return email


def check_name(name: str) -> None:
    for problem in _text_problems("person", name, TITLE_MAX, needed=True):
        raise problem


def check_password(password: str, email: str) -> None:
    """Long, and not the address again (NIST SP 800-63B 5.1.1.2: length counts, odd characters do not)."""
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
        raise CallerError(
            "password_wrong",
            f"A password has {PASSWORD_MIN} to {PASSWORD_MAX} characters: four words do well.",
            length_min=PASSWORD_MIN,
        )
    if len(set(password)) < 5 or email.partition("@")[0] in password.lower():
        raise CallerError(
            "password_wrong", "Choose a password that is not your address or one character again and again."
        )


def _id_problems(where: str, id: str) -> Problems:
    if not _ID.fullmatch(id):
        yield _problem("id_wrong", where, "An id is 1 to 64 of a-z, 0-9, _ and -, and begins with a letter or digit.")


def _text_problems(where: str, text: str, length_max: int, *, needed: bool = False) -> Problems:
    if needed and not text.strip():
        yield _problem("text_missing", where, "Give it a title.")
    if len(text) > length_max or "\x00" in text:
        yield _problem("text_wrong", where, f"At most {length_max} characters, none of them NUL.")


def _missing(what: str, id: str, where: str) -> CallerError:
    text = f"{where} names the {what} {id!r}: make it first, or take it out there."
    return CallerError(f"{what}_exists_not", text, status=409, where=where, id=id)


def _problem(code: str, where: str, text: str) -> CallerError:
    return CallerError(code, f"{where}: {text}", where=where)
