import type { StoryTalk } from "@dryfly/words"
import { expect, it } from "vitest"
import { afterWhich } from "../src/desk/after"

const talk = (contact: string, ...agents: string[]) => ({ contact, agents }) as unknown as StoryTalk

it("writes after the newest talk that one served oneself, or a colleague, before one of the assistant's", () => {
  const talks = [talk("bot"), talk("toms", "tom"), talk("majas", "maja", "tom"), talk("old", "maja")]
  expect(afterWhich(talks, "maja")).toBe("majas")
  expect(afterWhich(talks, "eva")).toBe("toms")
  expect(afterWhich(talks.slice(0, 1), "maja")).toBe("bot")
  expect(afterWhich([], "maja")).toBeUndefined()
})
