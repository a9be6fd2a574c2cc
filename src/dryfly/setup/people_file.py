"""A company's people as a table: each line a person, with the agent they serve as. Pure.

    email,name,role,team,skills,languages
    anna@shop.example,Anna Berg,agent,service,returns=5;billing=3,de;fr=4

- The first line names the columns; `email` is needed, the others may be left out. Comma, semicolon or tab.
- People are told apart by their address. What is left empty stays as it is, or is the default for somebody new;
  a single "-" empties it. So the same file twice changes nothing the second time.
- `skills` and `languages` both are skills of the site, by id or title; a language without a level is spoken fully.
- Somebody new gets an agent of their own, named after them, unless the column `agent` names one.
- Everything is looked at, and each problem has its line and column. With a problem nothing is done.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from dryfly.floor.model import LEVEL_MAX, LEVEL_MIN, AgentId, SkillId
from dryfly.platform.errors import CallerError
from dryfly.setup.check import check_email
from dryfly.setup.model import ID_RULE, TITLE_MAX, Agent, Catalogue, Person, PersonRole, TeamId

ROWS_MAX = 20_000
CELL_MAX = 2_000  # characters
FILE_BYTES_MAX = 8_000_000
EMPTIED = "-"
COLUMNS = ("email", "name", "role", "team", "display_name", "skills", "languages", "agent")


class RowProblem(msgspec.Struct, frozen=True):
    """`line` counts from 1, as editors do. `column`: its name in the first line; empty: the line as a whole."""

    line: int
    column: str
    text: str


class _Wrong(Exception):
    def __init__(self, column: str, text: str) -> None:
        self.column = column
        self.text = text


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line, understood. `before`: the person as they work here now."""

    email: str
    name: str
    role: PersonRole
    agent: Agent | None
    before: Person | None

    @property
    def agent_id(self) -> AgentId | None:
        return self.agent.id if self.agent else None

    @property
    def is_changed(self) -> bool:
        seen = self.before
        return seen is None or (seen.name, seen.role, seen.agent) != (self.name, self.role, self.agent_id)


@dataclass(slots=True)
class Plan:
    rows: list[Wanted] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)

    def agents_changed(self, catalogue: Catalogue) -> list[Agent]:
        agents = [row.agent for row in self.rows if row.agent is not None]
        return [agent for agent in agents if catalogue.agents.get(agent.id) != agent]

    def people_changed(self) -> list[Wanted]:
        return [row for row in self.rows if row.is_changed]


def plan_people(body: bytes, catalogue: Catalogue, people: Sequence[Person]) -> Plan:
    """What the file wants, and what is wrong with it. Raises CallerError `file_wrong` where it is no table."""
    return _Reading(catalogue, people).read(_table(body))


def lines_of(plan: Plan) -> list[str]:
    """What would become of the people, in the words of `tree.difference`."""
    lines: list[str] = []
    for row in plan.people_changed():
        where, before = f"people/{row.email}", row.before
        if before is None:
            lines.append(f"+ {where}")
            continue
        for name, old, new in (
            ("name", before.name, row.name),
            ("role", before.role, row.role),
            ("agent", before.agent, row.agent_id),
        ):
            if old != new:
                lines.append(f"~ {where}.{name}: {_told(old)} -> {_told(new)}")
    return lines


def _told(value: object) -> str:
    return msgspec.json.encode(value).decode()


# ---- the table ---------------------------------------------------------------------------------

Row = tuple[int, dict[str, str]]


def _table(body: bytes) -> list[tuple[int, list[str]]]:
    """The lines with something in them, each with its number."""
    if len(body) > FILE_BYTES_MAX:
        raise _file_wrong(f"A file has at most {FILE_BYTES_MAX // 1_000_000} MB.", limit=FILE_BYTES_MAX)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _file_wrong("Save the file as UTF-8 (“CSV UTF-8” in a spreadsheet).") from None
    head = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max("\t;,", key=head.count), strict=True)
    rows = _numbered(reader)
    if len(rows) > ROWS_MAX + 1:
        raise _file_wrong(f"At most {ROWS_MAX} people at a time: make two files of it.", limit=ROWS_MAX)
    return rows


def _numbered(reader: Any) -> list[tuple[int, list[str]]]:
    rows, begins = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((begins, [cell.strip() for cell in cells]))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _file_wrong(f"Line {reader.line_num}: {error}.", line=reader.line_num) from None
    return rows


def _file_wrong(text: str, **values: int) -> CallerError:
    return CallerError("file_wrong", text, **values)


# ---- the lines ---------------------------------------------------------------------------------


class _Reading:
    def __init__(self, catalogue: Catalogue, people: Sequence[Person]) -> None:
        self._catalogue = catalogue
        self._people = {person.email: person for person in people}
        self._agent_of = {person.agent: person.email for person in people if person.agent}
        self._skills = _by_name({id: skill.title for id, skill in catalogue.skills.items()})
        self._teams = _by_name({id: team.title for id, team in catalogue.teams.items()})
        self._line_of: dict[str, int] = {}
        self._ids = {str(id) for id in catalogue.agents} | {str(id) for id in self._agent_of}
        self._numbers: dict[str, int] = {}
        self._plan = Plan()

    def read(self, table: list[tuple[int, list[str]]]) -> Plan:
        if not table:
            raise _file_wrong(f"The file is empty. Its first line names the columns: {', '.join(COLUMNS)}.")
        names = [name.lower().replace(" ", "_").replace("e-mail", "email") for name in table[0][1]]
        self._plan.problems += [RowProblem(table[0][0], name, text) for name, text in _column_problems(names)]
        if not self._plan.problems:
            for line, cells in table[1:]:
                self._read_row(line, names, cells)
        return self._plan

    def _read_row(self, line: int, names: list[str], cells: list[str]) -> None:
        try:
            if len(cells) > len(names):
                raise _Wrong("", f"{len(cells)} cells, but {len(names)} columns: put quotes around a cell with commas.")
            self._plan.rows.append(self._wanted(line, dict(zip(names, cells, strict=False))))
        except _Wrong as wrong:
            self._plan.problems.append(RowProblem(line, wrong.column, wrong.text))

    def _wanted(self, line: int, cells: Mapping[str, str]) -> Wanted:
        for column, cell in cells.items():
            if len(cell) > CELL_MAX or _is_unreadable(cell):
                raise _Wrong(column, f"At most {CELL_MAX} characters, none of them invisible.")
        email = self._email(line, cells["email"])
        before = self._people.get(email)
        name = cells.get("name") or (before.name if before else "")
        if not name or len(name) > TITLE_MAX:
            raise _Wrong("name", f"Give a name of at most {TITLE_MAX} characters.")
        role = _role(cells.get("role", ""), before)
        return Wanted(email, name, role, self._agent(email, name, role, before, cells), before)

    def _email(self, line: int, cell: str) -> str:
        try:
            email = check_email(cell)
        except CallerError as wrong:
            raise _Wrong("email", wrong.text) from None
        if (first := self._line_of.setdefault(email, line)) != line:
            raise _Wrong("email", f"This address stands in line {first} already.")
        return email

    # ---- the agent -----------------------------------------------------------------------------

    def _agent(
        self, email: str, name: str, role: PersonRole, before: Person | None, cells: Mapping[str, str]
    ) -> Agent | None:
        """None: they serve no contacts. An agent always does; others where something is said about it."""
        named = cells.get("agent", "")
        known = before.agent if before else None
        serves = role is PersonRole.AGENT or known or named or any(cells.get(key) for key in _OF_AGENTS)
        if not serves or (named == EMPTIED and role is not PersonRole.AGENT):
            return None
        id = self._agent_id(email, name, named, known)
        agent = self._catalogue.agents.get(id) or Agent(id, name)
        if before is None or before.name != name:
            agent = msgspec.structs.replace(agent, name=name)
        return self._with_cells(agent, cells)

    def _agent_id(self, email: str, name: str, named: str, known: AgentId | None) -> AgentId:
        if named in ("", EMPTIED):
            id = known or self._free_id(name, email)
        elif re.fullmatch(ID_RULE, named):
            id = AgentId(named)
        else:
            raise _Wrong("agent", "An id is 1 to 64 of a-z, 0-9, _ and -, and begins with a letter or digit.")
        owner = self._agent_of.setdefault(id, email)
        if owner != email:
            raise _Wrong("agent", f"{owner} serves as the agent {id}.")
        self._ids.add(id)
        return id

    def _free_id(self, name: str, email: str) -> AgentId:
        """Nobody's, and not that of a colleague of the same name."""
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:56] or re.sub(r"[^a-z0-9]+", "-", email).strip("-")[:56]
        number = self._numbers.get(base, 1)
        id = base
        while id in self._ids:
            number += 1
            id = f"{base}-{number}"
        self._numbers[base] = number  # of twenty thousand namesakes, each begins where the one before ended
        return AgentId(id)

    def _with_cells(self, agent: Agent, cells: Mapping[str, str]) -> Agent:
        if display_name := cells.get("display_name"):
            if len(display_name) > TITLE_MAX:
                raise _Wrong("display_name", f"At most {TITLE_MAX} characters.")
            agent = msgspec.structs.replace(agent, display_name="" if display_name == EMPTIED else display_name)
        if team := cells.get("team"):
            agent = msgspec.structs.replace(agent, team=self._team(team))
        if cells.get("skills") or cells.get("languages"):
            skills = self._all_skills(cells)
            agent = msgspec.structs.replace(agent, spec=_with_skills(agent, skills))
        return agent

    def _team(self, cell: str) -> TeamId | None:
        if cell == EMPTIED:
            return None
        if (team := self._teams.get(cell.casefold())) is None:
            raise _Wrong("team", f"There is no team {cell!r}: make it first.")
        return TeamId(team)

    def _all_skills(self, cells: Mapping[str, str]) -> dict[SkillId, int]:
        found: dict[SkillId, int] = {}
        for column in ("skills", "languages"):
            for skill, level in self._levels(column, cells.get(column, "")):
                if skill in found:
                    raise _Wrong(column, f"The skill {skill!r} stands there twice.")
                found[skill] = level
        return found

    def _levels(self, column: str, cell: str) -> Iterator[tuple[SkillId, int]]:
        for part in re.split(r"[;|]", "" if cell == EMPTIED else cell):
            name, equals, level = (piece.strip() for piece in part.partition("="))
            if not name and not equals:
                continue
            if (id := self._skills.get(name.casefold())) is None:
                raise _Wrong(column, f"There is no skill {name!r}: make it first.")
            if not equals and column == "languages":
                level = str(LEVEL_MAX)
            if not re.fullmatch(r"\d{1,2}", level) or not LEVEL_MIN <= int(level) <= LEVEL_MAX:
                raise _Wrong(column, f"Write {name}=5, with a level from {LEVEL_MIN} to {LEVEL_MAX}.")
            yield SkillId(id), int(level)


_OF_AGENTS = ("team", "display_name", "skills", "languages")


def _with_skills(agent: Agent, skills: dict[SkillId, int]) -> Any:

    return replace(agent.spec, skills=skills)


def _column_problems(names: list[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        if name not in COLUMNS:
            yield name, f"There is no such column: write {', '.join(COLUMNS)}."
        elif names.count(name) > 1:
            yield name, "This column stands there twice."
    if "email" not in names:
        yield "email", "The column email is missing: people are told apart by their address."


def _role(cell: str, before: Person | None) -> PersonRole:
    if not cell:
        return before.role if before else PersonRole.AGENT
    try:
        return PersonRole(cell.lower())
    except ValueError:
        raise _Wrong("role", f"Write one of {', '.join(PersonRole)}.") from None


def _is_unreadable(cell: str) -> bool:
    """Control characters, and what was no UTF-8 before it came here."""
    return "\ufffd" in cell or any(unicodedata.category(char) in ("Cc", "Cf") for char in cell)


def _by_name(titles: Mapping[Any, str]) -> dict[str, str]:
    """Ids and titles, whatever their case; an id wins over another one's title."""
    return {title.casefold(): str(id) for id, title in titles.items()} | {str(id): str(id) for id in titles}
