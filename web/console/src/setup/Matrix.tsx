// biome-ignore-all lint/a11y/useSemanticElements: a table of only the rows in sight is told by roles
/**
 * Agents × skills, edited like a spreadsheet. Only the rows in sight are drawn; every change is one step of the draft.
 * What the queues need stands above and below it (`SkillNotes`).
 */

import {
  type ClipboardEvent,
  type Dispatch,
  type KeyboardEvent,
  memo,
  type SetStateAction,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react"
import { type Entries, type Entry, entriesOf, entryAt, placeOf, valueAt, withValue } from "./draft"
import { titleOf, useAround } from "./Form"
import { One } from "./inputs"
import {
  type Box,
  boxOf,
  cellsIn,
  clamped,
  FIRST,
  fromText,
  inSight,
  moved,
  type Selection,
  type Typed,
  toText,
  typed,
} from "./matrix"
import { firstStep } from "./routing"
import type { PageProps } from "./Setup"
import { Lacking, Reach, SkillNotes, say as sayNeeds } from "./SkillNotes"
import { askedBy, lackingFor, NOBODY, needsOf, type SkillStanding, skillsOf, standings, stepsOf } from "./skills"
import { useSetup } from "./store"
import { say } from "./words"

const ROW_PX = 30
const NAME_PX = 190
const CELL_PX = 44
const levelOf = (agent: Entry, skill: string) => valueAt(agent, ["spec", "skills", skill]) as number | undefined

const NOTHING: Entries = {}
const order = new Intl.Collator(undefined, { numeric: true })
const byName = (name: string) => (one: Entry, other: Entry) => order.compare(String(one[name]), String(other[name]))

/** Of the draft; the same thing for as long as nothing of its kind is changed. */
function useDraft(kind: "agents" | "skills" | "queues"): Entries {
  const { store } = useAround()
  return useSetup(store, (state) => (state.draft ? entriesOf(state.draft, kind) : NOTHING))
}

export default function Matrix({ chosen }: PageProps) {
  const [all, allSkills, queues] = [useDraft("agents"), useDraft("skills"), useDraft("queues")]
  const [find, setFind] = useState("")
  const [team, setTeam] = useState<string | null>(null)
  const [named, setQueue] = useState<string | null>(chosen ?? null)
  const queue = named === null ? undefined : queues[named]
  const agents = useMemo(() => {
    const wanted = find.trim().toLowerCase()
    const found = Object.entries(all).filter(
      ([id, agent]) => (team === null || agent.team === team) && `${agent.name} ${id}`.toLowerCase().includes(wanted),
    )
    return found.map(([, agent]) => agent).sort(byName("name"))
  }, [all, find, team])
  const skills = useMemo(() => {
    const asked = queue ? askedBy(queue) : null
    const wanted = Object.values(allSkills).filter(({ id }) => !asked?.size || asked.has(String(id)))
    return wanted.sort(byName("title"))
  }, [allSkills, queue])
  const standing = useMemo(() => standings(all, queues), [all, queues])
  if (skills.length === 0) return <p className="empty">{say("matrix.no_skills")}</p>
  return (
    <div className="matrixpage">
      <div className="row wrap">
        <input
          className="input filter"
          type="search"
          placeholder={say("matrix.filter")}
          aria-label={say("matrix.filter")}
          value={find}
          onChange={(event) => setFind(event.target.value)}
        />
        <One
          of="teams"
          isOptional
          value={team}
          set={setTeam}
          none={say("matrix.all_teams")}
          aria-label={say("matrix.team")}
        />
        <One
          of="queues"
          isOptional
          value={queue ? named : null}
          set={setQueue}
          none={sayNeeds("all_queues")}
          aria-label={sayNeeds("queue")}
        />
        <span className="s">
          {say("matrix.count", { shown: agents.length, all: Object.keys(all).length, skills: skills.length })}
        </span>
      </div>
      {queue && <Reach queue={queue} agents={all} />}
      <Lacking skills={allSkills} queues={queues} standing={standing} show={setQueue} />
      {agents.length === 0 ? (
        <p className="empty">{say("matrix.no_agents")}</p>
      ) : (
        <Grid agents={agents} skills={skills} queue={queue} standing={standing} />
      )}
    </div>
  )
}

interface GridProps {
  readonly agents: readonly Entry[]
  readonly skills: readonly Entry[]
  /** The one whose agents are marked. */
  readonly queue: Entry | undefined
  readonly standing: ReadonlyMap<string, SkillStanding>
}

function Grid({ agents, skills, queue, standing }: GridProps) {
  const { store, readOnly } = useAround()
  const seen = useSetup(store, (state) => state.seen)
  const place = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 600 })
  const [chosen, setChosen] = useState<Selection>(FIRST)
  const lastTyped = useRef<Typed | null>(null)
  const size = { rows: agents.length, columns: skills.length, page: Math.max(1, Math.floor(view.height / ROW_PX) - 5) }
  const selection = clamped(chosen, size)
  const box = boxOf(selection)
  const [first, last] = inSight(view.top, view.height, ROW_PX, agents.length)
  useEffect(() => {
    const element = place.current
    if (!element) return
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight })
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  function choose(next: Selection): void {
    lastTyped.current = null
    setChosen(next)
    if (place.current) scrollTo(place.current, next)
  }

  function write(levels: (row: number, column: number) => number | undefined, where: Box): void {
    if (readOnly) return
    const changes: [string, Entry][] = []
    for (let row = where.top; row <= Math.min(where.bottom, agents.length - 1); row++) {
      let agent = agents[row] as Entry
      for (let column = where.left; column <= Math.min(where.right, skills.length - 1); column++)
        agent = withValue(agent, ["spec", "skills", idAt(skills, column)], levels(row - where.top, column - where.left))
      changes.push([placeOf("agents", String(agent.id)), agent])
    }
    store.putAll(changes)
  }

  function onKey(event: KeyboardEvent): void {
    const { key, shiftKey } = event
    const ctrlKey = event.ctrlKey || event.metaKey
    const next = moved(selection, { key, shiftKey, ctrlKey }, size)
    if (next) choose(next)
    else if (ctrlKey && key.toLowerCase() === "a")
      choose({ anchor: { row: 0, column: 0 }, at: { row: size.rows - 1, column: size.columns - 1 } })
    else if (ctrlKey || event.altKey) return
    else if (/^\d$/.test(key)) {
      lastTyped.current = typed(lastTyped.current, Number(key), event.timeStamp)
      const { level } = lastTyped.current
      write(() => level || undefined, box)
    } else if (key === "Delete" || key === "Backspace") write(() => undefined, box)
    else return
    event.preventDefault()
  }

  function onCopy(event: ClipboardEvent): void {
    const rows = agents.slice(box.top, box.bottom + 1)
    const columns = skills.slice(box.left, box.right + 1)
    event.clipboardData.setData(
      "text/plain",
      toText(rows.map((agent) => columns.map((skill) => levelOf(agent, String(skill.id))))),
    )
    event.preventDefault()
  }

  /** One value fills what is selected; several go down and right from its corner. */
  function onPaste(event: ClipboardEvent): void {
    event.preventDefault()
    const levels = fromText(event.clipboardData.getData("text/plain"))
    if (levels === null) return
    const height = levels.length
    const width = Math.max(...levels.map((row) => row.length))
    const isOne = height === 1 && width === 1
    const where = isOne ? box : { ...box, bottom: box.top + height - 1, right: box.left + width - 1 }
    write((row, column) => (isOne ? levels[0]?.[0] : levels[row]?.[column]), where)
  }

  return (
    <>
      <div
        ref={place}
        className="matrix"
        role="grid"
        tabIndex={0}
        aria-label={say("nav.matrix")}
        aria-rowcount={agents.length + 2}
        aria-colcount={skills.length + 1}
        aria-multiselectable="true"
        aria-readonly={readOnly}
        aria-activedescendant={`m${selection.at.row}-${selection.at.column}`}
        onScroll={(event) => setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
        onKeyDown={onKey}
        onCopy={onCopy}
        onPaste={onPaste}
      >
        <Head skills={skills} standing={standing} />
        <div className="spacer" style={{ height: first * ROW_PX }} />
        {agents.slice(first, last).map((agent, number) => (
          <Row
            key={String(agent.id)}
            row={first + number}
            agent={agent}
            skills={skills}
            at={selection.at.row === first + number ? selection.at.column : -1}
            left={isIn(box, first + number) ? box.left : -1}
            right={isIn(box, first + number) ? box.right : -1}
            step={queue ? firstStep(skillsOf(agent), needsOf(queue), stepsOf(queue)) : null}
            before={seen ? entryAt(seen, placeOf("agents", String(agent.id))) : null}
            choose={setChosen}
          />
        ))}
        <div className="spacer" style={{ height: (agents.length - last) * ROW_PX }} />
      </div>
      <SkillNotes
        skill={skills[selection.at.column]}
        standing={standing.get(idAt(skills, selection.at.column)) ?? NOBODY}
        selected={cellsIn(box) > 1 ? say("matrix.selected", { count: cellsIn(box) }) : ""}
      />
    </>
  )
}

const idAt = (entries: readonly Entry[], number: number) => String(entries[number]?.id)
const isIn = (box: Box, row: number) => row >= box.top && row <= box.bottom

/** Keeps the chosen cell clear of the head and of the names. */
function scrollTo(element: HTMLElement, { at }: Selection): void {
  const head = (element.firstElementChild as HTMLElement).offsetHeight
  const top = at.row * ROW_PX
  const left = at.column * CELL_PX
  const room = { height: element.clientHeight - head, width: element.clientWidth - NAME_PX }
  if (top < element.scrollTop) element.scrollTop = top
  else if (top + ROW_PX > element.scrollTop + room.height) element.scrollTop = top + ROW_PX - room.height
  if (left < element.scrollLeft) element.scrollLeft = left
  else if (left + CELL_PX > element.scrollLeft + room.width) element.scrollLeft = left + CELL_PX - room.width
}

const Head = memo(function Head({ skills, standing }: Pick<GridProps, "skills" | "standing">) {
  return (
    <div className="matrixtop" role="rowgroup" tabIndex={-1}>
      <div className="matrixhead" role="row" aria-rowindex={1} tabIndex={-1}>
        <span role="columnheader" className="name" tabIndex={-1}>
          {say("matrix.agent")}
        </span>
        {skills.map((skill) => (
          <span key={String(skill.id)} role="columnheader" className="skill" title={String(skill.title)} tabIndex={-1}>
            <span dir="auto">{titleOf(skill, String(skill.id))}</span>
          </span>
        ))}
      </div>
      <div className="matrixhead counts" role="row" aria-rowindex={2} tabIndex={-1}>
        <span role="rowheader" className="name" tabIndex={-1}>
          {sayNeeds("have")}
        </span>
        {skills.map((skill) => (
          <Have key={String(skill.id)} skill={skill} standing={standing.get(String(skill.id)) ?? NOBODY} />
        ))}
      </div>
    </div>
  )
})

function Have({ skill, standing }: { skill: Entry; standing: SkillStanding }) {
  const isLacking = lackingFor(standing).length > 0
  const told = sayNeeds("have_label", { skill: titleOf(skill, String(skill.id)), count: standing.have })
  return (
    <span
      role="gridcell"
      tabIndex={-1}
      className={isLacking ? "cell time lacking" : "cell time"}
      aria-label={isLacking ? `${told}, ${sayNeeds("have_lacking")}` : told}
    >
      {standing.have}
    </span>
  )
}

interface RowProps {
  readonly row: number
  readonly agent: Entry
  readonly skills: readonly Entry[]
  readonly at: number
  readonly left: number
  readonly right: number
  /** The step at which they may serve the chosen queue (0: at once). */
  readonly step: number | null
  /** As it is saved. */
  readonly before: Entry | null
  readonly choose: Dispatch<SetStateAction<Selection>>
}

const Row = memo(function Row({ row, agent, skills, at, left, right, step, before, choose }: RowProps) {
  const name = titleOf(agent, String(agent.id))
  return (
    <div className="matrixrow" role="row" aria-rowindex={row + 3} tabIndex={-1}>
      <span role="rowheader" className="name cut" dir="auto" title={name} tabIndex={-1}>
        {step !== null && <Serves isLater={step > 0} />}
        {name}
      </span>
      {skills.map((skill, column) => {
        const level = levelOf(agent, String(skill.id))
        const isChanged = level !== (before ? levelOf(before, String(skill.id)) : undefined)
        const isChosen = column >= left && column <= right && left >= 0
        const shown = level ?? say("matrix.none")
        return (
          <span
            key={String(skill.id)}
            id={`m${row}-${column}`}
            role="gridcell"
            tabIndex={-1}
            aria-colindex={column + 2}
            aria-selected={isChosen}
            aria-label={say("matrix.cell", { agent: name, skill: titleOf(skill, String(skill.id)), level: shown })}
            className={`cell${isChosen ? " in" : ""}${column === at ? " at" : ""}${isChanged ? " changed" : ""}`}
            onMouseDown={(event) => {
              event.preventDefault()
              event.currentTarget.closest<HTMLElement>(".matrix")?.focus()
              const cell = { row, column }
              choose((old) => ({ at: cell, anchor: event.shiftKey ? old.anchor : cell }))
            }}
          >
            {level}
          </span>
        )
      })}
    </div>
  )
})

function Serves({ isLater }: { isLater: boolean }) {
  const told = sayNeeds(isLater ? "serves_later" : "serves")
  return (
    <>
      <span className={isLater ? "dot grey" : "dot"} title={told} />
      <span className="sr"> {told}: </span>
    </>
  )
}
