/** Where one works now; for those with rights at several sites, the way to another one. */

import type { ErrorBody, Me, SitePlace } from "@dryfly/words"
import { useEffect, useMemo, useState } from "react"
import { useActions } from "../actions"
import { api } from "../api"
import { useDesk, useKeys } from "../hooks"
import { beginAnew } from "../moved"
import { sayError, speaking } from "../say"
import { en } from "./commands.en"
import { Dialog } from "./Dialog"
import { Menu, MenuItem } from "./Menu"

const say = speaking(en)
const NONE: readonly SitePlace[] = []

/** Asked once a page: who gets another right begins anew anyway. */
function useSites(): readonly SitePlace[] {
  const [sites, setSites] = useState(NONE)
  useEffect(() => {
    api.sites().then(setSites, () => undefined) // without the list one stays where one is
  }, [])
  return sites
}

export function SiteSwitch({ me }: { me: Me }) {
  const sites = useSites()
  const title = useDesk((view) => view.desk?.me.site_title ?? me.site_title)
  const [to, setTo] = useState<SitePlace | null>(null)
  const actions = useMemo(
    () =>
      sites
        .filter(({ site }) => site !== me.site)
        .map((place) => ({
          id: `site ${place.site}`,
          title: say("site.go", { site: place.title }),
          also: place.site,
          run: () => setTo(place),
        })),
    [sites, me.site],
  )
  useActions(actions)
  return (
    <>
      {sites.length > 1 ? (
        <Sites sites={sites} me={me} title={title} choose={setTo} />
      ) : (
        <span className="s wide cut">{title}</span>
      )}
      {to && <Going to={to} me={me} close={() => setTo(null)} />}
    </>
  )
}

interface SitesProps {
  readonly sites: readonly SitePlace[]
  readonly me: Me
  readonly title: string
  readonly choose: (site: SitePlace) => void
}

function Sites({ sites, me, title, choose }: SitesProps) {
  const [isOpen, setOpen] = useState(false)
  useKeys(useMemo(() => ({ s: () => setOpen(true) }), []))
  return (
    <Menu
      className="btn quiet sitename"
      title={`${title} · S`}
      opened={isOpen}
      onChange={setOpen}
      face={
        <>
          <span className="sr">{say("site.label")}</span>
          <span className="cut">{title}</span> <span aria-hidden="true">▾</span>
        </>
      }
    >
      {sites.map((place) => (
        <MenuItem
          key={place.site}
          disabled={place.site === me.site}
          aria-current={place.site === me.site || undefined}
          onClick={() => choose(place)}
          aside={<span className="xs">{say(place.site === me.site ? "site.here" : `site.as.${place.role}`)}</span>}
        >
          <bdi>{place.title}</bdi>
        </MenuItem>
      ))}
    </Menu>
  )
}

interface GoingProps {
  readonly to: SitePlace
  readonly me: Me
  readonly close: () => void
}

/** At once, unless customers would be left: then it is asked. */
function Going({ to, me, close }: GoingProps) {
  const count = useDesk(
    (view) => view.desk?.talks.filter(({ owner, state }) => owner === me.agent && state !== "parked").length ?? 0,
  )
  const [error, setError] = useState("")
  const [isAsked] = useState(count > 0)
  const go = () => api.moveTo(to.site).then(beginAnew, (refused: ErrorBody) => setError(sayError(refused)))
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it was chosen
  useEffect(() => {
    if (!isAsked) void go()
  }, [])
  if (!isAsked && error === "") return null
  return (
    <Dialog title={say("site.go", { site: to.title })} close={close} act={say("site.leave")} doIt={() => void go()}>
      {count > 0 && <p>{say("site.talks", { count, site: me.site_title })}</p>}
      {error && (
        <p className="wrong" role="alert">
          {error}
        </p>
      )}
    </Dialog>
  )
}
