// Links, settings and texts.
import { describe, expect, it } from "vitest";

import type { Description } from "../src/engine/engine";
import { readReplicates } from "../src/engine/http_engine";
import { fromHash, initial, settings, toHash, type State } from "../src/state";
import { TEXTS, translate } from "../src/texts";

const text = { en: "", zh: "" };
const dose = (key: string, purse: string | null, steps: number[], high = 1e6) => ({
    key,
    purse,
    unit: text,
    years: [2011, 2012],
    values: [steps[0]!, steps[2]!],
    steps,
    bounds: [0, high] as [number, number],
});
const lever = (key: string, doses: ReturnType<typeof dose>[]) => ({
    key,
    name: text,
    section: "",
    plan: null,
    doses,
    switch: `levers.${key}.on`,
    components: [],
});
const description = {
    scenario: "s",
    title: text,
    years: [2011, 2012],
    axes: {},
    outputs: [],
    targets: [],
    places: [],
    money: text,
    steps_per_year: 2,
    levers: [
        lever("fund", [dose("levers.fund.budget", "city", [0, 1, 2, 2])]),
        lever("credit", [dose("levers.credit.loans", null, [5, 5, 5, 5])]),
    ],
    purses: [
        {
            key: "city",
            name: text,
            setting: "purses.city.money",
            unit: text,
            years: [2011, 2012],
            values: [3, 3],
            steps: [3, 3, 3, 3],
        },
    ],
} satisfies Description;

const state: State = {
    ...initial("zh"),
    view: "money",
    scenario: "a/b",
    factors: { "levers.fund.budget": 2, "levers.credit.loans": 0.35 },
    off: ["tax"],
    newMoney: false,
    reference: "base",
    measure: "employment",
    firm: "nhu",
    replicate: 3,
    text: 'extends = "a/b"\n[x]\ny = "集聚 & #"',
};

describe("a link", () => {
    it("says all of the state", () => expect(fromHash(`#${toHash(state)}`, "en")).toEqual(state));
    it("leaves out what is as at first", () => expect(toHash(initial("en"))).toBe("lang=en"));
    it("takes nothing that it cannot mean", () => {
        const wrong =
            "#lang=fr&view=all&x=population.firms*2&x=levers.a.b*-1&x=levers.a.b*NaN&off=../x&against=me&measure=all&replicate=-5";
        expect(fromHash(wrong, "zh")).toEqual(initial("zh"));
    });
});

describe("settings", () => {
    const of = (what: Partial<State>): string[] => settings({ ...initial("en"), ...what }, description);
    it("are none of a plan as written", () => expect(of({ factors: { "levers.fund.budget": 1 } })).toEqual([]));
    it("multiply, and give the purse what the lever asks for besides, step by step", () => {
        expect(of({ factors: { "levers.fund.budget": 2 } })).toEqual([
            "levers.fund.budget.times=2",
            "purses.city.money=[{ plus = 1, from = 2011.5, until = 2012 }, { plus = 2, from = 2012 }]",
        ]);
    });
    it("leave the purse alone where money is not new, less, or not of a purse", () => {
        expect(of({ factors: { "levers.fund.budget": 2 }, newMoney: false })).toEqual(["levers.fund.budget.times=2"]);
        expect(of({ factors: { "levers.fund.budget": 0.5 } })).toEqual(["levers.fund.budget.times=0.5"]);
        expect(of({ factors: { "levers.credit.loans": 3 } })).toEqual(["levers.credit.loans.times=3"]);
    });
    it("take a lever away, whatever its dose", () =>
        expect(of({ off: ["fund"], factors: { "levers.fund.budget": 2 } })).toEqual(["levers.fund.on=false"]));
});

describe("texts", () => {
    const holes = (words: string): string[] => (words.match(/\{\w+\}/g) ?? []).sort();
    it.each(Object.entries(TEXTS))("%s is in both languages with the same values", (_, { en, zh }) => {
        expect(en).toMatch(/\S/);
        expect(zh).toMatch(/[\u4e00-\u9fff]|^[^A-Za-z]*(\{\w+\}[^A-Za-z]*)+$|^5%–95%$/);
        expect(holes(zh)).toEqual(holes(en));
    });
    it("are filled in", () => expect(translate("en", "progress", { done: 20, all: 500 })).toBe("20 of 500 replicates"));
});

describe("replicates over HTTP", () => {
    const stream = (bytes: Uint8Array, size: number): ReadableStream<Uint8Array> =>
        new ReadableStream({
            start(out) {
                for (let at = 0; at < bytes.length; at += size) out.enqueue(bytes.slice(at, at + size));
                out.close();
            },
        });
    const numbers = new Uint8Array(Float64Array.of(4, 2, 1.5, 2.5, 3.5, NaN, 5, 2, 0, -0, 1e300, 5e-324).buffer);
    const end = (words: string): Uint8Array =>
        new Uint8Array([
            ...new Uint8Array(Float64Array.of(-1, words.length).buffer),
            ...new TextEncoder().encode(words),
        ]);
    it.each([1, 7, 16, 1000])("are the same bits in pieces of %i bytes", async (size) => {
        const seen: [number, Float64Array[]][] = [];
        await readReplicates(stream(new Uint8Array([...numbers, ...end("")]), size), 2, ({ replicate, values }) =>
            seen.push([replicate, values]),
        );
        expect(seen).toEqual([
            [4, [Float64Array.of(1.5, 2.5), Float64Array.of(3.5, NaN)]],
            [5, [Float64Array.of(0, -0), Float64Array.of(1e300, 5e-324)]],
        ]);
    });
    it("end in the error of the program", async () => {
        await expect(
            readReplicates(stream(new Uint8Array([...numbers, ...end("a replicate failed")]), 9), 2, () => undefined),
        ).rejects.toThrow("a replicate failed");
    });
    it("are not taken for whole where the connection breaks", async () => {
        await expect(readReplicates(stream(numbers.slice(0, 30), 9), 2, () => undefined)).rejects.toThrow(
            /has stopped/,
        );
    });
});
