// Intervals and quantiles as the program's own tables have them (docs/precision.md, analysis/jiju/statistics).
// Replicates are independent here: the page shows no interval where they share draws of the parameters.

export interface Interval {
    low: number;
    high: number;
}

export const NORMAL_95 = 1.959963984540054;

/** Wilson 1927, Journal of the American Statistical Association 22, 209-212. Of no replicates 0 to 1. */
export function wilson(met: number, n: number, quantile = NORMAL_95): Interval {
    if (n === 0) return { low: 0, high: 1 };
    const share = met / n;
    const square = quantile * quantile;
    const middle = (share + square / (2 * n)) / (1 + square / n);
    const half = (quantile / (1 + square / n)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n));
    return { low: met === 0 ? 0 : middle - half, high: met === n ? 1 : middle + half };
}

/** Tango 1998, Statistics in Medicine 17, 891-908, equations 5 to 8: of a difference between paired shares. */
function score(onlyBase: number, onlyOther: number, n: number, difference: number): number {
    const linear = -onlyOther - onlyBase + (2 * n - onlyOther + onlyBase) * difference;
    const constant = -onlyBase * difference * (1 - difference);
    const nuisance = (Math.sqrt(Math.max(linear * linear - 8 * n * constant, 0)) - linear) / (4 * n);
    const variance = n * (2 * nuisance + difference * (1 - difference));
    const gap = onlyOther - onlyBase - n * difference;
    if (Math.abs(gap) <= 1e-12 * n) return 0;
    return variance > 0 ? gap / Math.sqrt(variance) : Math.sign(gap) * Infinity;
}

/** The differences P(other) - P(base) that the score test does not refuse, of n pairs. */
export function tango(onlyBase: number, onlyOther: number, n: number, quantile = NORMAL_95): Interval {
    if (n === 0) return { low: -1, high: 1 };
    const estimate = (onlyOther - onlyBase) / n;
    const end = (side: -1 | 1): number => {
        if (estimate === side) return side;
        const excess = (at: number): number => clamped(score(onlyBase, onlyOther, n, at)) + side * quantile;
        return excess(side) * excess(estimate) >= 0 ? side : root(excess, estimate, side);
    };
    return { low: end(-1), high: end(1) };
}

const clamped = (value: number): number => Math.min(Math.max(value, -1e9), 1e9);

/** Between a and b, at which the function has different signs. */
function root(of: (x: number) => number, a: number, b: number): number {
    let [low, high] = [a, b];
    const sign = Math.sign(of(low));
    for (let step = 0; step < 60; ++step) {
        const middle = (low + high) / 2;
        if (Math.sign(of(middle)) === sign) low = middle;
        else high = middle;
    }
    return (low + high) / 2;
}

export function mean(values: Float64Array): number {
    let sum = 0;
    for (const value of values) sum += value;
    return sum / values.length;
}

/** Student's, of the mean; of fewer than two values not a number. A sample without spread leaves no width. */
export function ofMean(values: Float64Array): Interval & { mean: number } {
    const middle = mean(values);
    let squares = 0;
    for (const value of values) squares += (value - middle) ** 2;
    const n = values.length;
    const half = n < 2 ? NaN : studentQuantile(n - 1) * Math.sqrt(squares / (n - 1) / n);
    return { mean: middle, low: middle - half, high: middle + half };
}

/** So many standard errors a 95 % interval reaches to each side: Hill 1970, Algorithm 396, Communications of the ACM 13. */
export function studentQuantile(freedom: number): number {
    if (freedom === 1) return 12.706204736174707;
    if (freedom === 2) return 4.302652729749464;
    const n = freedom;
    const p = 0.05;
    const a = 1 / (n - 0.5);
    const b = 48 / (a * a);
    let c = ((20700 * a) / b - 98) * a - 16 + 96.36;
    const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * n;
    let y = (d * p) ** (2 / n);
    if (y > 0.05 + a) {
        const x = -NORMAL_95;
        y = x * x;
        if (n < 5) c += 0.3 * (n - 4.5) * (x + 0.6);
        c += (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b;
        y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
        y = a * y * y;
        y = y > 0.002 ? Math.expm1(y) : 0.5 * y * y + y;
    } else {
        y =
            ((1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3) + 0.5 / (n + 4)) * y - 1) *
                ((n + 1) / (n + 2)) +
            1 / y;
    }
    return Math.sqrt(n * y);
}

/** Between order statistics by lines (NumPy's default), of values in order. */
export function quantile(sorted: Float64Array, share: number): number {
    const at = share * (sorted.length - 1);
    const below = Math.floor(at);
    const low = sorted[below] ?? NaN;
    const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
    return low + (high - low) * (at - below);
}

export function sorted(values: Float64Array): Float64Array {
    return values.slice().sort();
}
