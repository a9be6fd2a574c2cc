/** Who is there was asked while this was on its way (index.html preloads the answer); so the first drawing knows it. */

import "./styles/tokens.css"
import "./styles/base.css"
import type { ErrorBody } from "@dryfly/words"
import { createRoot } from "react-dom/client"
import { App } from "./App"
import { api } from "./api"
import { say } from "./say"

const root = createRoot(document.getElementById("root") as HTMLElement)

api.session().then(
  (session) => root.render(<App first={session} hint="" />),
  ({ code }: ErrorBody) =>
    root.render(<App first={null} hint={code === "unreachable" ? say("error.unreachable") : ""} />),
)
