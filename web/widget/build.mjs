// Two builds: the panel (one hashed chunk), then the launcher, which knows its name.
import { readdirSync, rmSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { build } from "vite"

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
/** Style sheets travel without their line ends. */
const squeezed = {
  name: "squeezed",
  transform: (code, id) =>
    /(style|launcher)\.ts$/.test(id) ? code.replace(/`\n[^`]*`/g, (css) => css.replaceAll("\n", "")) : null,
}

const common = {
  root: at("."),
  configFile: false,
  logLevel: "warn",
  plugins: [squeezed],
  oxc: { jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" } },
}

rmSync(at("dist"), { recursive: true, force: true })
await build({
  ...common,
  build: {
    outDir: at("dist"),
    target: "es2022",
    modulePreload: false,
    rollupOptions: {
      input: { panel: at("src/panel.tsx") },
      preserveEntrySignatures: "strict",
      output: { format: "es", entryFileNames: "assets/[name]-[hash].js" },
    },
  },
})
const panel = readdirSync(at("dist/assets")).find((name) => name.startsWith("panel-"))
await build({
  ...common,
  define: { __PANEL__: JSON.stringify(`widget/assets/${panel}`) },
  build: {
    outDir: at("dist"),
    emptyOutDir: false,
    target: "es2022",
    modulePreload: false,
    rollupOptions: {
      input: { widget: at("src/launcher.ts") },
      output: { format: "iife", entryFileNames: "[name].js" },
    },
  },
})
