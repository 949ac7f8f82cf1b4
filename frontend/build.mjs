// Bundles the islands of the desk into one file that the wheel carries; a page loads nothing else that runs.
import { build } from "esbuild";

await build({
  entryPoints: ["src/desk.ts"],
  bundle: true,
  minify: true,
  target: "es2022",
  legalComments: "linked",
  outfile: "../src/onrecord/web/static/built/desk.js",
});
