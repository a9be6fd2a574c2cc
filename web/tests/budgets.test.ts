/** What a visitor and an agent have to fetch before they see something. Builds first, so that it measures what ships. */

import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { beforeAll, describe, expect, test } from "vitest"

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const gzipped = (path: string) => gzipSync(readFileSync(at(path)), { level: 9 }).length
const KB = 1_000

beforeAll(() => {
  execFileSync("npm", ["run", "build"], {
    cwd: at("."),
    stdio: "ignore",
    env: { ...process.env, NODE_ENV: "production" },
  })
}, 120_000)

describe("the widget", () => {
  const assets = () => readdirSync(at("widget/dist/assets"))

  test("costs a page at most 3 kB until somebody wants to talk", () => {
    expect(gzipped("widget/dist/widget.js")).toBeLessThanOrEqual(3 * KB)
  })

  test("costs at most 15 kB until the first word: launcher, panel and one language", () => {
    const languages = assets().filter((name) => /^[a-z]{2}-/.test(name))
    const largest = Math.max(...languages.map((name) => gzipped(`widget/dist/assets/${name}`)))
    const panel = assets().filter((name) => name.startsWith("panel-"))
    expect([languages.length, panel.length]).toEqual([6, 1])
    const first = gzipped("widget/dist/widget.js") + gzipped(`widget/dist/assets/${panel[0]}`) + largest
    expect(first).toBeLessThanOrEqual(15 * KB)
  })

  test("fetches nothing beside the panel for the first word", () => {
    const panel = assets().find((name) => name.startsWith("panel-"))
    expect(readFileSync(at(`widget/dist/assets/${panel}`), "utf8")).not.toMatch(/^import[ {"']/m)
  })

  test("costs at most 2 kB for each thing more", () => {
    for (const name of assets().filter((name) => !name.startsWith("panel-")))
      expect(gzipped(`widget/dist/assets/${name}`), name).toBeLessThanOrEqual(2 * KB)
  })

  test("leaves nothing in the page's own scope", () => {
    const launcher = readFileSync(at("widget/dist/widget.js"), "utf8")
    expect(launcher).toMatch(/^\(function\(\)\{|^\(\(\)=>\{/)
  })
})

describe("the console", () => {
  const ENTRY = "index.html"
  interface Chunk {
    file: string
    css?: string[]
    imports?: string[]
    isEntry?: boolean
  }
  const manifest = (): Record<string, Chunk> => JSON.parse(readFileSync(at("console/dist/.vite/manifest.json"), "utf8"))

  /** All that a chunk needs, itself included. */
  function needs(chunks: Record<string, Chunk>, name: string, found = new Set<string>()): Set<string> {
    const chunk = chunks[name] as Chunk
    for (const file of [chunk.file, ...(chunk.css ?? [])]) found.add(file)
    for (const other of chunk.imports ?? []) needs(chunks, other, found)
    return found
  }

  test("shows an agent's desk after at most 150 kB", () => {
    const sizes = [...needs(manifest(), ENTRY)].map((file) => gzipped(`console/dist/${file}`))
    expect(sizes.reduce((sum, size) => sum + size, gzipped("console/dist/index.html"))).toBeLessThanOrEqual(150 * KB)
  })

  test("keeps the supervisor's screen in a chunk of its own", () => {
    const chunks = manifest()
    expect(needs(chunks, ENTRY)).not.toContain(chunks["src/floor/Floor.tsx"]?.file)
  })

  test("fetches few files at first, and has their scripts compiled before they are called", () => {
    const scripts = [...needs(manifest(), ENTRY)].filter((file) => file.endsWith(".js"))
    const told = scripts.filter((file) => readFileSync(at(`console/dist/${file}`), "utf8").startsWith("//# all"))
    const whole = (files: string[]) => files.map((file) => gzipped(`console/dist/${file}`)).reduce((a, b) => a + b, 0)
    expect(scripts.length).toBeLessThanOrEqual(4)
    expect(whole(told)).toBeGreaterThan(0.9 * whole(scripts))
  })

  test("has nothing inline, so that the content policy may be strict", () => {
    const page = readFileSync(at("console/dist/index.html"), "utf8")
    expect(page).not.toMatch(/<style|style=|<script(?![^>]*src=)/)
  })
})

test("the lock file names no registry", () => {
  expect(readFileSync(at("package-lock.json"), "utf8")).not.toMatch(/"resolved": "https?:/)
})
