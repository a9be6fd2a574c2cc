// biome-ignore-all lint/a11y/useSemanticElements: a table of only the rows in sight is told by roles
/** Agents × skills, edited like a spreadsheet. Only the rows in sight are drawn; every change is one step of the draft. */

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
import { type Entry, entriesOf, entryAt, placeOf, valueAt, withValue } from "./draft"
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
import { useSetup } from "./store"
import { say } from "./words"

const ROW_PX = 30
const NAME_PX = 190
const CELL_PX = 44
const levelOf = (agent: Entry, skill: string) => valueAt(agent, ["spec", "skills", skill]) as number | undefined

export default function Matrix() {
  const { store } = useAround()
  const draft = useSetup(store, (state) => state.draft)
  const [find, setFind] = useState("")
  const [team, setTeam] = useState<string | null>(null)
  const agents = useMemo(() => {
    const wanted = find.trim().toLowerCase()
    const all = Object.entries(draft ? entriesOf(draft, "agents") : {})
    const found = all.filter(
      ([id, agent]) => (team === null || agent.team === team) && `${agent.name} ${id}`.toLowerCase().includes(wanted),
    )
    return found
      .map(([, agent]) => agent)
      .sort((one, other) => String(one.name).localeCompare(String(other.name), undefined, { numeric: true }))
  }, [draft, find, team])
  const skills = useMemo(() => {
    const all = Object.values(draft ? entriesOf(draft, "skills") : {})
    return all.sort((one, other) => String(one.title).localeCompare(String(other.title), undefined, { numeric: true }))
  }, [draft])
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
        <span className="s">
          {say("matrix.count", {
            shown: agents.length,
            all: Object.keys(draft?.agents ?? {}).length,
            skills: skills.length,
          })}
        </span>
      </div>
      {agents.length === 0 ? (
        <p className="empty">{say("matrix.no_agents")}</p>
      ) : (
        <Grid agents={agents} skills={skills} />
      )}
    </div>
  )
}

interface GridProps {
  readonly agents: readonly Entry[]
  readonly skills: readonly Entry[]
}

function Grid({ agents, skills }: GridProps) {
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
        aria-rowcount={agents.length + 1}
        aria-colcount={skills.length + 1}
        aria-multiselectable="true"
        aria-readonly={readOnly}
        aria-activedescendant={`m${selection.at.row}-${selection.at.column}`}
        onScroll={(event) => setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
        onKeyDown={onKey}
        onCopy={onCopy}
        onPaste={onPaste}
      >
        <Head skills={skills} />
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
            before={seen ? entryAt(seen, placeOf("agents", String(agent.id))) : null}
            choose={setChosen}
          />
        ))}
        <div className="spacer" style={{ height: (agents.length - last) * ROW_PX }} />
      </div>
      <p className="s" aria-live="polite">
        {cellsIn(box) > 1 ? say("matrix.selected", { count: cellsIn(box) }) : " "}
      </p>
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

const Head = memo(function Head({ skills }: { skills: readonly Entry[] }) {
  return (
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
  )
})

interface RowProps {
  readonly row: number
  readonly agent: Entry
  readonly skills: readonly Entry[]
  readonly at: number
  readonly left: number
  readonly right: number
  /** As it is saved. */
  readonly before: Entry | null
  readonly choose: Dispatch<SetStateAction<Selection>>
}

const Row = memo(function Row({ row, agent, skills, at, left, right, before, choose }: RowProps) {
  const name = titleOf(agent, String(agent.id))
  return (
    <div className="matrixrow" role="row" aria-rowindex={row + 2} tabIndex={-1}>
      <span role="rowheader" className="name cut" dir="auto" title={name} tabIndex={-1}>
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
