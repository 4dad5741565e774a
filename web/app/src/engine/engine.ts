/**
 * What the application asks of an engine. Two engines answer: the model as WebAssembly in web workers (`wasm_engine.ts`)
 * and the program behind `jiju explore` over HTTP (`http_engine.ts`). Both give the bits of a results file.
 * Texts come in both languages, so that the page changes its language without asking again.
 */

export interface Text {
    en: string;
    zh: string;
}

/** An arm: a scenario of the catalogue, or the text of a file, with changes as `--set KEY=VALUE` takes them. */
export interface Arm {
    scenario: string; // "shaoxing-2011/plan"; the name of the file where `text` is given
    text?: string; // TOML; may extend scenarios of the catalogue
    set: string[]; // "levers.special_fund.budget.times=2"
}

export interface CatalogueEntry {
    scenario: string;
    title: Text;
    base: string | null; // the scenario that it is compared with: what it extends, or null
    first?: boolean; // the one that the page opens with
}

export interface Axis {
    keys: string[];
    names: Text[];
}

/** One variable of the results file. Values lie row-major over its dims in the order of `Description.outputs`. */
export interface Output {
    name: string;
    dims: string[]; // of "time", "year", "industry", "cluster", "place", "tier", "origin", "lever", "purse", "target" …
    unit: string;
    text: Text;
}

export interface Target {
    key: string;
    label: Text;
    section: string; // of the plan
    year: number;
    comparison: string;
    value: number;
    unit: Text;
    plan: Text | null; // the sentence of the plan it comes from, where there is one
    upper?: number | null; // met from `value` up to here, where it says between
    output?: string; // the variable that it counts,
    measure?: string; // how: "level" …
    where?: Record<string, string>; // and of whom: key by dimension
}

/** One number that a person may move: a dose or budget of a lever. */
export interface Dose {
    key: string; // as `--set` takes it
    purse: string | null;
    unit: Text;
    years: number[];
    values: number[]; // as the scenario has them
    bounds: [number, number];
    steps?: number[]; // the same at every step of the simulation
}

export interface Component {
    key: string;
    mechanism: string;
    grade: string; // of its evidence, A to D
    evidence: string;
    text: Text;
}

export interface Lever {
    key: string;
    name: Text;
    section: string; // of the plan
    plan: Text | null;
    doses: Dose[];
    switch: string | null; // the key that takes it away, as `--set` takes it
    components: Component[];
    id?: string; // the plan's number of the measure
    realised?: number | { median: number; low: number; high: number }; // share of the dose that is really there
}

/** Money that several levers draw on. */
export interface Purse {
    key: string;
    name: Text;
    setting: string; // as `--set` takes it
    unit: Text;
    years: number[];
    values: number[]; // a year
    steps: number[];
}

export interface Description {
    scenario: string;
    title: Text;
    years: number[];
    axes: Record<string, Axis>;
    outputs: Output[]; // of `simulate`
    targets: Target[];
    levers: Lever[];
    places: { key: string; name: Text; tile: [number, number] | null }[];
    money: Text; // what a unit of money is called
    purses?: Purse[];
    sections?: Record<string, Text>; // the plan's headings, by the `section` of levers
    clusters?: { key: string; name: Text; industry: string; places: string[] }[];
    firms?: { key: string; name: Text }[]; // those that have a name
    steps_per_year?: number;
    seed?: number; // of the scenario, where nobody asks for another
    replicates_per_draw?: number; // above one, replicates share draws of the parameters
}

export interface Finished {
    replicate: number;
    values: Float64Array[]; // one an arm
}

/** What the results of several arms have in common: all levers, clusters and targets that some arm has. */
export interface Common {
    axes: Record<string, Axis>;
    outputs: Output[]; // as `simulate` gives them for these arms together
}

/** Firms at the ends of years, a column each: numbers, or keys where numbers stand for some. */
export type Panel = Record<string, Float64Array | string[]>;

export function inWords(codes: Float64Array, words: string[] | undefined): Float64Array | string[] {
    return words ? Array.from(codes, (code) => words[code] ?? "") : codes;
}

export class EngineError extends Error {} // its message is the program's own: where, what, what would be right

export interface Engine {
    catalogue(): Promise<CatalogueEntry[]>;
    describe(arm: Arm): Promise<Description>;
    /** Axes and outputs of arms side by side: those of `describe` where all arms have the same levers and targets. */
    together(arms: Arm[]): Promise<Common>;
    /** The language of what an EngineError says from now on; English before. */
    speak(language: "en" | "zh"): void;
    /**
     * Replicates first … first + count - 1 of all arms on common axes with common random numbers, each as it is done, in
     * no certain order. A replicate that fails is all NaN. Rejects with the reason of `signal` once that is aborted.
     */
    simulate(
        arms: Arm[],
        seed: number,
        first: number,
        count: number,
        done: (one: Finished) => void,
        signal: AbortSignal,
    ): Promise<void>;
    /** The firms of one replicate (a panel) of each arm, for a firm's two lives. */
    panel(arms: Arm[], seed: number, replicate: number): Promise<Panel[]>;
    /** The arm as the text of a scenario file that anybody can run. */
    save(arm: Arm): Promise<string>;
}
