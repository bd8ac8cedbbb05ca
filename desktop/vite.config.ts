import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = `http://127.0.0.1:${process.env.PERCH_HTTP_PORT ?? "8080"}`;

/** Builds the desktop into `desktop/dist`; in development the API and the live socket go to a running Perch. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // The first browsers with light-dark(), by which the tokens tell light from dark; older ones get no worse a copy.
    target: ["chrome123", "edge123", "firefox120", "safari17.5"],
    // The content security policy allows no data: scripts or styles.
    assetsInlineLimit: 0,
  },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": { target: server, ws: true },
      "/docs": server,
    },
  },
});
