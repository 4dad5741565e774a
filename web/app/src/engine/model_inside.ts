// The engine of the page that is a file: the model, packed into the page's own text.
/// <reference types="vite/client" />
import packed from "../../../../build/web/jiju.wasm.gz?url&inline"; // data:application/gzip;base64,…

import type { Engine } from "./engine";
import { wasmEngine } from "./wasm_engine";

// What the page shows, as `jiju explore` sends it (analysis/jiju/browser/description.py).
const outputs = [
  "target_met", "target_value", "output", "value_added", "employment", "place_output", "place_value_added",
  "place_employment", "lever_asked", "lever_allotted", "lever_beyond", "net_value_added",
]; // prettier-ignore

async function unpacked(): Promise<Uint8Array> {
    const letters = atob(packed.slice(packed.indexOf(",") + 1));
    const bytes = new Uint8Array(letters.length);
    for (let at = 0; at < bytes.length; ++at) bytes[at] = letters.charCodeAt(at);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
}

export function modelInside(): Engine | null {
    return wasmEngine(unpacked(), { outputs, first: "shaoxing-2011/plan" });
}
