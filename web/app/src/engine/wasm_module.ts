// The model as a WebAssembly module, one call after another: what a web worker has, and what a test in node has.
import createJiju, { type Jiju } from "../../../../build/web/jiju.js";
import { EngineError, type Arm, type CatalogueEntry, type Common, type Description } from "./engine";

interface PanelAnswer {
    rows: number;
    columns: string[];
    texts: Record<string, string[]>;
}

export type Panel = Record<string, Float64Array | string[]>;

export interface Options {
    room: number; // bytes that may be kept of what was simulated, to answer sooner when little changes
    outputs?: string[]; // that are asked for, in this order; else all
}

interface Place {
    from: number;
    length: number;
}

export class WasmModule {
    private opened = "";
    private places: Place[] = []; // in a row, of the outputs that are asked for
    private length = 0;

    private constructor(
        private readonly jiju: Jiju,
        private readonly outputs: string[] | undefined,
    ) {}

    static async begin(module: WebAssembly.Module, { room, outputs }: Options): Promise<WasmModule> {
        const jiju = await createJiju({
            instantiateWasm(imports, receive) {
                void WebAssembly.instantiate(module, imports).then(receive);
                return {};
            },
        });
        jiju.ccall("jiju_begin", null, ["number"], [room]);
        return new WasmModule(jiju, outputs);
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

    /** Its firms at the end of every year, a column each; and under plurals what the numbers of some stand for. */
    panel(arms: Arm[], seed: number, replicate: number): Panel[] {
        this.open(arms, seed);
        return arms.map((_, arm) => {
            const { rows, columns, texts } = this.ask<PanelAnswer>("jiju_panel", arm, replicate);
            const panel: Panel = { ...texts };
            columns.forEach((name, column) => {
                panel[name] = this.numbers(
                    this.jiju.ccall("jiju_panel_column", "number", ["number"], [column]),
                    rows,
                ).slice();
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
