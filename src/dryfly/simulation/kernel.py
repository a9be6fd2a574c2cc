"""The sub-model "one at a time" in machine code: for searches, which play thousands of runs to find where to look.

It takes what `drive` takes and gives what `drive` gives, to the millisecond, where `submodel.reasons_outside` finds
nothing; a property test holds the two together. It is a second writing of the floor's rules all the same, so nothing
that it says is shown to anybody before the floor itself has confirmed it.

Theory of operation
- One number says when, what and whose (`_key`), so that the heap of what comes next holds plain numbers and ties are
  broken as the drive breaks them. Arrivals and the roster come in order as they are, and stay out of the heap.
- Waiting contacts stand in one line for each queue and channel, which is in due order by itself. Idle agents stand in
  one line for each group, ordered by since when and by name. So each step looks at first places only.
- A plan to leave that was overtaken by an answer stays in the heap, and is dropped when it comes up.
"""

# mypy: disable-error-code="no-any-return"
# What an array gives is a number of its own kind to mypy, and a plain one to the compiler.

from typing import NamedTuple

import numpy as np

from dryfly.simulation.centre import Centre
from dryfly.simulation.compiling import compiled, compiled_within
from dryfly.simulation.submodel import KIND_BITS, NUMBER_BITS, NUMBER_MAX, TIME_MAX, Rules, reasons_outside, rules_of
from dryfly.simulation.workload import NONE, Act, Floats, Ints, Outcome, Roster, Trajectory, Workload, new_trajectory

TIMER, FINISH, WRAP_UP, ROSTER, LEAVE, ARRIVE = range(6)  # at one instant, in this order
NEVER = 2**63 - 1
AT_SHIFT, KIND_MAX = KIND_BITS + NUMBER_BITS, 2**KIND_BITS - 1

OFFLINE, READY, AWAY = range(3)
SIGN_IN, SIGN_OUT, PAUSE = int(Act.SIGN_IN), int(Act.SIGN_OUT), int(Act.PAUSE)
SERVED, ABANDONED, REFUSED = int(Outcome.SERVED), int(Outcome.ABANDONED), int(Outcome.REFUSED)
OPEN = int(Outcome.OPEN)

FIRST, LAST = range(2)  # rows of `House.lines` and `House.groups`
BEFORE, BEHIND, NUMBER = range(3)  # rows of `House.tries`; the last: order of entry
# Rows of `House.agents`; the first two as those of `House.tries`.
PRESENCE, ON_SHIFT, HELD, IDLE_SINCE, SETTLED_AT = range(2, 7)
HEAPED, CLOCK, ENTERED, OPENED, FREED, TOO_LATE = range(6)  # places of `House.counts`


class Work(NamedTuple):
    """Of a `Workload`, what counts here."""

    arrived: Ints
    queue: Ints
    line: Ints  # the queue on the contact's channel
    patience: Ints
    handling: Ints
    wrap_up: Ints
    retries: Ints
    retry_after: Ints
    further_at: Ints
    contact_at: Ints


class Staff(NamedTuple):
    at: Ints
    agent: Ints
    act: Ints
    speed: Floats
    pace: float


class Done(NamedTuple):
    """The arrays of a `Trajectory`."""

    entered: Ints
    agent: Ints
    started: Ints
    ended: Ints
    handled: Ints
    outcome: Ints
    agent_handling: Ints
    agent_ready: Ints


class House(NamedTuple):
    """What stands where, at the moment."""

    heap: Ints
    counts: Ints
    waiting: Ints  # by queue
    freed: Ints  # agents who may take more, and were not looked at yet
    tries: Ints
    lines: Ints
    agents: Ints
    groups: Ints


def drive(centre: Centre, workload: Workload, roster: Roster, *, until_ms: int | None = None) -> Trajectory:
    """As `drive.drive`. Raises ValueError if the centre lies outside the sub-model."""
    if outside := reasons_outside(centre, workload, roster):
        raise ValueError(" ".join(outside))
    return play(rules_of(centre), workload, roster, until_ms=until_ms)


def play(rules: Rules, workload: Workload, roster: Roster, *, until_ms: int | None = None) -> Trajectory:
    """A run by rules that were written down before."""
    trajectory = new_trajectory(workload, roster)
    house = _house(rules, workload, roster)
    until = TIME_MAX if until_ms is None else min(until_ms, TIME_MAX)
    _run(rules, _work(rules, workload), _staff(roster), _done(trajectory), house, until, until_ms is None)
    if house.counts[TOO_LATE]:
        raise ValueError("The run is longer than two years.")
    return trajectory


def _work(rules: Rules, load: Workload) -> Work:
    line = load.queue * rules.channels_count + load.channel
    times = (load.patience_ms, load.handling_ms, load.wrap_up_ms, load.retries, load.retry_after_ms)
    return Work(load.arrived_ms, load.queue, line, *times, load.further_at, load.contact_at)


def _staff(roster: Roster) -> Staff:
    return Staff(roster.at_ms, roster.agent, roster.act, roster.speed, float(roster.concurrency[0]))


def _done(done: Trajectory) -> Done:
    times = (done.started_ms, done.ended_ms, done.handled_ms)
    return Done(done.entered_ms, done.agent, *times, done.outcome, done.agent_handling_ms, done.agent_ready_ms)


def _house(rules: Rules, workload: Workload, roster: Roster) -> House:
    places, agents_count = workload.places_count, roster.agents_count
    agents = np.zeros((7, agents_count), dtype=np.int64)
    agents[HELD] = NONE
    return House(
        heap=np.full(places + 2 * agents_count + 8, NEVER, dtype=np.int64),
        counts=np.zeros(6, dtype=np.int64),
        waiting=np.zeros(len(rules.waiting_max), dtype=np.int64),
        freed=np.zeros(agents_count, dtype=np.int64),
        tries=np.zeros((3, places), dtype=np.int64),
        lines=np.full((2, len(rules.asked_from)), NONE, dtype=np.int64),
        agents=agents,
        groups=np.full((2, len(rules.serves_from)), NONE, dtype=np.int64),
    )


# ---- the run -----------------------------------------------------------------------------------


@compiled
def _run(rules: Rules, work: Work, staff: Staff, done: Done, house: House, until: int, to_the_end: bool) -> None:
    counts = house.counts
    came, acted = 0, 0
    next_arrival, next_act = _arrival_key(work, came), _act_key(staff, acted)
    while True:
        planned = house.heap[0]
        key = min(planned, next_act, next_arrival)
        now, kind, number = key >> AT_SHIFT, (key >> NUMBER_BITS) & KIND_MAX, key & NUMBER_MAX
        if key == NEVER or now > until:
            break
        act, fresh = SIGN_OUT, NONE  # whoever signs out unasked is planned in the heap
        if key == planned:
            _pop(house.heap, counts)
        elif key == next_act:
            act = staff.act[acted]
            acted += 1
            next_act = _act_key(staff, acted)
        else:
            came += 1
            next_arrival = _arrival_key(work, came)
        if kind == ARRIVE:
            fresh = _arrive(rules, work, done, house, number, now)
        elif kind == ROSTER:
            _act(done, house, rules, number, act, now)
        elif kind == LEAVE:
            _leave(rules, work, done, house, number, now)
        elif kind != FINISH or not _wraps_up(rules, work, done, house, number, now):
            _close(rules, done, house, number, now)
        if fresh != NONE or (counts[FREED] and not _is_timer_due(house, now)):
            _match(rules, work, staff, done, house, fresh, now)
    _finish(done, house, counts[CLOCK] if to_the_end else until)


@compiled_within
def _is_timer_due(house: House, now: int) -> bool:
    """The floor brings people together when all its timers of one moment have fired."""
    return house.heap[0] >> NUMBER_BITS == _key(now, TIMER, 0) >> NUMBER_BITS


@compiled_within
def _finish(done: Done, house: House, end: int) -> None:
    """Who is still in the house is told so."""
    for place in range(len(done.entered)):
        if done.entered[place] != NONE and done.ended[place] == NONE:
            done.outcome[place] = OPEN
            if done.started[place] != NONE:
                done.handled[place] += end - done.started[place]
    for agent in range(len(done.agent_ready)):
        _settle(done, house, agent, end)


# ---- customers ---------------------------------------------------------------------------------


@compiled_within
def _arrive(rules: Rules, work: Work, done: Done, house: House, place: int, now: int) -> int:
    """Who is to be looked at now: this one, unless the queue is full."""
    contact, counts = _at(work.contact_at, place), house.counts
    queue = _at(work.queue, contact)
    done.entered[place] = now
    if counts[OPENED] >= rules.contacts_max or house.waiting[queue] >= rules.waiting_max[queue]:
        done.outcome[place], done.ended[place] = REFUSED, now
        return NONE
    counts[CLOCK] = now
    counts[ENTERED] += 1
    counts[OPENED] += 1
    house.waiting[queue] += 1
    house.tries[NUMBER, place] = counts[ENTERED]
    line = _at(work.line, contact)
    _stand_behind(house.lines, house.tries, line, house.lines[LAST, line], place)
    return place


@compiled_within
def _leave(rules: Rules, work: Work, done: Done, house: House, place: int, now: int) -> None:
    """If nobody has answered in the meantime."""
    if done.started[place] != NONE:
        return
    contact, counts = _at(work.contact_at, place), house.counts
    counts[CLOCK] = now
    counts[OPENED] -= 1
    house.waiting[_at(work.queue, contact)] -= 1
    _part(house.lines, house.tries, _at(work.line, contact), place)
    done.outcome[place], done.ended[place] = ABANDONED, now
    again = work.further_at[contact] if place == contact else place + 1
    if again < work.further_at[contact] + work.retries[contact]:
        _plan(house.heap, counts, now + work.retry_after[contact], ARRIVE, again)


# ---- talks -------------------------------------------------------------------------------------


@compiled_within
def _engage(rules: Rules, work: Work, staff: Staff, done: Done, house: House, place: int, agent: int, now: int) -> None:
    contact = _at(work.contact_at, place)
    house.waiting[_at(work.queue, contact)] -= 1
    _part(house.lines, house.tries, _at(work.line, contact), place)
    _part(house.groups, house.agents, _at(rules.group, agent), agent)
    _settle(done, house, agent, now)
    house.agents[HELD, agent] = place
    done.started[place], done.agent[place] = now, agent
    work_ms = work.handling[contact] / staff.speed[agent, _at(work.queue, contact)]
    _plan(house.heap, house.counts, now + int(work_ms / staff.pace + 0.5), FINISH, place)


@compiled_within
def _wraps_up(rules: Rules, work: Work, done: Done, house: House, place: int, now: int) -> bool:
    """Whether work follows the talk; it goes on until it is done, or the timer ends it."""
    contact, own = _at(work.contact_at, place), rules.own_wrap_up_ms[_at(done.agent, place)]
    longest, work_ms = rules.wrap_up_ms[_at(work.queue, contact)] if own == NONE else own, work.wrap_up[contact]
    if longest == 0:
        return False
    house.counts[CLOCK] = now
    is_sooner = work_ms != NONE and work_ms < longest
    kind, lasts = (WRAP_UP, work_ms) if is_sooner else (TIMER, longest)
    _plan(house.heap, house.counts, now + lasts, kind, place)
    return True


@compiled_within
def _close(rules: Rules, done: Done, house: House, place: int, now: int) -> None:
    agent, agents, counts = _at(done.agent, place), house.agents, house.counts
    counts[CLOCK] = now
    counts[OPENED] -= 1
    done.outcome[place], done.ended[place] = SERVED, now
    done.handled[place] = now - done.started[place]
    _settle(done, house, agent, now)
    agents[HELD, agent] = NONE
    agents[IDLE_SINCE, agent] = now
    if agents[PRESENCE, agent] == READY:
        _free(rules, house, agent)
    elif agents[PRESENCE, agent] == AWAY and not agents[ON_SHIFT, agent]:
        _plan(house.heap, counts, now, ROSTER, agent)


# ---- agents ------------------------------------------------------------------------------------


@compiled_within
def _act(done: Done, house: House, rules: Rules, agent: int, act: int, now: int) -> None:
    agents = house.agents
    if act in (SIGN_IN, SIGN_OUT):
        agents[ON_SHIFT, agent] = act == SIGN_IN
    elif not agents[ON_SHIFT, agent]:
        return
    presence = READY
    if act == PAUSE or (act == SIGN_OUT and agents[HELD, agent] != NONE):
        presence = AWAY
    elif act == SIGN_OUT:
        presence = OFFLINE
    _present(done, house, rules, agent, presence, now)


@compiled_within
def _present(done: Done, house: House, rules: Rules, agent: int, presence: int, now: int) -> None:
    agents = house.agents
    house.counts[CLOCK] = now
    before = agents[PRESENCE, agent]
    if presence == before:
        return
    _settle(done, house, agent, now)
    agents[PRESENCE, agent] = presence
    is_free = agents[HELD, agent] == NONE
    if before == READY and is_free:
        _part(house.groups, agents, _at(rules.group, agent), agent)
    if presence == READY:
        agents[IDLE_SINCE, agent] = now
        if is_free:
            _free(rules, house, agent)


@compiled_within
def _settle(done: Done, house: House, agent: int, now: int) -> None:
    """Book the time since the last change."""
    agents = house.agents
    passed = now - agents[SETTLED_AT, agent]
    agents[SETTLED_AT, agent] = now
    if agents[HELD, agent] != NONE:
        done.agent_handling[agent] += passed
    elif agents[PRESENCE, agent] == READY:
        done.agent_ready[agent] += passed


@compiled_within
def _free(rules: Rules, house: House, agent: int) -> None:
    """Stands behind those who have been idle for longer, and by name among those since the same moment."""
    agents, groups, group = house.agents, house.groups, _at(rules.group, agent)
    ahead = groups[LAST, group]
    while ahead != NONE and _is_later(rules, agents, ahead, agent):
        ahead = agents[BEFORE, ahead]
    _stand_behind(groups, agents, group, ahead, agent)
    house.freed[house.counts[FREED]] = agent
    house.counts[FREED] += 1


@compiled_within
def _is_later(rules: Rules, agents: Ints, one: int, other: int) -> bool:
    """Whether one has been idle since later than the other."""
    since, since_other = agents[IDLE_SINCE, one], agents[IDLE_SINCE, other]
    return since > since_other or (since == since_other and rules.name_rank[one] > rules.name_rank[other])


# ---- bringing them together --------------------------------------------------------------------


@compiled_within
def _match(rules: Rules, work: Work, staff: Staff, done: Done, house: House, fresh: int, now: int) -> None:
    """In due order, each contact that just came, or that somebody freed may serve, goes to the best agent."""
    place = fresh
    while True:
        if fresh == NONE:
            place = _wanted(rules, done, house)
        agent = _best_agent(rules, house, _at(work.line, _at(work.contact_at, place))) if place != NONE else NONE
        if agent == NONE:
            break
        _engage(rules, work, staff, done, house, place, agent, now)
        fresh = NONE
    house.counts[FREED] = 0
    if fresh != NONE and work.patience[_at(work.contact_at, place)] != NONE:
        _plan(house.heap, house.counts, now + work.patience[_at(work.contact_at, place)], LEAVE, place)


@compiled_within
def _wanted(rules: Rules, done: Done, house: House) -> int:
    """Due first among what those who were freed may serve."""
    first, first_due = NONE, NEVER
    for freed in range(house.counts[FREED]):
        agent = _at(house.freed, freed)
        if house.agents[HELD, agent] != NONE:
            continue
        group = _at(rules.group, agent)
        for at in range(rules.serves_from[group], rules.serves_from[group + 1]):
            line = _at(rules.serves, at)
            place = house.lines[FIRST, line]
            if place == NONE:
                continue
            due = done.entered[place] + rules.target_ms[line]
            if due < first_due or (due == first_due and house.tries[NUMBER, place] < house.tries[NUMBER, first]):
                first, first_due = place, due
    return first


@compiled_within
def _best_agent(rules: Rules, house: House, line: int) -> int:
    """Of the best group with somebody idle: who has been idle for longest."""
    best, best_rank = NONE, NONE
    for at in range(rules.asked_from[line], rules.asked_from[line + 1]):
        if best != NONE and rules.asked_rank[at] != best_rank:
            break
        agent = house.groups[FIRST, _at(rules.asked, at)]
        if agent != NONE and (best == NONE or _is_later(rules, house.agents, best, agent)):
            best, best_rank = agent, rules.asked_rank[at]
    return best


# ---- lines -------------------------------------------------------------------------------------


@compiled_within
def _stand_behind(lines: Ints, members: Ints, line: int, ahead: int, member: int) -> None:
    """`ahead` is -1 for who stands first."""
    behind = lines[FIRST, line] if ahead == NONE else members[BEHIND, ahead]
    members[BEFORE, member], members[BEHIND, member] = ahead, behind
    if ahead == NONE:
        lines[FIRST, line] = member
    else:
        members[BEHIND, ahead] = member
    if behind == NONE:
        lines[LAST, line] = member
    else:
        members[BEFORE, behind] = member


@compiled_within
def _part(lines: Ints, members: Ints, line: int, member: int) -> None:
    ahead, behind = members[BEFORE, member], members[BEHIND, member]
    if ahead == NONE:
        lines[FIRST, line] = behind
    else:
        members[BEHIND, ahead] = behind
    if behind == NONE:
        lines[LAST, line] = ahead
    else:
        members[BEFORE, behind] = ahead


@compiled_within
def _at(numbers: Ints, spot: int) -> int:
    """A number that is a place itself: never below nothing, which spares the machine a look from the end."""
    return numbers[spot] & NUMBER_MAX


# ---- what comes next ---------------------------------------------------------------------------


@compiled_within
def _key(at: int, kind: int, number: int) -> int:
    return (at << AT_SHIFT) | (kind << NUMBER_BITS) | number


@compiled_within
def _arrival_key(work: Work, contact: int) -> int:
    return _key(work.arrived[contact], ARRIVE, contact) if contact < len(work.arrived) else NEVER


@compiled_within
def _act_key(staff: Staff, number: int) -> int:
    return _key(staff.at[number], ROSTER, staff.agent[number]) if number < len(staff.at) else NEVER


@compiled
def _plan(heap: Ints, counts: Ints, at: int, kind: int, number: int) -> None:
    if at > TIME_MAX:
        counts[TOO_LATE] = 1
        return
    key, spot = _key(at, kind, number), counts[HEAPED]
    counts[HEAPED] += 1
    while spot:
        above = (spot - 1) >> 1
        if heap[above] <= key:
            break
        heap[spot] = heap[above]
        spot = above
    heap[spot] = key


@compiled
def _pop(heap: Ints, counts: Ints) -> None:
    """Take the first away. Behind the last stands `NEVER`, so that the smaller of two is found without asking."""
    counts[HEAPED] -= 1
    count = counts[HEAPED]
    key, spot, below = heap[count], 0, 1
    heap[count] = NEVER
    while below < count:
        below += heap[below + 1] < heap[below]
        if heap[below] >= key:
            break
        heap[spot] = heap[below]
        spot, below = below, 2 * below + 1
    heap[spot] = key if count else NEVER
