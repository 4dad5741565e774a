// The page as `jiju explore` serves it: the model is that of the program behind it.
import type { Engine } from "./engine";

export function modelInside(): Engine | null {
    return null;
}
