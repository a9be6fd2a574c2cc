/**
 * Draws what functions describe, and changes only what differs. Sixty lines stand here in place of a framework, since
 * a visitor pays for every byte before the first word.
 *
 * Each child has a name in its parent: its `key`, or its place in what was written, so that something which comes and
 * goes (a banner) does not make its neighbours others. A node whose name and tag are wanted again stays, with its focus,
 * its text and where it was scrolled to; handlers are properties, so nothing is inline.
 */

export type Child = Node | string | number | boolean | null | undefined | readonly Child[]
type Props = Readonly<Record<string, unknown>>
type Component = (props: never) => Child

export interface Node {
  readonly type: string | Component
  readonly props: Props
  readonly children: readonly Child[]
}

type Handlers<Element> = {
  [Name in keyof GlobalEventHandlersEventMap as `on${Name}`]?: (
    event: GlobalEventHandlersEventMap[Name] & { currentTarget: Element },
  ) => unknown
}
type Known = HTMLElementTagNameMap & Pick<SVGElementTagNameMap, "svg" | "path">

export declare namespace h {
  namespace JSX {
    type Element = Child
    type ElementType = string | Component
    interface ElementChildrenAttribute {
      children: unknown
    }
    interface IntrinsicAttributes {
      key?: string | number
    }
    type IntrinsicElements = {
      [Tag in keyof Known]: Handlers<Known[Tag]> & { readonly [attribute: string]: unknown }
    }
  }
}

export function h(type: string | Component, props: Props | null, ...children: Child[]): Node {
  return { type, props: props ?? {}, children }
}

export const Fragment = ({ children }: { children?: Child }): Child => children

const NAMELESS = new Set<unknown>([null, undefined, true, false, ""])
const drawn = new WeakMap<Element, ReadonlyMap<string, Element | Text>>()
const dressed = new WeakMap<Element, Props>()

export function render(child: Child, place: Element): void {
  const wanted = new Map<string, Node | string>()
  name(child, "", wanted)
  const before = drawn.get(place)
  for (const [key, node] of before ?? []) if (!wanted.has(key)) node.remove()
  const now = new Map<string, Element | Text>()
  let next = place.firstChild
  for (const [key, one] of wanted) {
    const node = before?.get(key) ?? made(one, place)
    now.set(key, node)
    if (node === next) next = node.nextSibling
    else place.insertBefore(node, next)
    if (typeof one === "string") (node as Text).data = one
    else fill(node as Element, one)
  }
  drawn.set(place, now)
}

/** Runs the components, and lists what is left by name. */
function name(child: Child, path: string, wanted: Map<string, Node | string>): void {
  if (NAMELESS.has(child)) return
  if (typeof child !== "object") wanted.set(`${path}#`, `${child}`)
  else if (Array.isArray(child)) {
    for (const [i, one] of child.entries()) name(one, `${path},${one?.props?.key ?? i}`, wanted)
  } else {
    const { type, props, children } = child as Node
    if (typeof type === "string") wanted.set(path + type, child as Node)
    else name(type({ ...props, children } as never), path + type.name, wanted)
  }
}

function made(one: Node | string, place: Element): Element | Text {
  if (typeof one === "string") return document.createTextNode("")
  const space = one.type === "svg" ? "http://www.w3.org/2000/svg" : place.namespaceURI
  return document.createElementNS(space, one.type as string)
}

function fill(element: Element, { props, children }: Node): void {
  const before = dressed.get(element) ?? {}
  for (const key of Object.keys({ ...before, ...props })) dress(element, key, before[key], props[key])
  dressed.set(element, props)
  render(children, element)
}

function dress(element: Element, key: string, before: unknown, value: unknown): void {
  const target = element as unknown as Record<string, unknown>
  if (key === "value") {
    if (target.value !== value) target.value = value // what the reader typed is compared, not what was drawn
  } else if (before === value || key === "key") return
  else if (key.startsWith("on")) target[key] = value ?? null
  else if (value === null || value === undefined || (value === false && !key.includes("-")))
    element.removeAttribute(key)
  else element.setAttribute(key, value === true && !key.includes("-") ? "" : `${value}`)
}
