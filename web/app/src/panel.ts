// Firms of one replicate, in two arms: each with its two lives. Knows no document.
type Table = Record<string, Float64Array | string[]>;

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

const column = (table: Table, name: string): Float64Array | string[] | undefined =>
    table[name] ?? table[`firm_${name}`];
const numbers = (table: Table, name: string): Float64Array =>
    (column(table, name) as Float64Array | undefined) ?? new Float64Array();

/** Every firm that is in one of the arms; of each year its last step. */
export function twins(tables: Table[], years: number[], namedKeys: string[]): Twin[] {
    const found = new Map<number, Twin>();
    tables.forEach((table, arm) => {
        const [ids, sales, workers, support] = ["id", "year_sales", "labour", "support"].map((name) =>
            numbers(table, name),
        );
        const year = (table.year ?? table.panel_year) as Float64Array;
        const [industry, place, named] = ["industry", "place", "named"].map((name) => column(table, name));
        ids!.forEach((id, at) => {
            let twin = found.get(id);
            if (!twin) {
                twin = {
                    id,
                    industry: String(industry?.[at] ?? ""),
                    place: String(place?.[at] ?? ""),
                    named: nameOf(named?.[at], namedKeys),
                    lives: tables.map(() => years.map(() => null)),
                };
                found.set(id, twin);
            }
            const when = years.indexOf(year[at]!);
            if (when >= 0)
                twin.lives[arm]![when] = { sales: sales![at]!, workers: workers![at]!, support: support![at]! };
        });
    });
    return [...found.values()];
}

// Codes count from 1; 0 is a firm without a name.
function nameOf(code: string | number | undefined, keys: string[]): string {
    return typeof code === "string" ? code : (keys[Number(code) - 1] ?? "");
}

/** What the second arm adds to its sales in the last year. */
export function gain(twin: Twin): number {
    const [base, other] = twin.lives.map((life) => life.at(-1)?.sales ?? 0);
    return (other ?? 0) - (base ?? 0);
}
