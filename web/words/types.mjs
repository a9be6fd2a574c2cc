// Makes src/generated.ts from the server's words. `--check`: fails where the committed file differs.
import { execFileSync } from "node:child_process"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import openapiTS, { astToString } from "openapi-typescript"

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const root = at("../../")
const own = `${root}.venv/bin/python`
const python = process.env.DRYFLY_PYTHON ?? (existsSync(own) ? own : "python3")
const target = at("src/generated.ts")

const document = execFileSync(python, ["-m", "dryfly.service.types"], {
  cwd: root,
  env: { ...process.env, PYTHONPATH: `${root}src` },
})
const ast = await openapiTS(JSON.parse(document.toString()), {
  immutable: true,
  defaultNonNullable: false,
  rootTypes: true,
  rootTypesNoSchemaPrefix: true,
})
const text = `// Made by "npm run types" from the server's words. Do not edit.\n${astToString(ast)}`

if (!process.argv.includes("--check")) {
  writeFileSync(target, text)
} else if (!existsSync(target) || readFileSync(target, "utf8") !== text) {
  console.error('web/words/src/generated.ts is not what the server speaks: run "npm run types".')
  process.exit(1)
}
