// Two builds: the panel with what it fetches later, and then the launcher, which knows where all of it lies.
import { readdirSync, rmSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { build } from "vite"

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
/** Style sheets travel without their line ends. */
const squeezed = {
  name: "squeezed",
  transform: (code, id) =>
    /(style|launcher|invite)\.ts$/.test(id) ? code.replace(/`\n[^`]*`/g, (css) => css.replaceAll("\n", "")) : null,
}

const common = {
  root: at("."),
  configFile: false,
  logLevel: "warn",
  plugins: [squeezed],
  oxc: { jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" } },
}

/** One build of its own for what stands alone, so that nothing is shared and fetched beside it. */
async function parts(input) {
  await build({
    ...common,
    build: {
      outDir: at("dist"),
      emptyOutDir: false,
      target: "es2022",
      modulePreload: false,
      lib: { entry: input, formats: ["es"] }, // no helper of the bundler's around what is fetched later
      rollupOptions: {
        preserveEntrySignatures: "allow-extension",
        output: {
          minify: true,
          entryFileNames: "assets/[name]-[hash].js",
          chunkFileNames: "assets/[name]-[hash].js",
        },
      },
    },
  })
}

rmSync(at("dist"), { recursive: true, force: true })
await parts({ panel: at("src/panel.tsx") })
for (const language of ["en", "de", "fr", "es", "ar", "tr"])
  await parts({ [language]: at(`src/messages.${language}.ts`) })
await parts({ invite: at("src/invite.ts") })
await parts({ trial: at("src/trial.ts") })

const files = Object.fromEntries(readdirSync(at("dist/assets")).map((name) => [name.split("-")[0], name]))
for (const name of Object.keys(files)) if (/^(call|files|survey|transcript|later)/.test(name)) delete files[name] // the panel knows them
await build({
  ...common,
  define: { __FILES__: JSON.stringify(files) },
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
