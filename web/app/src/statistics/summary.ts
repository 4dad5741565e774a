// Numbers of the page made of samples: probabilities, paired changes, money. Knows no document.
import { ofMean, quantile, sorted, tango, wilson, type Interval } from "./intervals";
import { Sample, type Part } from "./sample";

export interface Estimate extends Interval {
    value: number;
}

export function probability(sample: Sample, target: number): Estimate {
    const met = sample.at("met", target);
    const count = met.reduce((sum, each) => sum + each, 0);
    return { value: met.length ? count / met.length : NaN, ...wilson(count, met.length) };
}

/** P(other) - P(base) of a target, with Tango's interval for pairs. */
export function probabilityChange(base: Sample, other: Sample, target: number): Estimate {
    const [one, two] = Sample.pairs(base, other, "met", (values) => values[target]!);
    let onlyBase = 0;
    let onlyOther = 0;
    one.forEach((met, pair) => {
        if (met > two[pair]!) ++onlyBase;
        if (met < two[pair]!) ++onlyOther;
    });
    return { value: one.length ? (onlyOther - onlyBase) / one.length : NaN, ...tango(onlyBase, onlyOther, one.length) };
}

/** Other less base, replicate by replicate, with Student's interval. */
export function change(base: Sample, other: Sample, part: Part, of: (values: Float64Array) => number): Estimate {
    const [one, two] = Sample.pairs(base, other, part, of);
    const { mean, low, high } = ofMean(two.map((value, pair) => value - one[pair]!));
    return { value: mean, low, high };
}

export function average(sample: Sample, part: Part, of: (values: Float64Array) => number): Estimate {
    const { mean, low, high } = ofMean(sample.over(part, of));
    return { value: mean, low, high };
}

export interface Fan {
    low: number[]; // quantile 0.05 by year
    quarter: number[];
    median: number[];
    three: number[];
    high: number[]; // 0.95
}

export function fan(sample: Sample, part: Part, row: number): Fan {
    const found: Fan = { low: [], quarter: [], median: [], three: [], high: [] };
    for (let year = 0; year < sample.reader.years; ++year) {
        const values = sorted(sample.at(part, row * sample.reader.years + year));
        found.low.push(quantile(values, 0.05));
        found.quarter.push(quantile(values, 0.25));
        found.median.push(quantile(values, 0.5));
        found.three.push(quantile(values, 0.75));
        found.high.push(quantile(values, 0.95));
    }
    return found;
}

export function median(sample: Sample, part: Part, index: number): number {
    return quantile(sorted(sample.at(part, index)), 0.5);
}

/** Sums over all years of one row, or of several. */
export const ofRows =
    (years: number, rows: number[]) =>
    (values: Float64Array): number => {
        let sum = 0;
        for (const row of rows) for (let year = 0; year < years; ++year) sum += values[row * years + year]!;
        return sum;
    };

export const ofCells =
    (years: number, rows: number[], year: number) =>
    (values: Float64Array): number =>
        rows.reduce((sum, row) => sum + values[row * years + year]!, 0);

/** Money paid out of budgets, and money that no budget bounds, in one number. */
export function publicMoney(base: Sample | null, sample: Sample, rows: number[]): Estimate {
    const of = ofRows(sample.reader.years, rows);
    if (!base) {
        const given = sample.over("given", of);
        const beyond = sample.over("beyond", of);
        const { mean, low, high } = ofMean(given.map((value, at) => value + beyond[at]!));
        return { value: mean, low, high };
    }
    const [oneGiven, twoGiven] = Sample.pairs(base, sample, "given", of);
    const [oneBeyond, twoBeyond] = Sample.pairs(base, sample, "beyond", of);
    const { mean, low, high } = ofMean(
        twoGiven.map((value, at) => value + twoBeyond[at]! - oneGiven[at]! - oneBeyond[at]!),
    );
    return { value: mean, low, high };
}
