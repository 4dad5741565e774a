// What is kept of the replicates of one arm: of each only what the page shows, reduced as it comes.
import type { Description, Output } from "../engine/engine";

/** Names of what a replicate is reduced to, each a run of numbers. */
export type Part =
    | "met"
    | "value" // of targets
    | "industry_output" // industry x year
    | "place_output"
    | "place_value_added"
    | "place_employment" // of places in the last year
    | "cluster_output"
    | "cluster_value_added"
    | "cluster_employment"
    | "asked"
    | "given"
    | "beyond"; // lever x year

interface Place {
    from: number;
    to: number;
}

/** How the numbers of a replicate are laid out, and what is made of them. */
export class Reader {
    readonly size: number;
    readonly years: number;
    private readonly inputs = new Map<string, { at: number; shape: number[]; dims: string[] }>();
    private readonly parts = new Map<Part, Place>();
    private readonly length: number;

    constructor(readonly description: Description) {
        let at = 0;
        for (const output of description.outputs) {
            const shape = output.dims.map((dim) => this.count(dim, output));
            this.inputs.set(output.name, { at, shape, dims: output.dims });
            at += shape.reduce((product, count) => product * count, 1);
        }
        this.length = at;
        this.years = description.years.length;
        const [levers, targets, industries] = ["lever", "target", "industry"].map((dim) => this.axis(dim));
        const [places, clusters] = ["place", "cluster"].map((dim) => this.axis(dim));
        let from = 0;
        const add = (part: Part, count: number): void => {
            this.parts.set(part, { from, to: from + count });
            from += count;
        };
        add("met", targets!);
        add("value", targets!);
        add("industry_output", industries! * this.years);
        for (const part of ["place_output", "place_value_added", "place_employment"] as const) add(part, places!);
        for (const part of ["cluster_output", "cluster_value_added", "cluster_employment"] as const)
            add(part, clusters!);
        for (const part of ["asked", "given", "beyond"] as const) add(part, levers! * this.years);
        this.size = from;
    }

    private count(dim: string, output: Output): number {
        const axis = this.description.axes[dim];
        if (!axis) throw new Error(`${output.name} lies along ${dim}, which has no axis`);
        return axis.keys.length;
    }

    axis(dim: string): number {
        return this.description.axes[dim]?.keys.length ?? 0;
    }

    place(part: Part): Place {
        return this.parts.get(part)!;
    }

    /** Null of a replicate that failed. */
    reduce(values: Float64Array): Float64Array | null {
        if (values.length !== this.length)
            throw new Error(`a replicate of ${values.length} numbers, not ${this.length}`);
        if (Number.isNaN(values[this.inputs.get("target_met")?.at ?? 0])) return null;
        const kept = new Float64Array(this.size);
        this.copy(values, "target_met", kept, "met");
        this.copy(values, "target_value", kept, "value");
        this.sum(values, "output", ["industry", "year"], kept, "industry_output");
        for (const name of ["output", "value_added", "employment"] as const) {
            this.last(values, `place_${name}`, "place", kept, `place_${name}`);
            this.last(values, name, "cluster", kept, `cluster_${name}`);
        }
        this.sum(values, "lever_asked", ["lever", "year"], kept, "asked");
        this.sum(values, "lever_allotted", ["lever", "year"], kept, "given");
        this.sum(values, "lever_beyond", ["lever", "year"], kept, "beyond");
        return kept;
    }

    private copy(values: Float64Array, name: string, kept: Float64Array, part: Part): void {
        const input = this.inputs.get(name);
        if (!input) return;
        const { from, to } = this.place(part);
        kept.set(values.subarray(input.at, input.at + to - from), from);
    }

    /** Over all dimensions but the two. */
    private sum(values: Float64Array, name: string, dims: [string, "year"], kept: Float64Array, part: Part): void {
        this.walk(name, (at, index) => {
            const place = this.place(part).from + index(dims[0]) * this.years + index("year");
            kept[place] = kept[place]! + values[at]!;
        });
    }

    private last(values: Float64Array, name: string, dim: string, kept: Float64Array, part: Part): void {
        this.walk(name, (at, index) => {
            if (index("year") !== this.years - 1) return;
            const place = this.place(part).from + index(dim);
            kept[place] = kept[place]! + values[at]!;
        });
    }

    private walk(name: string, see: (at: number, index: (dim: string) => number) => void): void {
        const input = this.inputs.get(name);
        if (!input) return;
        const { at, shape, dims } = input;
        const indices = shape.map(() => 0);
        const index = (dim: string): number => indices[dims.indexOf(dim)] ?? 0;
        const count = shape.reduce((product, each) => product * each, 1);
        for (let number = 0; number < count; ++number) {
            see(at + number, index);
            for (let dim = shape.length - 1; dim >= 0; --dim) {
                if (++indices[dim]! < shape[dim]!) break;
                indices[dim] = 0;
            }
        }
    }
}

/** The replicates of one arm, by their number. */
export class Sample {
    private readonly rows = new Map<number, Float64Array>();

    constructor(readonly reader: Reader) {}

    get size(): number {
        return this.rows.size;
    }

    add(replicate: number, values: Float64Array): void {
        const kept = this.reader.reduce(values);
        if (kept) this.rows.set(replicate, kept);
    }

    /** Of its replicates those that the other has as well, so that both are of the same draws. */
    among(other: Sample): Sample {
        const found = new Sample(this.reader);
        for (const [replicate, row] of this.rows) if (other.rows.has(replicate)) found.rows.set(replicate, row);
        return found;
    }

    /** Of a function of each replicate's part, over the replicates. */
    over(part: Part, of: (values: Float64Array) => number): Float64Array {
        const { from, to } = this.reader.place(part);
        return Float64Array.from(this.rows.values(), (row) => of(row.subarray(from, to)));
    }

    at(part: Part, index: number): Float64Array {
        return this.over(part, (values) => values[index]!);
    }

    /** The same of two arms, of the replicates that both have, in one order. */
    static pairs(
        base: Sample,
        other: Sample,
        part: Part,
        of: (values: Float64Array) => number,
    ): [Float64Array, Float64Array] {
        const { from, to } = other.reader.place(part);
        const one: number[] = [];
        const two: number[] = [];
        for (const [replicate, row] of other.rows) {
            const beside = base.rows.get(replicate);
            if (!beside) continue;
            one.push(of(beside.subarray(from, to)));
            two.push(of(row.subarray(from, to)));
        }
        return [Float64Array.from(one), Float64Array.from(two)];
    }
}
