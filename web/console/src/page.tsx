import "@mantine/core/styles/Input.css"
import "@mantine/core/styles/UnstyledButton.css"
import { createTheme, MantineProvider } from "@mantine/core"
import { createRoot } from "react-dom/client"
import { App } from "./App"

const theme = createTheme({ primaryColor: "teal", autoContrast: false, respectReducedMotion: true })

createRoot(document.getElementById("root") as HTMLElement).render(
  <MantineProvider
    theme={theme}
    defaultColorScheme="auto"
    withCssVariables={false}
    withGlobalClasses={false}
    deduplicateCssVariables={false}
  >
    <App />
  </MantineProvider>,
)
