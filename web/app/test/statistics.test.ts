// Aggregation against known answers.
import { describe, expect, it } from "vitest";

import type { Description } from "../src/engine/engine";
import { NORMAL_95, ofMean, quantile, sorted, studentQuantile, tango, wilson } from "../src/statistics/intervals";
import { Reader, Sample } from "../src/statistics/sample";
import { change, fan, probability, probabilityChange, publicMoney } from "../src/statistics/summary";

describe("Wilson", () => {
    it("gives the intervals of Newcombe 1998, table I", () => {
        const cases: [number, number, number, number][] = [
            [81, 263, 0.2553, 0.3662],
            [15, 148, 0.0624, 0.1605],
            [0, 20, 0, 0.1611],
            [1, 29, 0.0061, 0.1718],
        ];
        for (const [met, n, low, high] of cases) {
            const found = wilson(met, n);
            expect(found.low).toBeCloseTo(low, 4);
            expect(found.high).toBeCloseTo(high, 4);
        }
    });
    it("turns around where successes are failures", () => {
        const [one, other] = [wilson(3, 17), wilson(14, 17)];
        expect(one.low).toBeCloseTo(1 - other.high, 12);
        expect(one.high).toBeCloseTo(1 - other.low, 12);
    });
    it("knows nothing of no replicates", () => expect(wilson(0, 0)).toEqual({ low: 0, high: 1 }));
    it("ends at the ends", () => {
        expect(wilson(0, 5).low).toBe(0);
        expect(wilson(5, 5).high).toBe(1);
    });
});

describe("Tango", () => {
    it("gives the published intervals: Tango 1998, section 6.2; Fagerland, Lydersen, Laake 2014", () => {
        for (const [onlyBase, onlyOther, n, low, high] of [
            [3, 9, 32, -0.027, 0.39],
            [7, 1, 21, -0.517, -0.026],
        ] as const) {
            const found = tango(onlyBase, onlyOther, n);
            expect(Math.abs(found.low - low)).toBeLessThanOrEqual(5e-4);
            expect(Math.abs(found.high - high)).toBeLessThanOrEqual(5e-4);
        }
    });
    it("is as wide to both sides where no pair differs", () => {
        const { low, high } = tango(0, 0, 50);
        expect(low).toBeCloseTo(-high, 9);
        expect(high).toBeCloseTo(NORMAL_95 ** 2 / (50 + NORMAL_95 ** 2), 6);
    });
    it("turns around with the arms", () => {
        const [one, other] = [tango(4, 9, 60), tango(9, 4, 60)];
        expect(one.low).toBeCloseTo(-other.high, 9);
    });
    it("holds the ends of the range", () => {
        expect(tango(0, 10, 10).high).toBe(1);
        expect(tango(10, 0, 10).low).toBe(-1);
    });
});

describe("Student", () => {
    it.each([
        [1, 12.7062],
        [2, 4.3027],
        [3, 3.1824],
        [4, 2.7764],
        [9, 2.2622],
        [19, 2.093],
        [99, 1.9842],
        [499, 1.9647],
    ])("of %i degrees of freedom is %f", (freedom, wanted) => expect(studentQuantile(freedom)).toBeCloseTo(wanted, 3));
    it("of a mean", () => {
        const { mean, low, high } = ofMean(Float64Array.of(1, 2, 3, 4, 5));
        expect(mean).toBe(3);
        expect(high - mean).toBeCloseTo(2.7764 * Math.sqrt(2.5 / 5), 3);
        expect(mean - low).toBeCloseTo(high - mean, 12);
    });
    it("has no width without spread, and none of one value", () => {
        expect(ofMean(Float64Array.of(2, 2))).toEqual({ mean: 2, low: 2, high: 2 });
        expect(ofMean(Float64Array.of(2)).low).toBeNaN();
    });
});

describe("quantiles", () => {
    it("lie between order statistics, as NumPy has them", () => {
        const values = sorted(Float64Array.of(10, 2, 4, 8));
        expect([0, 0.05, 0.25, 0.5, 1].map((share) => quantile(values, share))).toEqual([2, 2.3, 3.5, 6, 10]);
    });
    it("sort by size, not by spelling", () => expect([...sorted(Float64Array.of(10, 9, -1))]).toEqual([-1, 9, 10]));
});

// Two years, two industries, two clusters, one lever and one target.
const axis = (keys: string[]) => ({ keys, names: keys.map((key) => ({ en: key, zh: key })) });
const output = (name: string, ...dims: string[]) => ({ name, dims, unit: "", text: { en: name, zh: name } });
const description = {
    scenario: "made",
    title: { en: "", zh: "" },
    years: [2011, 2012],
    axes: {
        year: axis(["2011", "2012"]),
        industry: axis(["a", "b"]),
        cluster: axis(["x", "y"]),
        lever: axis(["l"]),
        target: axis(["T"]),
        place: axis(["p"]),
    },
    outputs: [
        output("target_met", "target"),
        output("target_value", "target"),
        output("output", "year", "industry", "cluster"),
        output("lever_allotted", "year", "lever"),
        output("lever_beyond", "year", "lever"),
        output("place_output", "year", "place"),
    ],
    targets: [],
    levers: [],
    places: [],
    money: { en: "", zh: "" },
} satisfies Description;

const replicate = (met: number, scale: number): Float64Array =>
    Float64Array.of(met, 7, ...[1, 2, 3, 4, 5, 6, 7, 8].map((each) => each * scale), 1, 2, 10, 20, 3, 4);

function sampleOf(...rows: [number, number][]): Sample {
    const sample = new Sample(new Reader(description));
    rows.forEach(([met, scale], number) => sample.add(number, replicate(met, scale)));
    return sample;
}

describe("a sample", () => {
    it("adds up what the page shows and nothing twice", () => {
        const sample = sampleOf([1, 1]);
        expect([
            ...sample.over("industry_output", (row) => row[0]!),
            ...sample.at("industry_output", 1),
            ...sample.at("industry_output", 2),
            ...sample.at("industry_output", 3),
        ]).toEqual([1 + 2, 5 + 6, 3 + 4, 7 + 8]);
        expect([...sample.at("cluster_output", 0), ...sample.at("cluster_output", 1)]).toEqual([5 + 7, 6 + 8]);
        expect([...sample.at("place_output", 0)]).toEqual([4]);
        expect(publicMoney(null, sample, [0]).value).toBe(1 + 2 + 10 + 20);
    });
    it("pairs by the number of the replicate, whatever the order", () => {
        const [base, other] = [sampleOf([0, 1], [1, 2]), new Sample(new Reader(description))];
        other.add(1, replicate(1, 5));
        other.add(0, replicate(1, 3));
        other.add(7, replicate(0, 100)); // no pair
        expect(change(base, other, "industry_output", (row) => row[0]!).value).toBe((9 - 3 + (15 - 6)) / 2);
        expect(probabilityChange(base, other, 0).value).toBe(0.5);
        expect(other.among(base).size).toBe(2);
    });
    it("leaves a failed replicate out", () => {
        const sample = sampleOf([1, 1]);
        sample.add(1, new Float64Array(16).fill(NaN));
        expect(sample.size).toBe(1);
        expect(probability(sample, 0).value).toBe(1);
    });
    it("takes the same replicate once", () => {
        const sample = sampleOf([1, 1]);
        sample.add(0, replicate(0, 1));
        expect(sample.size).toBe(1);
    });
    it("refuses what has another layout", () =>
        expect(() => sampleOf().add(0, new Float64Array(3))).toThrow(/3 numbers, not 16/));
    it("is a fan by year", () => {
        const found = fan(sampleOf([0, 1], [0, 2], [0, 3]), "industry_output", 1);
        expect(found.median).toEqual([14, 30]);
        expect(found.low[0]).toBeCloseTo(7 * 1.1, 9);
        expect(found.high[1]).toBeCloseTo(15 * 2.9, 9);
    });
    it("shrinks its interval as replicates come", () => {
        const width = (count: number): number => {
            const { low, high } = probability(
                sampleOf(...Array.from({ length: count }, (_, at) => [at % 2, 1] as [number, number])),
                0,
            );
            return high - low;
        };
        expect(width(20)).toBeGreaterThan(2 * width(100));
    });
});
