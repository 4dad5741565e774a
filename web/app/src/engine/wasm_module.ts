// The model as a WebAssembly module, one call after another: what a web worker has, and what a test in node has.
import createJiju, { type Jiju } from "../../../../build/web/jiju.js";
import {
    EngineError,
    inWords,
    type Arm,
    type CatalogueEntry,
    type Common,
    type Description,
    type Panel,
} from "./engine";

interface PanelAnswer {
    rows: number;
    columns: string[];
    words: Record<string, string[]>;
}

export interface Options {
    room: number; // bytes that may be kept of what was simulated, to answer sooner when little changes
    shown?: boolean; // of the outputs what a page shows, in its order; else all
}

interface Place {
    from: number;
    length: number;
}

export class WasmModule {
    private opened = "";
    private places: Place[] = []; // in a row, of the outputs that are asked for
    private length = 0;

    private outputs: string[] | undefined; // that are asked for; else all

    private constructor(private readonly jiju: Jiju) {}

    static async begin(module: WebAssembly.Module, { room, shown }: Options): Promise<WasmModule> {
        const jiju = await createJiju({
            instantiateWasm(imports, receive) {
                void WebAssembly.instantiate(module, imports).then(receive);
                return {};
            },
        });
        jiju.ccall("jiju_begin", null, ["number"], [room]);
        const begun = new WasmModule(jiju);
        if (shown) begun.outputs = begun.ask("jiju_shown");
        return begun;
    }

    speak(language: "en" | "zh"): void {
        this.jiju.ccall("jiju_speak_chinese", null, ["number"], [language === "zh" ? 1 : 0]);
    }

    catalogue(): CatalogueEntry[] {
        return this.ask("jiju_catalogue");
    }

    describe(arm: Arm): Description {
        const description = this.ask<Description>("jiju_describe", JSON.stringify(arm));
        for (const lever of description.levers) for (const dose of lever.doses) dose.bounds = boundsOf(dose.bounds);
        return { ...description, outputs: this.askedFor(description.outputs) };
    }

    together(arms: Arm[]): Common {
        const common = this.ask<Common>("jiju_together", JSON.stringify(arms));
        return { ...common, outputs: this.askedFor(common.outputs) };
    }

    save(arm: Arm): string {
        return this.ask("jiju_save", JSON.stringify(arm));
    }

    /** A replicate of each arm: the values of all outputs, one output after another. */
    simulate(arms: Arm[], seed: number, replicate: number): Float64Array[] {
        this.open(arms, seed);
        return arms.map((_, arm) => {
            const row = this.jiju.ccall("jiju_row", "number", ["number", "number"], [arm, replicate]);
            const numbers = new Float64Array(this.length);
            let at = 0;
            for (const { from, length } of this.places) {
                numbers.set(this.numbers(row + 8 * from, length), at);
                at += length;
            }
            return numbers;
        });
    }

    /** Its firms at the end of every year, a column each: numbers, or keys. */
    panel(arms: Arm[], seed: number, replicate: number): Panel[] {
        this.open(arms, seed);
        return arms.map((_, arm) => {
            const { rows, columns, words } = this.ask<PanelAnswer>("jiju_panel", arm, replicate);
            const panel: Panel = {};
            columns.forEach((name, column) => {
                const place = this.jiju.ccall("jiju_panel_column", "number", ["number"], [column]);
                panel[name] = inWords(this.numbers(place, rows).slice(), words[name]);
            });
            return panel;
        });
    }

    private open(arms: Arm[], seed: number): void {
        const wanted = JSON.stringify([arms, seed]);
        if (wanted === this.opened) return;
        this.opened = "";
        let from = 0;
        const places = this.ask<{ name: string; length: number }[]>("jiju_open", JSON.stringify(arms), seed).map(
            ({ name, length }) => ({ name, from: (from += length) - length, length }),
        );
        this.places = this.askedFor(places);
        this.length = this.places.reduce((sum, { length }) => sum + length, 0);
        this.opened = wanted;
    }

    private askedFor<Named extends { name: string }>(outputs: Named[]): Named[] {
        return (
            this.outputs?.map((name) => {
                const found = outputs.find((output) => output.name === name);
                if (found === undefined) throw new EngineError(`there is no output ${name}`);
                return found;
            }) ?? outputs
        );
    }

    private ask<Answer>(name: string, ...values: (string | number)[]): Answer {
        const types = values.map((value) => (typeof value === "string" ? "string" : "number"));
        const answer = JSON.parse(this.jiju.ccall(name, "string", types, values)) as { ok: Answer } | { error: string };
        if ("error" in answer) throw new EngineError(answer.error);
        return answer.ok;
    }

    // To be copied at once: the module's memory is written anew, and moves when it grows.
    private numbers(place: number, count: number): Float64Array {
        return this.jiju.HEAPF64.subarray(place / 8, place / 8 + count);
    }
}

// JSON knows no infinity.
function boundsOf([low, high]: [number | null, number | null]): [number, number] {
    return [low ?? -Infinity, high ?? Infinity];
}
