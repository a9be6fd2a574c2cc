/** Who it is: how that is known, profile, records, every contact on every channel, and how old all that is. */

import type { CustomerPanel, ImageAge, TalkPage } from "@dryfly/words"
import { useDesk, useNow } from "../hooks"
import { age, sayCode, sayError, speaking } from "../say"
import { AlsoOpen } from "./AlsoOpen"
import { afterWhich } from "./after"
import { Begin } from "./Begin"
import { Copied } from "./Copied"
import { en } from "./customer.en"
import { HowItCame } from "./HowItCame"
import { Fields, Records } from "./Records"
import { Story } from "./Story"

const say = speaking(en)
const DAY_MS = 86_400_000

export function Customer({ contact }: { contact: string }) {
  const known = useDesk((view) => view.pages[contact])
  return (
    <aside className="cust" aria-label={say("title")} aria-busy={!!contact && !known?.page}>
      {known?.page ? (
        <>
          <OfTalk page={known.page} />
          <HowItCame key={contact} talk={known.page.talk} />
        </>
      ) : (
        contact && <Waiting reason={known?.error ? sayError(known.error) : ""} />
      )}
    </aside>
  )
}

function Waiting({ reason }: { reason: string }) {
  return <p className="s">{reason ? say("failed", { reason }) : say("loading")}</p>
}

function OfTalk({ page }: { page: TalkPage }) {
  if (!page.customer)
    return (
      <div className="empty">
        <b>{say("none")}</b>
        <p className="s">{say("none_hint")}</p>
      </div>
    )
  const { facts, brief } = page
  const proof = facts.find(({ key }) => key === "proof")?.value || brief?.identity_proof || ""
  const { contact, identity_level, state } = page.talk
  return (
    <>
      <AlsoOpen page={page} />
      <Known panel={page.customer} contact={contact} level={identity_level} proof={proof} isOver={state === "closed"} />
    </>
  )
}

interface KnownProps {
  readonly panel: CustomerPanel
  readonly contact: string
  readonly level: number | null
  readonly proof: string
  /** Nobody talks here with them now. */
  readonly isOver: boolean
}

/** `level` is null where nobody talks with us now: then there is nothing to prove. */
export function Known({ panel, contact, level, proof, isOver }: KnownProps) {
  const { customer, image, groups, story } = panel
  const agent = useDesk((view) => view.desk?.me.agent ?? null)
  const after = isOver ? contact || afterWhich(story.talks, agent) : undefined
  return (
    <>
      <section>
        <div className="row wrap">
          <h2 className="grow cut" dir="auto">
            <b>{panel.name || say("title")}</b>
          </h2>
          {image && <Age image={image} />}
        </div>
        {level !== null && <Identity level={level} proof={proof} />}
        {after && <Begin customer={customer} name={panel.name} after={after} talks={contact ? [] : story.talks} />}
        {panel.on_file ? <Fields fields={panel.fields} /> : <NotThere image={image} />}
      </section>
      <Addresses panel={panel} />
      {groups.map((group) => (
        <Records key={group.kind} customer={customer} group={group} />
      ))}
      {panel.on_file && groups.length === 0 && <p className="s">{say("no_records")}</p>}
      <Story key={`${customer} ${contact}`} customer={customer} contact={contact} story={story} />
    </>
  )
}

/** An image that should have been read anew twice by now, or is older than a day, is no ground to stand on. */
export function isOld({ loaded_at, refresh_every_min }: ImageAge, now: number): boolean {
  const limit = refresh_every_min === null ? DAY_MS : Math.max(2 * refresh_every_min * 60_000, 600_000)
  return now - loaded_at > limit
}

function Age({ image }: { image: ImageAge }) {
  const now = useNow()
  const { source } = image
  const told = { source, ago: age(now - image.loaded_at) }
  return isOld(image, now) ? (
    <span className="chip amber time">{say("stale", told)}</span>
  ) : (
    <span className="chip time">{say("age", told)}</span>
  )
}

function Identity({ level, proof }: { level: number; proof: string }) {
  const word = sayCode("identity", `${level}`, {})
  return (
    <p className="s">
      {say("identity")}{" "}
      <span className={level >= 2 ? "chip river" : "chip"}>
        {proof ? say("proved_by", { level: word, proof }) : word}
      </span>
    </p>
  )
}

function NotThere({ image }: { image: ImageAge | null }) {
  return (
    <div className="absent">
      <b>{image ? say("not_on_file") : say("no_image")}</b>
      <p className="s">{image ? say("not_on_file.hint", { source: image.source }) : say("no_image.hint")}</p>
    </div>
  )
}

const KINDS: ReadonlySet<string> = new Set(["email", "phone", "channel"])

/** Where the customer can be met, unless the profile tells it already. */
function Addresses({ panel }: { panel: CustomerPanel }) {
  const bare = (text: string) => text.replace(/[^\p{L}\d@.]/gu, "").toLowerCase()
  const told = new Set(panel.fields.map(({ value }) => bare(value)))
  const others = panel.addresses.filter(({ kind, value }) => KINDS.has(kind) && !told.has(bare(value)))
  if (others.length === 0) return null
  return (
    <section aria-label={say("addresses")}>
      <h2>
        <b>{say("addresses")}</b>
      </h2>
      <dl className="kv">
        {others.map(({ kind, value }) => (
          <div key={value} className="pair">
            <dt>{say(`address.${kind as "email" | "phone" | "channel"}`)}</dt>
            <dd>
              <Copied value={value} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
