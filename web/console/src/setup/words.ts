import type { ErrorBody, Values } from "@dryfly/words"
import { sayError as sayCommonError, speaking } from "../say"
import { en, type SetupWords } from "./messages.en"

export const say = speaking(en)

/** The sentence of a key that is put together, or nothing. */
export const sayIf = (key: string, values?: Values): string => (key in en ? say(key as SetupWords, values) : "")

export const sayError = (error: ErrorBody): string =>
  sayIf(`error.${error.code}`, error.values as Values) || sayCommonError(error)
