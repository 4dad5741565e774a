// The program behind `jiju explore`, over HTTP at the page's own address, which holds the token.
import {
    EngineError,
    inWords,
    type Arm,
    type CatalogueEntry,
    type Common,
    type Description,
    type Engine,
    type Finished,
    type Panel,
} from "./engine";

const NUMBER = 8; // bytes

export function httpEngine(address: URL): Engine {
    let language = "en";
    async function ask(path: string, question: object, signal?: AbortSignal): Promise<Response> {
        const answer = await fetch(new URL(path, address), {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ ...question, lang: language }),
            ...(signal ? { signal } : {}),
        });
        return checked(answer);
    }
    return {
        catalogue: async () =>
            (await checked(await fetch(new URL("catalogue", address)))).json() as Promise<CatalogueEntry[]>,
        describe: async (arm) => (await ask("describe", { arm })).json() as Promise<Description>,
        together: async (arms) => (await ask("together", { arms })).json() as Promise<Common>,
        speak: (chosen) => {
            language = chosen;
        },
        simulate: async (arms, seed, first, count, done, signal) => {
            const answer = await ask("simulate", { arms, seed, first, count }, signal);
            await readReplicates(answer.body!, arms.length, done);
        },
        panel: async (arms, seed, replicate) =>
            tables(await (await ask("panel", { arms, seed, replicate })).arrayBuffer()),
        save: async (arm: Arm) => (await ask("save", { arm })).text(),
    };
}

async function checked(answer: Response): Promise<Response> {
    if (answer.ok) return answer;
    const said = (await answer.json().catch(() => ({}))) as { error?: string };
    throw new EngineError(said.error ?? `${answer.status} ${answer.statusText}`);
}

/** Bytes as they come, handed out in the lengths that are asked for. */
class Bytes {
    private parts: Uint8Array[] = [];
    private length = 0;
    constructor(private readonly reader: ReadableStreamDefaultReader<Uint8Array>) {}

    /** EngineError where the stream ends before. */
    async take(count: number): Promise<ArrayBuffer> {
        while (this.length < count) {
            const { value, done } = await this.reader.read();
            if (done) throw new EngineError("jiju explore has stopped");
            this.parts.push(value);
            this.length += value.length;
        }
        const whole = new Uint8Array(this.length);
        let at = 0;
        for (const part of this.parts) {
            whole.set(part, at);
            at += part.length;
        }
        this.parts = [whole.slice(count)];
        this.length -= count;
        return whole.buffer.slice(0, count);
    }
}

/** As analysis/jiju/browser/replicates.py writes them. */
export async function readReplicates(
    stream: ReadableStream<Uint8Array>,
    arms: number,
    done: (one: Finished) => void,
): Promise<void> {
    const bytes = new Bytes(stream.getReader());
    for (;;) {
        const [replicate, count] = new Float64Array(await bytes.take(2 * NUMBER)) as unknown as [number, number];
        if (replicate < 0) {
            const error = new TextDecoder().decode(await bytes.take(count));
            if (error) throw new EngineError(error);
            return;
        }
        const numbers = new Float64Array(await bytes.take(arms * count * NUMBER));
        done({
            replicate,
            values: Array.from({ length: arms }, (_, arm) => numbers.slice(arm * count, (arm + 1) * count)),
        });
    }
}

interface Head {
    columns: Record<string, [number, number]>;
    words: Record<string, string[]>;
}

function tables(body: ArrayBuffer): Panel[] {
    const length = new Float64Array(body, 0, 1)[0]!;
    const heads = JSON.parse(new TextDecoder().decode(new Uint8Array(body, NUMBER, length))) as Head[];
    const numbers = new Float64Array(body, NUMBER + length);
    return heads.map(({ columns, words }) =>
        Object.fromEntries(
            Object.entries(columns).map(([name, [at, count]]) => [
                name,
                inWords(numbers.slice(at, at + count), words[name]),
            ]),
        ),
    );
}
