/** Asks who is there before anything else is fetched, so that the answer is here when the page can be drawn. */

import "./first"
import "./styles/tokens.css"
import "./styles/base.css"

void import("./page")
void import("./Console") // most who come are signed in
