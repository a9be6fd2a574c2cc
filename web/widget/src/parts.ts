/** What is not needed for the first word is fetched when it is. */

const LOADERS = {
  call: () => import("./call"),
  errors: async () => (await import("./errors")).here,
  files: () => import("./files"),
  survey: () => import("./survey"),
  transcript: () => import("./transcript"),
}

type Name = keyof typeof LOADERS
type Part<N extends Name> = Awaited<ReturnType<(typeof LOADERS)[N]>>

export class Parts {
  readonly #here: { [N in Name]?: Part<N> } = {}
  readonly #draw: () => void

  constructor(draw: () => void) {
    this.#draw = draw
  }

  /** The part, if it is here; else it is sent for, and drawn again with it. */
  get<N extends Name>(name: N): Part<N> | undefined {
    if (!this.#here[name]) this.need(name).then(this.#draw, () => {})
    return this.#here[name] as Part<N> | undefined
  }

  async need<N extends Name>(name: N): Promise<Part<N>> {
    const part = (await LOADERS[name]()) as Part<N>
    Object.assign(this.#here, { [name]: part })
    return part
  }
}
