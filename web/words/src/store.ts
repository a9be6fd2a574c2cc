/** State outside any framework: a pure `reduce`, and those who want to know that it ran. */

export type Reduce<State, Frame> = (state: State, frame: Frame, now: number) => State

export class Store<State, Frame> {
  private readonly listeners = new Set<() => void>()

  constructor(
    public state: State,
    private readonly reduce: Reduce<State, Frame>,
    private readonly now: () => number,
  ) {}

  readonly dispatch = (frame: Frame): void => {
    const state = this.reduce(this.state, frame, this.now())
    if (state === this.state) return
    this.state = state
    for (const listener of [...this.listeners]) listener()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
