import { TextInput } from "@mantine/core"
import type { ComponentProps } from "react"

/** A line of text that must be given. */
export function Field(props: ComponentProps<typeof TextInput>) {
  return <TextInput required withAsterisk={false} size="sm" {...props} />
}
