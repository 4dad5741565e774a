declare module "model-inside" {
    import type { Engine } from "./engine/engine";

    export function modelInside(): Engine | null;
}
