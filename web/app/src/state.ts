// What the reader has chosen: all of it stands in the address after #, so that any state is a link.
import type { Arm, Description, Dose, Lever } from "./engine/engine";

export type Lang = "en" | "zh";
export const VIEWS = ["targets", "industries", "money", "places", "firm"] as const;
export type View = (typeof VIEWS)[number];
export type Reference = "written" | "base";
export const MEASURES = ["output", "value_added", "employment"] as const;
export type Measure = (typeof MEASURES)[number];

export interface State {
    lang: Lang;
    view: View;
    scenario: string;
    text: string | null; // of a file that was dropped in
    factors: Record<string, number>; // by the key of a dose; 1 where not named
    off: string[]; // levers
    newMoney: boolean; // purses grow with the levers that draw on them
    reference: Reference | null; // null: what fits
    measure: Measure;
    firm: string; // key of a firm with a name, or its number
    replicate: number; // of the firm's two lives
}

export function initial(lang: Lang): State {
    return {
        lang,
        view: "targets",
        scenario: "",
        text: null,
        factors: {},
        off: [],
        newMoney: true,
        reference: null,
        measure: "output",
        firm: "",
        replicate: 0,
    };
}

const MOST_TEXT = 100_000; // characters of a dropped file that a link carries

/** After the #; what is as at first is left out. */
export function toHash(state: State): string {
    const words = new URLSearchParams();
    const first = initial(state.lang);
    words.set("lang", state.lang);
    if (state.view !== first.view) words.set("view", state.view);
    if (state.scenario) words.set("scenario", state.scenario);
    if (state.text !== null && state.text.length <= MOST_TEXT) words.set("text", state.text);
    for (const [key, factor] of Object.entries(state.factors)) if (factor !== 1) words.append("x", `${key}*${factor}`);
    for (const lever of state.off) words.append("off", lever);
    if (!state.newMoney) words.set("purse", "same");
    if (state.reference) words.set("against", state.reference);
    if (state.measure !== first.measure) words.set("measure", state.measure);
    if (state.firm) words.set("firm", state.firm);
    if (state.replicate) words.set("replicate", String(state.replicate));
    return words.toString();
}

/** What a link says, and nothing that it cannot mean. */
export function fromHash(hash: string, lang: Lang): State {
    const words = new URLSearchParams(hash.replace(/^#/, ""));
    const state = initial(words.get("lang") === "zh" ? "zh" : words.get("lang") === "en" ? "en" : lang);
    const view = words.get("view") as View;
    if (VIEWS.includes(view)) state.view = view;
    state.scenario = words.get("scenario") ?? "";
    state.text = words.get("text");
    for (const word of words.getAll("x")) {
        const [key, factor] = word.split("*");
        const number = Number(factor);
        if (key && /^levers\.[\w-]+\.\w+$/.test(key) && Number.isFinite(number) && number >= 0)
            state.factors[key] = number;
    }
    state.off = words.getAll("off").filter((lever) => /^[\w-]+$/.test(lever));
    state.newMoney = words.get("purse") !== "same";
    const against = words.get("against");
    if (against === "written" || against === "base") state.reference = against;
    const measure = words.get("measure") as Measure;
    if (MEASURES.includes(measure)) state.measure = measure;
    state.firm = words.get("firm") ?? "";
    state.replicate = Math.min(Math.max(Math.trunc(Number(words.get("replicate")) || 0), 0), 499);
    return state;
}

export const factorOf = (state: State, dose: Dose): number => state.factors[dose.key] ?? 1;
export const isOff = (state: State, lever: Lever): boolean => state.off.includes(lever.key);
export const largest = (dose: Dose): number => Math.max(...(dose.steps ?? dose.values), 0);
/** The most that a dose may be multiplied by: four, or what its bound permits. */
export const mostFactor = (dose: Dose): number => Math.min(4, dose.bounds[1] / Math.max(largest(dose), 1e-12));
export const usedDoses = (lever: Lever): Dose[] => lever.doses.filter((dose) => largest(dose) > 0);
export const usedLevers = (description: Description): Lever[] =>
    description.levers.filter((lever) => usedDoses(lever).length > 0);

export const isChanged = (state: State): boolean =>
    state.off.length > 0 || Object.values(state.factors).some((factor) => factor !== 1);

/** The settings of the reader's own arm. */
export function settings(state: State, description: Description): string[] {
    const found: string[] = [];
    for (const lever of usedLevers(description)) {
        if (isOff(state, lever) && lever.switch) {
            found.push(`${lever.switch}=false`);
            continue;
        }
        for (const dose of usedDoses(lever)) {
            const factor = factorOf(state, dose);
            if (factor !== 1) found.push(`${dose.key}.times=${shortest(factor)}`);
        }
    }
    return state.newMoney ? [...found, ...purseSettings(state, description)] : found;
}

const shortest = (value: number): string => String(Number(value.toPrecision(12)));

/** What a purse gets besides, step by step: as much as the levers that draw on it ask for besides. */
function purseSettings(state: State, description: Description): string[] {
    const first = description.years[0] ?? 0;
    const perYear = description.steps_per_year ?? 1;
    return (description.purses ?? []).flatMap((purse) => {
        const more = purse.steps.map(() => 0);
        for (const lever of usedLevers(description)) {
            if (isOff(state, lever)) continue; // money of a lever that is gone stays in the purse
            for (const dose of usedDoses(lever)) {
                if (dose.purse !== purse.key || !dose.steps) continue;
                const factor = factorOf(state, dose);
                if (factor > 1)
                    dose.steps.forEach((value, step) => {
                        more[step] = more[step]! + value * (factor - 1);
                    });
            }
        }
        const changes = spans(more).map(({ value, from, until }) => {
            const end = until < more.length ? `, until = ${first + until / perYear}` : "";
            return `{ plus = ${shortest(value)}, from = ${first + from / perYear}${end} }`;
        });
        return changes.length ? [`${purse.setting}=[${changes.join(", ")}]`] : [];
    });
}

/** Runs of the same number, without those of zero. */
function spans(values: number[]): { value: number; from: number; until: number }[] {
    const found: { value: number; from: number; until: number }[] = [];
    values.forEach((value, step) => {
        const last = found.at(-1);
        if (last && last.until === step && last.value === value) last.until = step + 1;
        else found.push({ value, from: step, until: step + 1 });
    });
    return found.filter(({ value }) => value !== 0);
}

export function ownArm(state: State, description: Description): Arm {
    return { ...written(state), set: settings(state, description) };
}

export function written(state: State): Arm {
    return { scenario: state.scenario, set: [], ...(state.text !== null ? { text: state.text } : {}) };
}
