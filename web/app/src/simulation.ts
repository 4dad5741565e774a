// Which replicates are simulated next: first twenty of every arm, then all of them, in turn, up to five hundred.
import { EngineError, type Arm, type Description, type Engine } from "./engine/engine";
import { Reader, Sample } from "./statistics/sample";

export const FIRST = 20;
export const ALL = 500;

/** Arms that are simulated together, so that they lie on common axes. */
interface Group {
    name: "reference" | "own";
    arms: Arm[];
    samples: Sample[];
    next: number; // replicate
}

export interface Samples {
    base: Sample | null;
    written: Sample;
    own: Sample | null; // null where nothing is changed
}

export class Simulation {
    private groups: Group[] = [];
    private stopping = new AbortController();
    private running = false;
    private reader: Reader | null = null;
    private readonly seed: number;

    constructor(
        private readonly engine: Engine,
        description: Description,
        base: Arm | null,
        written: Arm,
        private readonly changed: () => void,
        private readonly failed: (error: Error) => void,
    ) {
        this.reader = new Reader(description);
        this.seed = description.seed ?? 1;
        this.groups = [this.group("reference", base ? [base, written] : [written])];
        void this.run();
    }

    private group(name: Group["name"], arms: Arm[]): Group {
        return { name, arms, samples: arms.map(() => new Sample(this.reader!)), next: 0 };
    }

    /** The reader's own arm from now on; null where it is the scenario as written. */
    own(arm: Arm | null): void {
        const before = this.groups.find(({ name }) => name === "own");
        if (JSON.stringify(before?.arms[0] ?? null) === JSON.stringify(arm)) return;
        this.groups = this.groups.filter(({ name }) => name !== "own");
        if (arm) this.groups.push(this.group("own", [arm]));
        this.stopping.abort();
        this.stopping = new AbortController();
        this.changed();
        void this.run();
    }

    end(): void {
        this.groups = [];
        this.stopping.abort();
    }

    get samples(): Samples {
        const [reference, own] = [this.of("reference"), this.of("own")];
        const samples = reference?.samples ?? [];
        return {
            base: samples.length > 1 ? samples[0]! : null,
            written: samples.at(-1) ?? new Sample(this.reader!),
            own: own?.samples[0] ?? null,
        };
    }

    /** Replicates of all arms that are there. */
    get done(): number {
        return Math.min(...this.groups.flatMap(({ samples }) => samples.map(({ size }) => size)));
    }

    private of(name: Group["name"]): Group | undefined {
        return this.groups.find((group) => group.name === name);
    }

    private async run(): Promise<void> {
        if (this.running) return;
        this.running = true;
        try {
            for (let group = this.least(); group; group = this.least()) await this.some(group);
        } finally {
            this.running = false;
        }
    }

    private least(): Group | undefined {
        const open = this.groups.filter(({ next }) => next < ALL);
        return open.reduce<Group | undefined>(
            (least, group) => (least && least.next <= group.next ? least : group),
            undefined,
        );
    }

    private async some(group: Group): Promise<void> {
        const { signal } = this.stopping;
        const count = Math.min(group.next < FIRST ? FIRST - group.next : FIRST, ALL - group.next);
        const first = group.next;
        let seen = 0;
        try {
            await this.engine.simulate(
                group.arms,
                this.seed,
                first,
                count,
                ({ replicate, values }) => {
                    values.forEach((each, arm) => group.samples[arm]!.add(replicate, each));
                    ++seen;
                    this.changed();
                },
                signal,
            );
            group.next = first + count;
        } catch (error) {
            if (signal.aborted) {
                group.next = first; // some may be simulated again; the same replicate has the same numbers
                return;
            }
            this.groups = this.groups.filter((each) => each !== group);
            this.failed(error instanceof EngineError ? error : new Error(String(error)));
        }
        if (seen === 0) this.changed();
    }
}
