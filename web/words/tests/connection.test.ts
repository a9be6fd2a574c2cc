import { beforeEach, describe, expect, test } from "vitest"
import { type Command, Connection, instantOf, newId } from "../src"
import { HandAround } from "./hand"

const SERVER_AHEAD = 3_600_000

class Page {
  readonly around = new HandAround()
  readonly heard: { is: string; [key: string]: unknown }[] = []
  missing = false
  readonly connection = new Connection<Command & { text: string }>(this.around, "ws://here", {
    hello: () => ({ do: "hello", since: 7 }),
    hear: (frame) => {
      this.heard.push(frame as never)
      return !this.missing
    },
  })

  comesLive(): void {
    this.connection.start()
    this.answersHello()
  }

  answersHello(): void {
    this.around.wire.onopen?.()
    this.around.wire.tell({ is: "welcome", now: this.around.time + SERVER_AHEAD })
  }

  get said(): unknown[] {
    return this.around.wire.sent.filter((frame) => frame.do === "say")
  }

  get standing(): unknown {
    return this.heard.filter((frame) => frame.is === "standing").at(-1)?.standing
  }
}

let page: Page
beforeEach(() => {
  page = new Page()
})

describe("ids", () => {
  test("carry their time and sort by it", () => {
    const { random } = page.around
    expect(newId(1_763_800_000_000, random)).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    expect(instantOf(newId(1_763_800_000_123, random))).toBe(1_763_800_000_123)
    expect(newId(5, random) < newId(6, random)).toBe(true)
  })

  test("are made by the server's clock, not by a page's clock that is an hour off", () => {
    page.comesLive()
    const id = page.connection.ask({ do: "say", text: "hello" })
    expect(instantOf(id)).toBe(page.around.time + SERVER_AHEAD)
  })

  test("given before the server was ever reached are made anew when its clock is known", () => {
    page.connection.start()
    const early = page.connection.ask({ do: "say", text: "hello" })
    page.answersHello()
    const [sent] = page.said as { id: string }[]
    expect(instantOf(sent!.id)).toBe(page.around.time + SERVER_AHEAD)
    expect(page.heard).toContainEqual({ is: "renamed", from: early, to: sent!.id })
  })
})

describe("a command", () => {
  test("is sent again with the same id after a reconnect, and no more once it has its receipt", () => {
    page.comesLive()
    const id = page.connection.ask({ do: "say", text: "hello" })
    page.around.wire.cut()
    page.around.pass(1_000)
    page.answersHello()
    expect(page.said).toEqual([{ do: "say", text: "hello", id }])
    page.around.wire.tell({ is: "receipt", re: id, seq: 8, at: 0 })
    page.around.wire.cut()
    page.around.pass(1_000)
    page.answersHello()
    expect(page.said).toEqual([])
  })

  test("is not sent before the server has welcomed the page", () => {
    page.comesLive()
    page.around.wire.cut()
    page.connection.ask({ do: "say", text: "hello" })
    page.around.pass(1_000)
    page.around.wire.onopen?.()
    expect(page.said).toEqual([])
    page.around.wire.tell({ is: "welcome", now: page.around.time })
    expect(page.said).toHaveLength(1)
  })

  test("beyond the outbox's limit is refused here, not forgotten", () => {
    page.connection.start()
    for (let i = 0; i < 201; i++) page.connection.ask({ do: "say", text: `${i}` })
    page.around.pass(1)
    expect(page.heard.at(-1)).toMatchObject({ is: "refused", error: { code: "outbox_full" } })
  })
})

describe("a lost connection", () => {
  test("is tried again, later each time, at most every eight seconds, never in step with others", () => {
    page.connection.start()
    const waits: number[] = []
    for (let i = 0; i < 10; i++) {
      page.around.wire.cut()
      const { again_at } = page.standing as { again_at: number }
      waits.push(again_at - page.around.time)
      page.around.pass(again_at - page.around.time)
    }
    expect(waits[0]).toBeGreaterThanOrEqual(250)
    expect(waits[0]).toBeLessThanOrEqual(500)
    expect(Math.max(...waits)).toBeLessThanOrEqual(4_000)
    expect(new Set(waits.slice(5)).size).toBe(5)
  })

  test("is noticed within half a minute though the socket never closes", () => {
    page.comesLive()
    page.around.pass(31_000)
    expect(page.around.wires[0]!.closed).toBe(true)
  })

  test("is noticed within ten seconds when something was asked", () => {
    page.comesLive()
    page.connection.ask({ do: "say", text: "hello" })
    page.around.pass(10_001)
    expect(page.around.wires[0]!.closed).toBe(true)
  })

  test("is given up at once when the browser says that the network is gone", () => {
    page.comesLive()
    page.connection.cut()
    expect(page.standing).toMatchObject({ is: "lost" })
  })

  test("is tried again when the server takes the socket and never welcomes", () => {
    page.connection.start()
    page.around.wire.onopen?.()
    page.around.pass(25_000)
    expect(page.around.wires.length).toBeGreaterThan(1)
  })

  test("is not suspected while pings are answered", () => {
    page.comesLive()
    const { wire } = page.around
    wire.heard = (frame) => frame.do === "ping" && wire.tell({ is: "pong", now: page.around.time })
    page.around.pass(3_600_000)
    expect(page.around.wires).toHaveLength(1)
  })

  test("comes back at once when the network does", () => {
    page.comesLive()
    page.around.wire.cut()
    page.connection.wake()
    expect(page.around.wires).toHaveLength(2)
  })
})

test("a gap is answered with one hello that says the last number", () => {
  page.comesLive()
  page.missing = true
  page.around.wire.tell({ is: "push", prev: 9, seq: 10 })
  page.around.wire.tell({ is: "push", prev: 10, seq: 11 })
  expect(page.around.wire.sent.filter((frame) => frame.do === "hello")).toEqual([
    { do: "hello", since: 7 },
    { do: "hello", since: 7 },
  ])
})

test("a goodbye for good is not argued with", () => {
  page.comesLive()
  page.around.wire.tell({ is: "bye", again: false, error: { code: "signed_out", text: "", values: {} } })
  page.around.wire.cut()
  page.around.pass(60_000)
  expect(page.around.wires).toHaveLength(1)
  expect(page.standing).toMatchObject({ is: "ended", error: { code: "signed_out" } })
})
