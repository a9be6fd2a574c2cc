/** Asks who is there before anything else is fetched, so that the answer is here when the page can be drawn. */

import "./first"
import "@mantine/core/styles/default-css-variables.css" // before ours, which say otherwise
import "./styles/tokens.css"
import "./styles/base.css"

void import("./page")
void import("./Console") // most who come are signed in
