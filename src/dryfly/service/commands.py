"""The commands that change the business set-up from a shell: `config`, `playbook`, `people`.

They write the tables and tell the running server, which tells its floor. Where no server runs, the next start
does.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from dryfly.bot import store as playbooks
from dryfly.bot.playbook import Playbook
from dryfly.bot.playbook_file import parse_playbook
from dryfly.floor.model import AgentId, AgentSpec, Command, QueueSpec, SiteId, SkillId
from dryfly.platform.clock import Clock, SystemClock
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError
from dryfly.service.notices import tell
from dryfly.setup.advice import findings
from dryfly.setup.change import Change, changed
from dryfly.setup.defaults import FIRST_SITE
from dryfly.setup.model import Agent, Catalogue, NewPerson, PersonRole, Queue, Skill, new_agent_spec
from dryfly.setup.passwords import Passwords
from dryfly.setup.people import People
from dryfly.setup.sessions import Session, Sessions
from dryfly.setup.sites import SYSTEM, Sites
from dryfly.setup.tree import difference, export_tree, read_tree

Say = Callable[[str], None]


async def _the_next_start_tells_the_floor(site: SiteId, command: Command, actor: str) -> None:
    """The tables are what is wanted; the server that runs now, or the next one, makes the floor follow."""


async def open_sites(db: Database, clock: Clock) -> Sites:
    sites = Sites(db, clock, _the_next_start_tells_the_floor)
    await sites.ensure_first_site()
    return sites


async def _notify(db: Database, site: SiteId) -> None:
    async with db.site(site) as conn:
        await tell(conn, site)


# ---- config ------------------------------------------------------------------------------------


async def config(argv: Sequence[str], db: Database, *, clock: Clock | None = None, say: Say = print) -> int:
    """`dryfly config export [--site S]`, `diff FILE`, `apply FILE`: a site's whole set-up as one YAML tree."""
    parser = argparse.ArgumentParser(prog="dryfly config")
    parser.add_argument("what", choices=["export", "diff", "apply"])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--site", default=FIRST_SITE)
    args = parser.parse_args(argv)
    sites = await open_sites(db, clock or SystemClock())
    catalogue = await sites.refresh(SiteId(args.site))
    if args.what == "export":
        say(export_tree(catalogue))
        return 0
    change = read_tree(_read(args.file), catalogue)
    for line in difference(catalogue, change) or ["nothing differs"]:
        say(line)
    for found in findings(catalogue, changed(catalogue, change), sites.now()):
        say(f"! {found.text}" if found.refused else f"? {found.where}: {found.text}")
    if args.what == "apply":
        await sites.change(SiteId(args.site), change, SYSTEM, version=catalogue.version)
        await _notify(db, SiteId(args.site))
    return 0


def _read(file: Path | None) -> str:
    if file is None:
        raise CallerError("file_missing", "Name the file.")
    if str(file) == "-":
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise CallerError("file_unreadable", f"{file} cannot be read: {error.strerror}.") from error


# ---- playbook ----------------------------------------------------------------------------------


async def playbook(argv: Sequence[str], db: Database, *, clock: Clock | None = None, say: Say = print) -> int:
    """`dryfly playbook import FILE [--site S]`: what the bot says, and the queues that it hands over to."""
    parser = argparse.ArgumentParser(prog="dryfly playbook")
    parser.add_argument("what", choices=["import"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--site", default=FIRST_SITE)
    args = parser.parse_args(argv)
    clock = clock or SystemClock()
    site, text = SiteId(args.site), _read(args.file)
    wanted = parse_playbook(text)
    sites = await open_sites(db, clock)
    change = missing_for(await sites.refresh(site), wanted)
    await sites.change(site, change, SYSTEM)
    async with db.site(site) as conn:
        version = await playbooks.put_playbook(conn, site, text, clock.now())
    await _notify(db, site)
    made = ", ".join(entry.id for entry in change.puts) or "none"
    say(f"Playbook version {version}: {len(wanted.needs)} needs. New queues and skills: {made}.")
    return 0


def missing_for(catalogue: Catalogue, wanted: Playbook) -> Change:
    """The skills and queues that a playbook names and the site does not have."""
    skills = {need.skill for queue in wanted.queues for need in queue.requirement} - catalogue.skills.keys()
    queues = [queue for queue in wanted.queues if queue.id not in catalogue.queues]
    return Change(
        puts=(
            *(Skill(SkillId(skill), skill.replace("-", " ").capitalize()) for skill in sorted(skills)),
            *(
                Queue(
                    queue.id,  # type: ignore[arg-type]
                    queue.title,
                    spec=QueueSpec(requirement=queue.requirement, target_s=queue.target_s),
                )
                for queue in queues
            ),
        )
    )


# ---- people ------------------------------------------------------------------------------------


async def people(argv: Sequence[str], db: Database, *, clock: Clock | None = None, say: Say = print) -> int:
    """`dryfly people add EMAIL --name N --role agent|supervisor|administrator [--skills a=5,b=3]`."""
    parser = argparse.ArgumentParser(prog="dryfly people")
    parser.add_argument("what", choices=["add"])
    parser.add_argument("email")
    parser.add_argument("--name", required=True)
    parser.add_argument("--role", choices=[role.value for role in PersonRole], default="agent")
    parser.add_argument("--skills", default="", help="of the agent: returns=5,orders=3")
    parser.add_argument("--site", default=FIRST_SITE)
    args = parser.parse_args(argv)
    clock = clock or SystemClock()
    site, agent = SiteId(args.site), AgentId(_id_of(args.name))
    sites = await open_sites(db, clock)
    catalogue = await sites.refresh(site)
    if agent not in catalogue.agents:
        change = agent_with(agent, args.name, _skills(args.skills), catalogue)
        await sites.change(site, change, SYSTEM)
    sessions = Sessions(db, clock)
    directory = People(db, clock, Passwords(), sessions)
    made = await directory.add(site, NewPerson(args.email, args.name, PersonRole(args.role), agent), _operator(site))
    await _notify(db, site)
    say(f"{args.email} may sign in" + (f" with the one-time password {made.password}" if made.password else ""))
    return 0


def agent_with(agent: AgentId, name: str, skills: dict[SkillId, int], catalogue: Catalogue) -> Change:
    new = [Skill(skill, skill.capitalize()) for skill in skills if skill not in catalogue.skills]
    spec = AgentSpec(skills, channels=new_agent_spec().channels)
    return Change(puts=(*new, Agent(agent, name, spec=spec)))


def _id_of(name: str) -> str:
    """An id from a name: "Bob Müller" is `bob-m-ller`."""
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower()).strip("-")[:64] or "agent"


def _skills(text: str) -> dict[SkillId, int]:
    try:
        pairs = [part.split("=") for part in text.split(",") if part]
        return {SkillId(skill.strip()): int(level) for skill, level in pairs}
    except ValueError:
        raise CallerError("skills_wrong", "Write skills as returns=5,orders=3.") from None


def _operator(site: SiteId) -> Session:
    """Whoever has the machine has the installation."""
    return Session(
        id="", person="operator", name="Operator", email="", site=site,  # type: ignore[arg-type]
        roles={SiteId("*"): PersonRole.ADMINISTRATOR}, agent=None, must_change=False, made_at=0, guard="", heard=0,
    )  # fmt: skip
