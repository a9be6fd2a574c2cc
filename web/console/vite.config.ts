import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"

export default defineConfig({
  base: "/desk/",
  plugins: [react()],
  build: { target: "es2022", modulePreload: { polyfill: false }, manifest: true, assetsInlineLimit: 0 },
})
