/** Who is there: asked once, as early as can be. */

import { api } from "./api"

export const firstAnswer = api.session()
firstAnswer.catch(() => {}) // told where it is looked at
