// Money by lever and purse: asked, given, and what no budget bounds, with what has changed.
import { AXIS, COLOURS, draw, forget, type EChartsCoreOption } from "../charts";
import type { Context } from "../context";
import { h, scroller } from "../dom";
import type { Lever } from "../engine/engine";
import { average, ofRows, publicMoney } from "../statistics/summary";
import { usedDoses, usedLevers } from "../state";

interface Row {
    name: string;
    purse: string | null;
    levers: number[];
    asked: number;
    given: number;
    beyond: number;
}

const purseOf = (lever: Lever): string | null => usedDoses(lever).find(({ purse }) => purse)?.purse ?? null;

export function moneyView(root: HTMLElement, context: Context): (() => void)[] {
    const { description } = context;
    const keys = description.axes.lever?.keys ?? [];
    const key = `${context.state.lang} ${description.scenario}`;
    const [first, last] = [description.years[0] ?? "", description.years.at(-1) ?? ""];
    if (root.dataset.built !== key) {
        forget(root);
        root.dataset.built = key;
        root.replaceChildren(
            h("p", { class: "caption" }, context.t("moneyCaption", { first, last, unit: context.money })),
            h(
                "ul",
                { class: "legend" },
                (["asked", "given", "beyond"] as const).map((part) => h("li", { class: part }, context.t(part))),
            ),
            h("div", { class: "chart tall" }),
            h("p", { class: "note" }, context.t("beyondMeaning")),
            h("div", { class: "tables" }),
        );
    }
    const rows = usedLevers(description)
        .map((lever) => row(context, context.of(lever.name), purseOf(lever), [keys.indexOf(lever.key)]))
        .filter(({ asked, given, beyond }) => Math.max(asked, given, beyond) > 0.005)
        .sort((a, b) => b.given + b.beyond - a.given - a.beyond);
    return [
        () => {
            const chart = root.querySelector<HTMLElement>(".chart")!;
            chart.style.height = `${60 + rows.length * 34}px`;
            draw(chart, context.t("moneyCaption", { first, last, unit: context.money }), bars(rows, chart.clientWidth));
        },
        () => {
            const all = row(
                context,
                context.t("allLevers"),
                null,
                keys.map((_, lever) => lever),
            );
            const tables = root.querySelector<HTMLElement>(".tables")!;
            tables.replaceChildren(purses(context, rows), table(context, [...rows, all]));
        },
    ];
}

function row(context: Context, name: string, purse: string | null, levers: number[]): Row {
    const of = ofRows(context.shown.reader.years, levers);
    const value = (part: "asked" | "given" | "beyond"): number => average(context.shown, part, of).value || 0;
    return { name, purse, levers, asked: value("asked"), given: value("given"), beyond: value("beyond") };
}

function bars(rows: Row[], width: number): EChartsCoreOption {
    const names = rows.map(({ name }) => name);
    const bar = { type: "bar", silent: true, barGap: "0%" };
    return {
        grid: { left: width < 500 ? 118 : 230, right: 24, top: 4, bottom: 28 },
        xAxis: { type: "value", ...AXIS },
        yAxis: {
            type: "category",
            data: names,
            inverse: true,
            ...AXIS,
            axisLabel: {
                ...AXIS.axisLabel,
                color: COLOURS.ink,
                width: width < 500 ? 108 : 216,
                overflow: "break",
                lineHeight: 14,
                fontSize: width < 500 ? 11 : 12,
            },
        },
        series: [
            { ...bar, data: rows.map(({ asked }) => asked), itemStyle: { color: COLOURS.asked } },
            { ...bar, data: rows.map(({ given }) => given), stack: "given", itemStyle: { color: COLOURS.given } },
            { ...bar, data: rows.map(({ beyond }) => beyond), stack: "given", itemStyle: { color: COLOURS.beyond } },
        ],
    };
}

const heads = (words: string[]): HTMLElement =>
    h(
        "thead",
        {},
        h(
            "tr",
            {},
            words.map((text, at) => h("th", { scope: "col", class: at ? "number" : "" }, text)),
        ),
    );

function changeOf(context: Context, levers: number[]): HTMLElement {
    const found = context.reference && context.ready ? publicMoney(context.reference, context.shown, levers) : null;
    return h(
        "td",
        { class: "number change" },
        found ? context.signed(found.value, 2) : "–",
        h("span", { class: "interval" }, found ? context.span(found, 2) : ""),
    );
}

function table(context: Context, rows: Row[]): HTMLElement {
    const words = ["lever", "asked", "given", "beyond", "change"] as const;
    return scroller(
        context.t("money"),
        h(
            "table",
            {},
            heads(words.map((word) => context.t(word))),
            h(
                "tbody",
                {},
                rows.map((each) =>
                    h(
                        "tr",
                        {},
                        h("th", { scope: "row" }, each.name),
                        ...[each.asked, each.given, each.beyond].map((value) =>
                            h("td", { class: "number" }, context.number(value, 2)),
                        ),
                        changeOf(context, each.levers),
                    ),
                ),
            ),
        ),
    );
}

/** Levers that share a purse, against what was planned for it. */
function purses(context: Context, rows: Row[]): HTMLElement | string {
    const known = context.description.purses ?? [];
    if (!known.length) return "";
    const words = ["purse", "asked", "given", "change"] as const;
    const sum = (of: Row[], part: "asked" | "given"): number => of.reduce((total, each) => total + each[part], 0);
    const parts = [
        ...known.map(({ key, name }) => ({ key: key as string | null, name: context.of(name) })),
        { key: null, name: context.t("ownPurse") },
    ];
    return scroller(
        context.t("pursesCaption"),
        h(
            "table",
            {},
            h("caption", {}, context.t("pursesCaption")),
            heads(words.map((word) => context.t(word))),
            h(
                "tbody",
                {},
                parts.map(({ key, name }) => {
                    const own = rows.filter(({ purse }) => purse === key);
                    return h(
                        "tr",
                        {},
                        h("th", { scope: "row" }, name),
                        h("td", { class: "number" }, context.number(sum(own, "asked"), 2)),
                        h("td", { class: "number" }, context.number(sum(own, "given"), 2)),
                        changeOf(
                            context,
                            own.flatMap(({ levers }) => levers),
                        ),
                    );
                }),
            ),
        ),
    );
}
