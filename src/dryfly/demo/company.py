"""The demo company's set-up: who works there, what they can, how talks end, what they often say."""

import msgspec

from dryfly.demo.goods import ARTICLES
from dryfly.floor.model import (
    AgentId,
    AgentSpec,
    Channel,
    ChannelCapacity,
    QueueId,
    QueueSpec,
    SiteId,
    SkillId,
    SkillNeed,
)
from dryfly.setup.change import Change
from dryfly.setup.look import Look
from dryfly.setup.model import (
    Agent,
    Disposition,
    LoginAlgorithm,
    LoginKey,
    PersonRole,
    PresenceReason,
    Queue,
    Reply,
    Site,
    Skill,
    Team,
    TeamId,
)

SITE = SiteId("main")
TITLE = "Fluggerbot & Co."
LOGIN_KEY = "demo-shop"
MAIL = "fluggerbot.example"
YOU = AgentId("anna")  # whom the visitor may be


class Worker(msgspec.Struct, frozen=True):
    """`starts`, `hours`: of the usual shift (UTC). `days_off`: of the week, Monday is 0."""

    id: str
    name: str
    team: str
    skills: dict[str, int]
    starts: int
    hours: int
    days_off: tuple[int, int]


WORKERS = (
    Worker("anna", "Anna Berg", "orders", {"orders": 5, "returns": 4, "care": 5, "sales": 4}, 8, 8, (5, 6)),
    Worker("kofi", "Kofi Mensah", "orders", {"orders": 8, "returns": 3}, 8, 8, (5, 6)),
    Worker("mei", "Mei Zhang", "orders", {"orders": 7, "sales": 3}, 12, 8, (0, 1)),
    Worker("lukas", "Lukas Weber", "orders", {"orders": 4, "returns": 4}, 10, 8, (2, 6)),
    Worker("priya", "Priya Iyer", "returns", {"returns": 8, "orders": 4}, 8, 8, (3, 6)),
    Worker("omar", "Omar Haddad", "returns", {"returns": 6, "care": 5}, 12, 8, (0, 5)),
    Worker("zuzanna", "Zuzanna Nowak", "returns", {"returns": 5, "orders": 3}, 9, 6, (4, 5)),
    Worker("tiago", "Tiago Carvalho", "advice", {"sales": 8, "orders": 2}, 8, 8, (5, 6)),
    Worker("sakura", "Sakura Mori", "advice", {"sales": 7, "returns": 3}, 12, 8, (1, 2)),
    Worker("elif", "Elif Kaya", "advice", {"sales": 6, "orders": 5}, 10, 6, (3, 4)),
    Worker("grace", "Grace Walsh", "care", {"care": 8, "returns": 6, "orders": 6}, 8, 8, (5, 6)),
    Worker("emeka", "Emeka Okafor", "care", {"care": 7, "orders": 5}, 12, 8, (0, 6)),
    Worker("camila", "Camila Rojas", "care", {"care": 6, "returns": 5, "sales": 4}, 10, 8, (2, 3)),
    Worker("nils", "Nils Dahl", "orders", {"orders": 3, "returns": 3}, 14, 6, (1, 4)),
)

PEOPLE = {  # by what the visitor wants to see: (name, role, the agent they serve as)
    "agent": ("Anna Berg", PersonRole.AGENT, YOU),
    "supervisor": ("Noor Rahman", PersonRole.SUPERVISOR, AgentId("noor")),
    "administrator": ("Astrid Holm", PersonRole.ADMINISTRATOR, None),
}

QUEUES = {"general": {}, "orders": {"orders": 2}, "returns": {"returns": 3}, "care": {"care": 5}}
QUEUE_TITLES = {
    "general": ("Advice and sales", 90),
    "orders": ("Orders and delivery", 60),
    "returns": ("Returns and refunds", 60),
    "care": ("Complaints and leaving", 40),
}
SKILLS = {"orders": "Orders", "returns": "Returns", "care": "Complaints", "sales": "Advice"}
TEAMS = {"orders": "Orders", "returns": "Returns", "advice": "Advice", "care": "Care"}


def email_of(id: str) -> str:
    return f"{id}@{MAIL}"


def site_of(secret: str) -> Site:
    """`secret`: with which the shop's pages sign who is there."""
    key = LoginKey(LOGIN_KEY, LoginAlgorithm.HS256, secret)
    return Site(SITE, TITLE, Look(f"Ask {TITLE}", "Flo"), login_keys=(key,))


def entries() -> Change:
    return Change(
        puts=(
            *(Team(TeamId(id), title) for id, title in TEAMS.items()),
            *(Skill(SkillId(id), title) for id, title in SKILLS.items()),
            *(_queue(id) for id in QUEUES),
            *(_agent(worker) for worker in WORKERS),
            Agent(
                AgentId("noor"), "Noor Rahman", team=TeamId("care"), spec=_spec({"care": 9, "orders": 9, "returns": 9})
            ),
            *(Disposition(id, title, queues) for id, title, queues in DISPOSITIONS),
            *(PresenceReason(id, title) for id, title in _REASONS),
            *_replies(),
        )
    )


def _queue(id: str) -> Queue:
    needs = tuple(SkillNeed(SkillId(skill), level) for skill, level in QUEUES[id].items())
    title, target_s = QUEUE_TITLES[id]
    return Queue(QueueId(id), title, spec=QueueSpec(needs, target_s=target_s, service_level_s=60))


def _agent(worker: Worker) -> Agent:
    shown = worker.name.split()[0]
    return Agent(AgentId(worker.id), worker.name, shown, TeamId(worker.team), _spec(worker.skills))


def _spec(skills: dict[str, int]) -> AgentSpec:
    levels = {SkillId(skill): level for skill, level in skills.items()}
    return AgentSpec(levels, channels=(ChannelCapacity(Channel("web"), 33, 3),))


_RETURNS, _CARE = QueueId("returns"), QueueId("care")
DISPOSITIONS = (
    ("solved", "Solved", ()),
    ("order-changed", "Order changed", (QueueId("orders"),)),
    ("return-made", "Return made", (_RETURNS, _CARE)),
    ("refund-made", "Refund made", (_RETURNS, _CARE)),
    ("sold", "Sold", (QueueId("general"),)),
    ("advice", "Advice given", (QueueId("general"),)),
    ("stays", "Stays with us", (_CARE,)),
    ("call-back", "We will get back", ()),
    ("not-solved", "Not solved", ()),
    ("spam", "Spam or wrong address", ()),
)
_REASONS = (("break", "Break"), ("lunch", "Lunch"), ("training", "Training"), ("meeting", "Meeting"))

_SAYINGS = (
    ("hello", "Hello", "Hello {customer}, this is {agent}. I have read what you wrote.", ""),
    ("moment", "One moment", "One moment please, I am looking at it.", ""),
    ("anything-else", "Anything else?", "Is there anything else that I can do for you?", ""),
    ("goodbye", "Goodbye", "Thank you for writing to us, {customer}. Have a good day!", ""),
    ("sorry", "Sorry", "I am sorry about that, {customer}. Let me put it right.", "care"),
    (
        "carrier-asked",
        "Carrier asked",
        "I asked the carrier about order {order}. They answer within a day.",
        "orders",
    ),
    ("order-cancelled", "Order cancelled", "Order {order} is cancelled. Nothing will be charged.", "orders"),
    (
        "return-label",
        "Return label",
        "The label for order {order} is in your mail. It costs you nothing.",
        "returns",
    ),
    ("refund-days", "Refund takes", "The money is back with you within five days of the parcel's arrival.", "returns"),
    ("exchange", "Exchange", "I send you the other one today. Use the same box for the return.", "returns"),
)


def _replies() -> list[Reply]:
    said = [Reply(id, title, text, (QueueId(queue),) if queue else ()) for id, title, text, queue in _SAYINGS]
    known = [Reply(f"article-{key}", title, text) for key, title, text in ARTICLES[:5]]
    return said + known
