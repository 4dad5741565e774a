// The engine of the page that is a file: the model, packed into the page's own text.
/// <reference types="vite/client" />
import packed from "../../../../build/web/jiju.wasm.gz?url&inline"; // data:application/gzip;base64,…

import type { Engine } from "./engine";
import { wasmEngine } from "./wasm_engine";

async function unpacked(): Promise<Uint8Array> {
    const letters = atob(packed.slice(packed.indexOf(",") + 1));
    const bytes = new Uint8Array(letters.length);
    for (let at = 0; at < bytes.length; ++at) bytes[at] = letters.charCodeAt(at);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
}

export function modelInside(): Engine | null {
    return wasmEngine(unpacked(), { shown: true, first: "shaoxing-2011/plan" });
}
