"""The words of the set-up: how a site is called, looks and works, and who works there.

Names and sentences live here. What the floor decides by is the `spec` inside (`floor.model`): it gets ids and
numbers only, by commands that follow each change (see `setup.change`).
"""

from enum import StrEnum
from typing import Any, NewType

import msgspec

from dryfly.floor.model import (
    AgentId,
    AgentSpec,
    Channel,
    ChannelCapacity,
    QueueId,
    QueueSpec,
    SiteId,
    SiteSpec,
    SkillId,
)
from dryfly.setup.alerts import STANDARD_ALERTS, Alert
from dryfly.setup.hours import Hours
from dryfly.setup.look import Invitation, Look

PersonId = NewType("PersonId", str)
TeamId = NewType("TeamId", str)

ALL_SITES = SiteId("*")  # a person's role there holds at every site of the installation
SECRET_SHOWN = "••••"  # stands for a secret that is kept and not shown

TITLE_MAX = 120
TEXT_MAX = 2_000
EMAIL_MAX = 254  # RFC 5321 4.5.3.1.3
PASSWORD_MIN = 12
PASSWORD_MAX = 200
ENTRIES_MAX = 20_000  # of one kind in a site
ORIGINS_MAX = 100
LOGIN_KEYS_MAX = 10

ID_RULE = r"[a-z0-9][a-z0-9_-]{0,63}"

Setting = str | int | float | bool | list[str] | None

# ---- a site and what belongs to it -------------------------------------------------------------


class LoginAlgorithm(StrEnum):
    """How a page signs who is there (RFC 7518, RFC 8037)."""

    HS256 = "HS256"  # a shared secret of 32 bytes or more
    ES256 = "ES256"  # the public key, PEM
    EDDSA = "EdDSA"  # the public key (Ed25519), PEM


class LoginKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A key that the widget's `login` token may be signed with. `id` is the token's `kid`."""

    id: str
    algorithm: LoginAlgorithm
    key: str


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A brand, country or outsourcer with its own desks, rules and record.

    `origins`: pages that may open the widget. `settings`: switches of other rooms, by the name they document.
    """

    id: SiteId
    title: str
    look: Look = Look()
    origins: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    login_keys: tuple[LoginKey, ...] = ()
    settings: dict[str, Setting] = {}
    spec: SiteSpec = SiteSpec()
    hours: Hours | None = None  # when people answer; None: always
    invitations: tuple[Invitation, ...] = ()


def shown(site: Site) -> Site:
    """The site without the secrets of its login keys."""
    keys = [
        msgspec.structs.replace(key, key=SECRET_SHOWN) if key.algorithm is LoginAlgorithm.HS256 else key
        for key in site.login_keys
    ]
    return msgspec.structs.replace(site, login_keys=tuple(keys))


def with_kept_secrets(site: Site, kept: Site) -> Site:
    """A site as somebody sent it who never saw the secrets: those that they left hidden stay as they were."""
    stored = {(key.id, key.algorithm): key for key in kept.login_keys}
    keys = [
        stored.get((key.id, key.algorithm), key) if key.key in ("", SECRET_SHOWN) else key for key in site.login_keys
    ]
    return msgspec.structs.replace(site, login_keys=tuple(keys))


class Team(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: TeamId
    title: str


class Skill(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: SkillId
    title: str
    purpose: str = ""


def new_agent_spec() -> AgentSpec:
    """Four chats at once, or fewer beside mail; what a new agent serves until somebody says otherwise."""
    return AgentSpec(channels=(ChannelCapacity(Channel("web"), 25, 4), ChannelCapacity(Channel("mail"), 20, 5)))


class Agent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who serves contacts. `name` is for colleagues, `display_name` for customers (empty: `name`)."""

    id: AgentId
    name: str
    display_name: str = ""
    team: TeamId | None = None
    spec: AgentSpec = msgspec.field(default_factory=new_agent_spec)

    @property
    def shown_name(self) -> str:
        return self.display_name or self.name


class Queue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: QueueId
    title: str
    purpose: str = ""
    team: TeamId | None = None
    spec: QueueSpec = QueueSpec()
    hours: Hours | None = None  # None: the site's


class Disposition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a talk can be said to have ended. `queues`: where it is offered (empty: everywhere)."""

    id: str
    title: str
    queues: tuple[QueueId, ...] = ()


class PresenceReason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why an agent is away. `limit_s`: for longer, and the floor shows it to supervisors (None: never)."""

    id: str
    title: str
    limit_s: int | None = None


class Reply(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A canned reply. `text` may have fields, such as {customer}, {agent} or {order}, which the desk fills from
    what is known. `queues`: where it is offered (empty: everywhere); `needs`: the needs that it suits."""

    id: str
    title: str
    text: str
    queues: tuple[QueueId, ...] = ()
    needs: tuple[str, ...] = ()


Entry = Team | Skill | Agent | Queue | Disposition | PresenceReason | Reply | Alert


class Kind(StrEnum):
    """What a site's set-up is made of, by the name that API, tree and table share."""

    TEAMS = "teams"
    SKILLS = "skills"
    AGENTS = "agents"
    QUEUES = "queues"
    DISPOSITIONS = "dispositions"
    PRESENCE_REASONS = "presence-reasons"
    REPLIES = "replies"
    ALERTS = "alerts"


STRUCT_OF: dict[Kind, type[Entry]] = {
    Kind.TEAMS: Team,
    Kind.SKILLS: Skill,
    Kind.AGENTS: Agent,
    Kind.QUEUES: Queue,
    Kind.DISPOSITIONS: Disposition,
    Kind.PRESENCE_REASONS: PresenceReason,
    Kind.REPLIES: Reply,
    Kind.ALERTS: Alert,
}
_KIND_OF = {struct: kind for kind, struct in STRUCT_OF.items()}


def kind_of(entry: Entry) -> Kind:
    return _KIND_OF[type(entry)]


class Catalogue(msgspec.Struct, frozen=True):
    """A site's whole set-up at one moment. Never changed in place: hold on to it as long as you like.

    `version` counts the site's changes.
    """

    site: Site
    version: int = 0
    teams: dict[TeamId, Team] = {}
    skills: dict[SkillId, Skill] = {}
    agents: dict[AgentId, Agent] = {}
    queues: dict[QueueId, Queue] = {}
    dispositions: dict[str, Disposition] = {}
    presence_reasons: dict[str, PresenceReason] = {}
    replies: dict[str, Reply] = {}
    alerts: dict[str, Alert] = {}

    def entries(self, kind: Kind) -> dict[str, Entry]:
        found: dict[str, Entry] = getattr(self, kind.replace("-", "_"))
        return found

    @property
    def alerts_in_force(self) -> tuple[Alert, ...]:
        return tuple(self.alerts.values()) or STANDARD_ALERTS


# ---- people ------------------------------------------------------------------------------------


class PersonRole(StrEnum):
    """What a person may do at a site. Each may what the one before may."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"

    def covers(self, needed: "PersonRole") -> bool:
        order = list(PersonRole)
        return order.index(self) >= order.index(needed)


class Person(msgspec.Struct, frozen=True):
    """Somebody who may sign in, as one site knows them. `agent`: the agent they serve contacts as, if any."""

    id: PersonId
    email: str
    name: str
    role: PersonRole
    agent: AgentId | None = None


class NewPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    email: str
    name: str
    role: PersonRole
    agent: AgentId | None = None


class PersonMade(msgspec.Struct, frozen=True):
    """`password` is shown this once; None for somebody who signs in at another site already."""

    person: Person
    password: str | None


# ---- signing in --------------------------------------------------------------------------------


class SignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    email: str
    password: str


class ChangePassword(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    old: str
    new: str


class Me(msgspec.Struct, frozen=True):
    person: str
    name: str
    email: str
    site: str
    site_title: str
    role: PersonRole
    agent: str | None  # None: does not serve contacts


class SignedIn(msgspec.Struct, frozen=True):
    """`guard`: send it as the header `x-dryfly-guard` with every request that changes something.

    `must_change`: nothing else is allowed until the password is changed.
    """

    me: Me
    guard: str
    must_change: bool = False


class SitePlace(msgspec.Struct, frozen=True):
    """A site where somebody may work, and as what."""

    site: str
    title: str
    role: PersonRole


class AuditLine(msgspec.Struct, frozen=True):
    """Who did what to which part of the set-up. `values` tells the change; no secret is ever in it."""

    seq: int
    at: int
    actor: str
    action: str
    subject: str
    values: dict[str, Any]
