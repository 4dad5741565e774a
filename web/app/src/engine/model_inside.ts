// The page with the model inside: compiled to WebAssembly by web/engine, it stands in the page's own text.
import module from "../../../../build/web/jiju.wasm?inline";

import type { Engine } from "./engine";
import { wasmEngine } from "./wasm_engine";

export function modelInside(): Engine | null {
    const base64 = module.slice(module.indexOf(",") + 1);
    return wasmEngine(Uint8Array.from(atob(base64), (each) => each.charCodeAt(0)));
}
