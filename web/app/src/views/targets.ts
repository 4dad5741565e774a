// The targets: how likely each is met, what has changed against the reference, and what that costs.
import { digitsFor, isCertain, type Context } from "../context";
import { h, svg } from "../dom";
import type { Target } from "../engine/engine";
import { median, probability, probabilityChange, publicMoney, type Estimate } from "../statistics/summary";

export function targetsView(root: HTMLElement, context: Context): (() => void)[] {
    const rows = context.description.targets.map((target, number) => row(context, target, number));
    const opened = new Set([...root.querySelectorAll<HTMLElement>("details[open]")].map((each) => each.dataset.key));
    const table = h(
        "table",
        { class: "targets" },
        h("caption", { class: "hidden" }, context.t("targets")),
        h(
            "thead",
            {},
            h(
                "tr",
                {},
                h("th", { scope: "col" }, context.t("target")),
                h(
                    "th",
                    { scope: "col", class: "number wide" },
                    context.t("reached"),
                    h("span", { class: "interval" }, context.t("wanted")),
                ),
                h("th", { scope: "col", class: "number" }, context.t("chance")),
                h("th", { scope: "col", class: "scale", "aria-hidden": "true" }, scale()),
                h("th", { scope: "col", class: "number" }, context.t("change")),
            ),
        ),
        h("tbody", {}, rows),
    );
    for (const each of table.querySelectorAll<HTMLDetailsElement>("details")) each.open = opened.has(each.dataset.key);
    root.replaceChildren(costs(context), table);
    return [];
}

/** The money beside the chances: nobody should see one without the other. */
function costs(context: Context): HTMLElement {
    const { description, shown, reference } = context;
    const levers = description.axes.lever?.keys.map((_, lever) => lever) ?? [];
    const all = publicMoney(null, shown, levers);
    const more = reference && context.ready ? publicMoney(reference, shown, levers) : null;
    const words = context.t("costRow", { first: description.years[0] ?? "", last: description.years.at(-1) ?? "" });
    return h(
        "div",
        { class: "cost" },
        h("div", {}, h("h3", {}, context.t("cost")), h("p", { class: "note" }, words, " · ", context.t("costMeaning"))),
        h(
            "p",
            { class: "figure" },
            h("span", {}, context.number(all.value)),
            " ",
            h("span", { class: "unit" }, context.money),
        ),
        more &&
            h(
                "p",
                { class: "figure change", "data-cost": "change" },
                h("span", {}, context.signed(more.value)),
                " ",
                h("span", { class: "unit" }, context.money),
                h("span", { class: "interval" }, context.span(more)),
            ),
    );
}

function row(context: Context, target: Target, number: number): HTMLElement {
    const { shown, reference } = context;
    const chance = probability(shown, number);
    const before = reference ? probability(reference, number) : null;
    const change = reference && context.ready ? probabilityChange(reference, shown, number) : null;
    const digits = digitsFor(target.value);
    const unit = context.unit(target.unit);
    const reached = median(shown, "value", number);
    return h(
        "tr",
        { "data-target": target.key, class: change && isCertain(change) ? "moved" : "" },
        h(
            "th",
            { scope: "row" },
            h(
                "details",
                { "data-key": target.key },
                h("summary", {}, h("span", { class: "id" }, target.key), " ", context.of(target.label)),
                h("div", { class: "source" }, ...sentence(context, target)),
            ),
        ),
        h(
            "td",
            { class: "number wide" },
            context.number(reached, digits),
            h(
                "span",
                { class: "interval" },
                wanted(context, target, Number.isInteger(target.value) ? 0 : digits),
                " ",
                unit,
            ),
        ),
        h(
            "td",
            { class: "number chance" },
            context.percent(chance.value),
            h(
                "span",
                { class: "interval" },
                context.independent && Number.isFinite(chance.value)
                    ? context.t("between", { low: context.percent(chance.low), high: context.percent(chance.high) })
                    : "",
            ),
        ),
        h("td", { class: "scale", "aria-hidden": "true" }, whisker(chance, before?.value ?? null, context.independent)),
        h(
            "td",
            { class: "number change", "data-change": target.key },
            change ? context.t("points", { value: context.signed(100 * change.value, 0) }) : "–",
            h("span", { class: "interval" }, change ? context.span(change, 0, 100) : ""),
        ),
    );
}

export function sentence(context: Context, of: Pick<Target, "section" | "plan">): (Node | string)[] {
    const section = of.section;
    if (!of.plan) return section ? [h("p", {}, context.t("fromScenario", { section }))] : [];
    return [
        h("p", {}, context.t("sentence", { section })),
        h(
            "blockquote",
            {},
            h("p", { lang: context.state.lang === "zh" ? "zh" : "en" }, context.of(of.plan)),
            context.state.lang === "en" ? h("p", { lang: "zh", class: "original" }, of.plan.zh) : null,
        ),
    ];
}

function wanted(context: Context, target: Target, digits: number): string {
    const value = context.number(target.value, digits);
    if (target.upper !== null && target.upper !== undefined)
        return context.t("between", { low: value, high: context.number(target.upper, digits) });
    return context.t(target.comparison === "at_most" ? "atMost" : "atLeast", { value });
}

const WIDTH = 130;
const at = (share: number): number => 6 + share * (WIDTH - 12);

/** From 0 to 100 %: the interval, the chance, and hollow what it was. */
function whisker(chance: Estimate, before: number | null, interval: boolean): SVGElement {
    const parts = [svg("line", { x1: at(0), x2: at(1), y1: 10, y2: 10, class: "axis" })];
    if (Number.isFinite(chance.value)) {
        if (interval)
            parts.push(svg("line", { x1: at(chance.low), x2: at(chance.high), y1: 10, y2: 10, class: "whisker" }));
        if (before !== null && Number.isFinite(before))
            parts.push(svg("circle", { cx: at(before), cy: 10, r: 4.5, class: "before" }));
        parts.push(svg("circle", { cx: at(chance.value), cy: 10, r: 4.5, class: "now" }));
    }
    return svg("svg", { viewBox: `0 0 ${WIDTH} 20`, width: WIDTH, height: 20 }, parts);
}

function scale(): SVGElement {
    const marks = [0, 0.5, 1].map((share) =>
        svg("text", { x: at(share), y: 13, "text-anchor": "middle", class: "mark" }, `${100 * share}%`),
    );
    return svg("svg", { viewBox: `-10 0 ${WIDTH + 20} 18`, width: WIDTH + 20, height: 18 }, marks);
}
