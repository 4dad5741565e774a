// Builds what the tests of the module run, with the tools of the application: the engine of the page as one script for
// a browser, and the module alone for node.
// usage: node tests/web/build_page.mjs FOLDER
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const folder = resolve(process.argv[2]);
const tools = createRequire(join(root, "web/app/package.json"));
const { build } = await import(pathToFileURL(tools.resolve("vite")).href);

async function bundle(source, name, format) {
  await build({
    configFile: false,
    logLevel: "warn",
    root: join(root, "web/app"),
    build: {
      lib: { entry: join(root, "web/app/src/engine", source), name: "jiju", formats: [format], fileName: () => name },
      outDir: folder,
      emptyOutDir: false,
    },
  });
}
await bundle("wasm_module.ts", "wasm_module.mjs", "es");
await bundle("wasm_engine.ts", "wasm_engine.js", "iife");

// One file, as the application is: opened from the disk it may load no other.
const module = readFileSync(join(root, "build/web/jiju.wasm")).toString("base64");
const script = readFileSync(join(folder, "wasm_engine.js"), "utf8").replaceAll("</script", "<\\/script");
writeFileSync(
  join(folder, "page.html"),
  `<!doctype html><meta charset="utf-8"><title>engine</title><script>${script}</script><script>
const bytes = Uint8Array.from(atob("${module}"), (letter) => letter.charCodeAt(0));
const begun = performance.now();
const engine = jiju.wasmEngine(bytes);
</script>`,
);
