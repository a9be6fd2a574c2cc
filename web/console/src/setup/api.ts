/** The set-up over HTTP. */

import type {
  AuditLine,
  Blanks,
  Catalogue,
  ErrorBody,
  Finding,
  HolidaysShown,
  InvitationResult,
  PeopleFileRead,
  Person,
  PersonMade,
  TreeDifference,
} from "@dryfly/words"
import { ask } from "../api"
import type { Edits } from "./draft"

const part = encodeURIComponent
const asked = (edits: Edits, act: boolean) =>
  JSON.stringify({ edits: Object.entries(edits).map(([where, edit]) => ({ where, ...edit })), act })

export const setupApi = {
  /** null: it is still the version that is known. */
  catalogue: (known: number | null) =>
    ask<Catalogue | null>("GET", known === null ? "setup/catalogue" : `setup/catalogue?known=${known}`),
  blanks: () => ask<Blanks>("GET", "setup/blanks"),
  findings: () => ask<readonly Finding[]>("GET", "setup/findings"),
  holidays: (country: string, part_: string) =>
    ask<HolidaysShown>("GET", `setup/holidays?country=${part(country)}&part=${part(part_)}`),
  edit: (edits: Edits, act: boolean) => ask<TreeDifference>("POST", "setup/edits", asked(edits, act)),
  people: (find: string, after: string, limit: number) =>
    ask<readonly Person[]>("GET", `setup/people?find=${part(find)}&after=${part(after)}&limit=${limit}`),
  putPerson: (person: Person) => ask<Person>("PUT", `setup/people/${part(person.id)}`, JSON.stringify(person)),
  removePerson: (id: string) => ask<null>("DELETE", `setup/people/${part(id)}`),
  newPassword: (id: string) => ask<PersonMade>("POST", `setup/people/${part(id)}/password`),
  lookAtPeople: (file: string | Blob) => ask<PeopleFileRead>("POST", "setup/people-file", file, "text/csv"),
  takePeople: (file: string | Blob, version: number) =>
    ask<PeopleFileRead>("POST", `setup/people-file?act=true&version=${version}`, file, "text/csv"),
  diffTree: (tree: string) => ask<TreeDifference>("POST", "setup/tree", tree, "application/yaml"),
  applyTree: (tree: string, version: number) =>
    ask<TreeDifference>("POST", `setup/tree?act=true&version=${version}`, tree, "application/yaml"),
  audit: (before: number | null) =>
    ask<readonly AuditLine[]>("GET", `setup/audit?limit=50${before === null ? "" : `&before=${before}`}`),
  invitations: (days: number) => ask<readonly InvitationResult[]>("GET", `invitations?days=${days}`),
  async tree(): Promise<string> {
    const answer = await fetch("/api/setup/tree").catch(() => null)
    if (answer?.ok) return answer.text()
    const told = (await answer?.json().catch(() => null))?.error as ErrorBody | undefined
    throw told ?? { code: "unreachable", text: "The server cannot be reached.", values: {} }
  },
}
