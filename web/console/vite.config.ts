import react from "@vitejs/plugin-react"
import { defineConfig, type Plugin } from "vite"

const LIBRARIES = "libraries"
const FIRST_SCREEN: "$initial"[] = ["$initial"]

/** What the first screen needs is compiled whole while it comes in, and not function by function as it is drawn. */
const compiledAtOnce: Plugin = {
  name: "compiled-at-once",
  generateBundle: {
    order: "post", // the line has to be the first
    handler: (_, bundle) => {
      for (const chunk of Object.values(bundle))
        if (chunk.type === "chunk" && (chunk.isEntry || chunk.name === LIBRARIES))
          chunk.code = `//# allFunctionsCalledOnLoad\n${chunk.code}`
    },
  },
}

export default defineConfig({
  base: "/desk/",
  plugins: [react(), compiledAtOnce],
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    manifest: true,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // Two files: that of others stays the same, and in browsers' caches, over most releases of ours.
        codeSplitting: {
          groups: [
            { name: LIBRARIES, tags: FIRST_SCREEN, test: /[\\/]node_modules[\\/]/ },
            { name: "first", tags: FIRST_SCREEN },
          ],
        },
      },
    },
  },
})
