// Firms of one replicate, in two arms: each with its two lives. Knows no document.
import type { Panel } from "./engine/engine";

export interface Life {
    sales: number;
    workers: number;
    support: number;
}

export interface Twin {
    id: number;
    industry: string;
    place: string;
    named: string; // key of a firm with a name, or nothing
    lives: (Life | null)[][]; // arm, year; null where it is not there
}

const numbers = (panel: Panel, name: string): Float64Array => panel[name] as Float64Array;
const keys = (panel: Panel, name: string): string[] => panel[name] as string[];

/** Every firm that is in one of the arms. */
export function twins(panels: Panel[], years: number[]): Twin[] {
    const found = new Map<number, Twin>();
    panels.forEach((panel, arm) => {
        const [year, sales, workers, support] = ["year", "year_sales", "labour", "support"].map((name) =>
            numbers(panel, name),
        );
        const [industry, place, named] = ["industry", "place", "named"].map((name) => keys(panel, name));
        numbers(panel, "id").forEach((id, at) => {
            let twin = found.get(id);
            if (!twin) {
                twin = {
                    id,
                    industry: industry![at]!,
                    place: place![at]!,
                    named: named![at]!,
                    lives: panels.map(() => years.map(() => null)),
                };
                found.set(id, twin);
            }
            const when = years.indexOf(year![at]!);
            if (when >= 0)
                twin.lives[arm]![when] = { sales: sales![at]!, workers: workers![at]!, support: support![at]! };
        });
    });
    return [...found.values()];
}

/** What the second arm adds to its sales in the last year. */
export function gain(twin: Twin): number {
    const [base, other] = twin.lives.map((life) => life.at(-1)?.sales ?? 0);
    return (other ?? 0) - (base ?? 0);
}
