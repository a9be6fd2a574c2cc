/** A name that tells what it means, on hover and on focus. */

import "@mantine/core/styles/Tooltip.css"
import { Tooltip } from "@mantine/core"
import type { ReactNode } from "react"
import { definitions, type Measure } from "../definitions.en"

const EVENTS = { hover: true, focus: true, touch: true }
const CLASSES = { tooltip: "meaning-tip" }

export function Meaning({ of, children }: { of: Measure; children: ReactNode }) {
  return (
    <Tooltip label={definitions[of]} multiline events={EVENTS} classNames={CLASSES} openDelay={250}>
      <span className="meaning" tabIndex={0}>
        {children}
      </span>
    </Tooltip>
  )
}
