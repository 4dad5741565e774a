// What every view gets to see: the state, what was simulated, and how numbers and texts are written.
import type { Description, Text } from "./engine/engine";
import type { Reference, State } from "./state";
import type { Samples } from "./simulation";
import type { Sample } from "./statistics/sample";
import type { Estimate } from "./statistics/summary";
import { translate, type Word } from "./texts";

export class Context {
    /** The arm that is looked at: the reader's own, or the scenario as written. */
    readonly shown: Sample;
    /** What it is compared with, of the same replicates; null where there is nothing. */
    readonly reference: Sample | null;

    constructor(
        readonly state: State,
        readonly description: Description,
        readonly samples: Samples,
        readonly titles: Record<Reference, string>,
    ) {
        const shown = samples.own ?? samples.written;
        const reference = this.against === "base" ? samples.base : samples.written;
        this.shown = reference ? shown.among(reference) : shown;
        this.reference = reference ? reference.among(shown) : null;
    }

    t(word: Word, values: Record<string, string | number> = {}): string {
        return translate(this.state.lang, word, values);
    }

    of(text: Text): string {
        return text[this.state.lang];
    }

    get against(): Reference {
        const { own, base } = this.samples;
        if (!own) return "base";
        return this.state.reference === "base" && base ? "base" : "written";
    }

    get shownTitle(): string {
        return this.samples.own ? this.t("yours") : this.titles.written;
    }

    get ready(): boolean {
        return this.shown.size > 1 && (this.reference?.size ?? 2) > 1;
    }

    /** Intervals need replicates that are independent. */
    get independent(): boolean {
        return (this.description.replicates_per_draw ?? 1) <= 1;
    }

    number(value: number, digits = 1): string {
        if (!Number.isFinite(value)) return "–";
        const shown = Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value;
        return shown
            .toLocaleString(this.state.lang === "zh" ? "zh-CN" : "en-GB", {
                minimumFractionDigits: digits,
                maximumFractionDigits: digits,
            })
            .replace("-", "−");
    }

    signed(value: number, digits = 1): string {
        const text = this.number(value, digits);
        return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
    }

    percent(share: number): string {
        return Number.isFinite(share) ? `${this.number(100 * share, 0)}%` : "–";
    }

    /** "−1 to +9" */
    span({ low, high }: { low: number; high: number }, digits = 1, factor = 1): string {
        if (!this.independent || !Number.isFinite(low)) return "";
        return this.t("between", { low: this.signed(factor * low, digits), high: this.signed(factor * high, digits) });
    }

    unit(unit: Text): string {
        return unitText(this.of(unit));
    }

    get money(): string {
        return this.unit(this.description.money);
    }
}

/** 1e8 CNY as people write it; nothing for a pure number. */
export function unitText(unit: string): string {
    if (unit === "1") return "";
    const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    return unit.replace(
        /^1e(\d+) /,
        (_, power: string) => `10${[...power].map((each) => digits[Number(each)]).join("")} `,
    );
}

/** Digits after the point that a number of this size needs. */
export function digitsFor(value: number): number {
    const size = Math.abs(value);
    return size >= 100 ? 0 : size >= 1 ? 1 : 2;
}

/** Digits of a change of something of this size. */
export function changeDigits(value: number): number {
    const size = Math.abs(value);
    return size >= 1000 ? 0 : size >= 100 ? 1 : 2;
}

export const isCertain = ({ low, high }: Estimate): boolean => low > 0 || high < 0;
