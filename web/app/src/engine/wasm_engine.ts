// The engine of a page that has no program behind it: the model in web workers, as many as there are processors.
/// <reference types="vite/client" />
import {
    EngineError,
    type Arm,
    type CatalogueEntry,
    type Common,
    type Description,
    type Engine,
    type Finished,
    type Panel,
} from "./engine";
import type { Answered, Asked, Question } from "./wasm_worker";
// Within the page's own text, since a page that is a file may load no other.
import ModelWorker from "./wasm_worker?worker&inline";

const roomForAll = 768 * 2 ** 20; // bytes that all workers together may keep of what was simulated
const mostWorkers = 16;

export interface EngineOptions {
    shown?: boolean; // of the outputs what a page shows; else all
    first?: string; // the scenario that a page opens with
}

class AskedWorker {
    private readonly worker = new ModelWorker();
    private readonly waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
    private last = 0;

    constructor() {
        this.worker.onmessage = ({ data }: MessageEvent<Answered>) => {
            const asked = this.waiting.get(data.id);
            this.waiting.delete(data.id);
            if ("error" in data) asked?.reject(new EngineError(data.error));
            else asked?.resolve(data.answer);
        };
        this.worker.onerror = (event) => {
            for (const { reject } of this.waiting.values()) reject(new EngineError(event.message));
            this.waiting.clear();
        };
    }

    ask<Answer>(question: Question): Promise<Answer> {
        const id = ++this.last;
        return new Promise<Answer>((resolve, reject) => {
            this.waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
            this.worker.postMessage({ id, question } satisfies Asked);
        });
    }
}

class WasmEngine implements Engine {
    private readonly workers: Promise<AskedWorker[]>;

    constructor(
        bytes: Uint8Array | Promise<Uint8Array>,
        private readonly options: EngineOptions,
    ) {
        this.workers = begin(bytes, options);
        this.workers.catch(() => undefined); // whoever asks first is told
    }

    async catalogue(): Promise<CatalogueEntry[]> {
        const entries = await this.ask<CatalogueEntry[]>({ kind: "catalogue" });
        return entries.map((entry) => ({ ...entry, first: entry.scenario === this.options.first }));
    }

    describe(arm: Arm): Promise<Description> {
        return this.ask({ kind: "describe", arm });
    }

    together(arms: Arm[]): Promise<Common> {
        return this.ask({ kind: "together", arms });
    }

    save(arm: Arm): Promise<string> {
        return this.ask({ kind: "save", arm });
    }

    panel(arms: Arm[], seed: number, replicate: number): Promise<Panel[]> {
        return this.ask({ kind: "panel", arms, seed, replicate });
    }

    speak(language: "en" | "zh"): void {
        void this.workers.then((workers) =>
            Promise.all(workers.map((worker) => worker.ask({ kind: "speak", language }))),
        );
    }

    async simulate(
        arms: Arm[],
        seed: number,
        first: number,
        count: number,
        done: (one: Finished) => void,
        signal: AbortSignal,
    ): Promise<void> {
        const workers = await this.workers;
        // A replicate is always of the same worker, which may have kept its state at the start.
        const run = async (worker: AskedWorker, remainder: number) => {
            for (let replicate = first; replicate < first + count; ++replicate) {
                if (replicate % workers.length !== remainder) continue;
                signal.throwIfAborted();
                const values = await worker.ask<Float64Array[]>({ kind: "simulate", arms, seed, replicate });
                signal.throwIfAborted();
                done({ replicate, values });
            }
        };
        await Promise.all(workers.map(run));
        signal.throwIfAborted();
    }

    private async ask<Answer>(question: Question): Promise<Answer> {
        const [worker] = await this.workers;
        if (worker === undefined) throw new EngineError("there is no worker");
        return worker.ask<Answer>(question);
    }
}

async function begin(bytes: Uint8Array | Promise<Uint8Array>, { shown }: EngineOptions): Promise<AskedWorker[]> {
    const module = await WebAssembly.compile((await bytes) as BufferSource);
    const count = Math.max(1, Math.min(mostWorkers, navigator.hardwareConcurrency || 1));
    const workers = Array.from({ length: count }, () => new AskedWorker());
    const options = { room: roomForAll / count, shown: shown ?? false };
    await Promise.all(workers.map((worker) => worker.ask({ kind: "begin", module, options })));
    return workers;
}

/** `bytes`: the module, as build/web/jiju.wasm has it. */
export function wasmEngine(bytes: Uint8Array | Promise<Uint8Array>, options: EngineOptions = {}): Engine {
    return new WasmEngine(bytes, options);
}
