// One of several workers that simulate replicates side by side, each with a module of its own.
import type { Arm } from "./engine";
import { WasmModule, type Options } from "./wasm_module";

export type Question =
    | { kind: "begin"; module: WebAssembly.Module; options: Options }
    | { kind: "speak"; language: "en" | "zh" }
    | { kind: "catalogue" }
    | { kind: "describe"; arm: Arm }
    | { kind: "together"; arms: Arm[] }
    | { kind: "save"; arm: Arm }
    | { kind: "simulate"; arms: Arm[]; seed: number; replicate: number }
    | { kind: "panel"; arms: Arm[]; seed: number; replicate: number };

export interface Asked {
    id: number;
    question: Question;
}

export type Answered = { id: number; answer: unknown } | { id: number; error: string };

let module: Promise<WasmModule> | undefined;

async function answerTo(question: Question): Promise<unknown> {
    if (question.kind === "begin") {
        module = WasmModule.begin(question.module, question.options);
        await module;
        return null;
    }
    if (module === undefined) throw new Error("a worker is asked before it has begun");
    const begun = await module;
    switch (question.kind) {
        case "speak":
            return begun.speak(question.language);
        case "catalogue":
            return begun.catalogue();
        case "describe":
            return begun.describe(question.arm);
        case "together":
            return begun.together(question.arms);
        case "save":
            return begun.save(question.arm);
        case "simulate":
            return begun.simulate(question.arms, question.seed, question.replicate);
        case "panel":
            return begun.panel(question.arms, question.seed, question.replicate);
    }
}

// What need not be copied on its way out.
function buffersOf(answer: unknown): Transferable[] {
    if (!Array.isArray(answer)) return [];
    return answer.filter((each) => each instanceof Float64Array).map((each) => each.buffer as ArrayBuffer);
}

self.onmessage = async ({ data: { id, question } }: MessageEvent<Asked>) => {
    try {
        const answer = await answerTo(question);
        self.postMessage({ id, answer } satisfies Answered, { transfer: buffersOf(answer) });
    } catch (error) {
        self.postMessage({ id, error: error instanceof Error ? error.message : String(error) } satisfies Answered);
    }
};
