import type { ErrorBody, Values } from "@dryfly/words"
import { sayError as sayCommonError, speaking } from "../say"
import { en, type ReportWords } from "./messages.en"

export const say = speaking(en)

/** The sentence of a key that is put together, or `otherwise`. */
export const sayIf = (key: string, values?: Values, otherwise = ""): string =>
  key in en ? say(key as keyof ReportWords, values) : otherwise

export const sayError = (error: ErrorBody): string =>
  sayIf(`error.${error.code}`, error.values as Values) || sayCommonError(error)
