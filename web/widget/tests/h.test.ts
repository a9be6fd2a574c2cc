// @vitest-environment happy-dom
import fc from "fast-check"
import { beforeEach, describe, expect, test } from "vitest"
import { type Child, h, render } from "../src/h"

let place: HTMLElement
beforeEach(() => {
  place = document.createElement("div")
})

const keyed = (keys: readonly string[]): Child => keys.map((key) => h("li", { key }, key))

describe("what is drawn again", () => {
  test("keeps a node, though something comes before it", () => {
    const page = (banner: boolean) => [banner && h("p", null, "!"), h("input", { value: "x" })]
    render(page(false), place)
    const field = place.querySelector("input")
    render(page(true), place)
    expect(place.querySelector("input")).toBe(field)
    expect(place.innerHTML).toContain("<p>!</p>")
    render(page(false), place)
    expect(place.querySelector("input")).toBe(field)
    expect(place.querySelector("p")).toBeNull()
  })

  test("is as if drawn afresh, and each key keeps its node", () => {
    const keys = fc.uniqueArray(fc.constantFrom(..."abcdefgh"))
    fc.assert(
      fc.property(keys, keys, (before, after) => {
        const fresh = document.createElement("ol")
        const list = document.createElement("ol")
        render(keyed(before), list)
        const nodes = new Map([...list.children].map((node) => [node.textContent, node]))
        render(keyed(after), list)
        render(keyed(after), fresh)
        expect(list.innerHTML).toBe(fresh.innerHTML)
        for (const node of list.children)
          if (nodes.has(node.textContent)) expect(nodes.get(node.textContent)).toBe(node)
      }),
    )
  })

  test("leaves what the reader typed until it is to be something else", () => {
    const field = (value: string) => h("textarea", { value })
    render(field(""), place)
    const drawn = place.querySelector("textarea") as HTMLTextAreaElement
    drawn.value = "typed"
    render(field("typed"), place)
    expect(drawn.value).toBe("typed")
    render(field(""), place)
    expect(drawn.value).toBe("")
  })

  test("loses attributes and handlers that are not there any more", () => {
    let clicks = 0
    render(h("button", { disabled: true, "aria-pressed": false, onclick: () => clicks++ }, "a"), place)
    const button = place.firstElementChild as HTMLButtonElement
    expect([button.hasAttribute("disabled"), button.getAttribute("aria-pressed")]).toEqual([true, "false"])
    render(h("button", { disabled: false }, "b"), place)
    button.click()
    expect([button.hasAttribute("disabled"), button.hasAttribute("aria-pressed"), clicks]).toEqual([false, false, 0])
    expect(button.textContent).toBe("b")
  })
})

test("a text is a text, whatever is in it", () => {
  render(h("p", null, "<img src=x onerror=alert(1)>"), place)
  expect(place.querySelector("img")).toBeNull()
})
