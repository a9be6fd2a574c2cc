/** The supervisor's floor: the whole board, and every change after it. Pure. */

import type { AgentLine, AlertLine, FloorCounts, FloorTalks, QueueLine, ToDesk, Today } from "./generated"

export interface Board {
  readonly at: number
  readonly counts: FloorCounts
  readonly queues: readonly QueueLine[]
  readonly agents: readonly AgentLine[]
}

export interface FloorView {
  readonly board: Board | null
  readonly today: Today | null
  readonly alerts: readonly AlertLine[]
  /** One page of the open talks, as it was asked for. */
  readonly list: FloorTalks | null
}

export const EMPTY_FLOOR: FloorView = { board: null, today: null, alerts: [], list: null }

type FloorFrame = Extract<ToDesk, { is: "board" | "today" | "alerts" | "floor_talks" }>
type BoardFrame = Extract<ToDesk, { is: "board" }>

export function reduceFloor(view: FloorView, frame: FloorFrame): FloorView {
  switch (frame.is) {
    case "board":
      return { ...view, board: boarded(view.board, frame) }
    case "today":
      return { ...view, today: frame.today }
    case "alerts":
      return { ...view, alerts: frame.alerts }
    case "floor_talks":
      return { ...view, list: frame }
  }
}

/** Changes without a board to put them on are of no use: a whole one is under way. */
function boarded(board: Board | null, { at, whole, counts, queues, agents, gone }: BoardFrame): Board | null {
  if (whole) return { at, counts, queues, agents }
  if (board === null) return null
  return {
    at,
    counts,
    queues: put(board.queues, queues, (line) => line.queue, gone),
    agents: put(board.agents, agents, (line) => line.agent, gone),
  }
}

/** The same list where nothing of it changed, so that what is drawn from it is not drawn again. */
function put<Line>(
  lines: readonly Line[],
  changed: readonly Line[],
  idOf: (line: Line) => string,
  gone: readonly string[],
): readonly Line[] {
  if (changed.length === 0 && gone.length === 0) return lines
  const fresh = new Map(changed.map((line) => [idOf(line), line]))
  const kept = lines.filter((line) => !gone.includes(idOf(line)))
  const known = new Set(kept.map(idOf))
  return [...kept.map((line) => fresh.get(idOf(line)) ?? line), ...changed.filter((line) => !known.has(idOf(line)))]
}
