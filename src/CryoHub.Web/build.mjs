// Bundles every Features/*/browser/main.ts to wwwroot/js under a stable name (viewer.js, viewer.css), with what is beside it: workers, or view.ts, which is large and fetched only where it is shown.
import { existsSync, readdirSync } from "node:fs";
import { build } from "esbuild";

const features = new URL("Features/", import.meta.url);
const entries = readdirSync(features).flatMap(feature => ["main", "worker", "tiles", "view"]
  .map(part => ({ in: new URL(`${feature}/browser/${part}.ts`, features).pathname, out: feature.toLowerCase() + (part === "main" ? "" : `-${part}`) })))
  .filter(entry => existsSync(entry.in));

await build({
  entryPoints: entries,
  outdir: new URL("wwwroot/js", import.meta.url).pathname,
  bundle: true,
  minify: true,
  format: "esm",
  splitting: false,      // one file a feature: names stay the same from build to build
  target: "es2022",
  sourcemap: "linked",
  legalComments: "linked",
  loader: { ".svg": "dataurl" },
  logLevel: "warning",
});
