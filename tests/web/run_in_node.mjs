// Replicates of arms by the module in node, as 64-bit numbers one after another: replicate by replicate, arm by arm; and the firms
// of the first replicate.
// usage: node tests/web/run_in_node.mjs FOLDER OUTPUT SEED COUNT ARM …      (an ARM is JSON, as engine.ts has it)
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

globalThis.self ??= { location: { href: "" } }; // emscripten's loader is made for a worker
const [folder, output, seed, count, ...arms] = process.argv.slice(2);
const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const { WasmModule } = await import(pathToFileURL(resolve(folder, "wasm_module.mjs")).href);
const module = await WebAssembly.compile(readFileSync(join(root, "build/web/jiju.wasm")));
const model = await WasmModule.begin(module, { room: 2 ** 28 });
const asked = arms.map((arm) => JSON.parse(arm));

const begun = performance.now();
const rows = [];
for (let replicate = 0; replicate < Number(count); ++replicate)
  rows.push(...model.simulate(asked, Number(seed), replicate));
const milliseconds = performance.now() - begun;
writeFileSync(output, Buffer.concat(rows.map((row) => Buffer.from(row.buffer, row.byteOffset, row.byteLength))));
const panels = model.panel(asked, Number(seed), 0).map((panel) =>
  Object.fromEntries(Object.entries(panel).map(([name, column]) => [name, Array.from(column)])),
);
process.stdout.write(JSON.stringify({ milliseconds, ...model.together(asked), panels }));
