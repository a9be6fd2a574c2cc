import { readdirSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { contrast, inkOf, inkOn } from "../src/colour"
import { here } from "../src/errors"
import { isDue, suits } from "../src/invite"
import { chosen, isFromRight, LABELS } from "../src/languages"
import { words as ar } from "../src/messages.ar"
import { words as de } from "../src/messages.de"
import { words as en } from "../src/messages.en"
import { words as es } from "../src/messages.es"
import { words as fr } from "../src/messages.fr"
import { words as tr } from "../src/messages.tr"
import { say, speak } from "../src/say"

const CATALOGUES: Record<string, Record<string, string>> = { ar, de, en, es, fr, tr }
const colour = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, "0")}`)
const PAPER = { light: "#ffffff", dark: "#141c1a" }

describe("whatever accent a site chooses", () => {
  test("text on it can be read", () => {
    fc.assert(
      fc.property(colour, (accent) => contrast(accent, inkOn(accent) === "#fff" ? "#ffffff" : "#000000") >= 4.5),
    )
  })

  test("it can be read as ink, on light and on dark paper", () => {
    fc.assert(
      fc.property(colour, (accent) => {
        expect(contrast(inkOf(accent, false), PAPER.light)).toBeGreaterThanOrEqual(4.4)
        expect(contrast(inkOf(accent, true), PAPER.dark)).toBeGreaterThanOrEqual(4.4)
      }),
    )
  })

  test("one that can be read already stays as it is", () => {
    expect(inkOf("#0b6e64", false)).toBe("#0b6e64")
  })
})

describe("every catalogue", () => {
  const fields = (text: string) => new Set(text.match(/\{\w+[,}]/g))

  test("is there for each language of the button", () => {
    const files = readdirSync(new URL("../src", import.meta.url)).filter((name) => name.startsWith("messages."))
    expect(files.map((name) => name.split(".")[1]).sort()).toEqual(Object.keys(LABELS).sort())
    expect(Object.keys(CATALOGUES).sort()).toEqual(Object.keys(LABELS).sort())
  })

  test.each(Object.keys(CATALOGUES))("has every sentence with its fields: %s", (language) => {
    const catalogue = CATALOGUES[language] as Record<string, string>
    for (const [key, text] of Object.entries(en)) {
      expect(catalogue[key]?.trim(), key).toBeTruthy()
      const wanted = [...fields(text)].filter((field) => field !== "{one}")
      expect(fields(catalogue[key] as string), key).toEqual(new Set(wanted))
    }
  })

  test("counts as its language does", () => {
    speak("ar", ar)
    expect(say("wait.up_to", { to: 2 })).toContain("دقيقتان")
    expect(say("wait.up_to", { to: 3 })).toContain("دقائق")
    speak("de-AT", de)
    expect(say("place.title", { place: 1 })).toBe("Sie sind als Nächstes an der Reihe")
    expect(say("place.title", { place: 4 })).toBe("Sie sind an Stelle 4 der Reihe")
  })

  test("never shows the server's English to a reader of another language", async () => {
    const { sayError } = await here
    const error = { code: "of_tomorrow", text: "Something new.", values: {} }
    speak("fr", fr)
    expect(sayError(error)).toBe(fr["error.other"])
    speak("en-GB", en)
    expect(sayError(error)).toBe("Something new.")
  })
})

describe("the language", () => {
  test("is the page's, with the reader's region", () => {
    expect(chosen("de", ["en-GB", "de-AT"], ["en"])).toBe("de-AT")
    expect(chosen("ar-EG", ["fr"], ["en"])).toBe("ar-EG")
  })

  test("is the reader's where the site speaks it, and the site's where not", () => {
    expect(chosen("", ["fi", "fr-CA", "en"], ["en", "fr"])).toBe("fr-CA")
    expect(chosen("fi", ["fi"], ["tr", "en"])).toBe("tr")
    expect(chosen("", [], ["fi"])).toBe("en")
  })

  test("says from where it is read", () => {
    expect([isFromRight("ar-EG"), isFromRight("de")]).toEqual([true, false])
  })
})

describe("an invitation", () => {
  test("suits pages by their path", () => {
    expect(suits("*", "/")).toBe(true)
    expect(suits("/checkout*", "/checkout/pay")).toBe(true)
    expect(suits("/checkout", "/checkout/pay")).toBe(false)
    expect(suits("/a.b*", "/aXb")).toBe(false)
  })

  test("is due when all that is set holds", () => {
    const rule = { id: "r", text: "?", pages: "*", after_s: 20, scroll: 0.5, on_exit: true, share: 1 }
    const seen = { seconds: 20, scroll: 0.5, leaves: true }
    expect(isDue(rule, seen)).toBe(true)
    for (const less of [{ seconds: 19 }, { scroll: 0.4 }, { leaves: false }])
      expect(isDue(rule, { ...seen, ...less })).toBe(false)
  })
})
