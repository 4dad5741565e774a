// Fan charts of output by industry, with the plan's target lines, and the same as tables.
import { AXIS, COLOURS, draw, forget, type EChartsCoreOption } from "../charts";
import { digitsFor, type Context } from "../context";
import { h, scroller } from "../dom";
import type { Target } from "../engine/engine";
import { fan, type Fan } from "../statistics/summary";

export function industriesView(root: HTMLElement, context: Context): (() => void)[] {
    const industries = context.description.axes.industry;
    const unit = context.money;
    if (!industries) return [];
    const key = `${context.state.lang} ${context.description.scenario}`;
    if (root.dataset.built !== key) {
        forget(root);
        root.dataset.built = key;
        root.replaceChildren(
            h("p", { class: "caption" }, context.t("fanCaption", { unit })),
            h(
                "div",
                { class: "fans" },
                industries.keys.map((industry, number) =>
                    h(
                        "figure",
                        { "data-industry": industry },
                        h("figcaption", {}, context.of(industries.names[number]!)),
                        h("div", { class: "chart" }),
                        h(
                            "details",
                            {},
                            h("summary", {}, context.t("asTable")),
                            scroller(context.of(industries.names[number]!)),
                        ),
                    ),
                ),
            ),
        );
    }
    return industries.keys.map((industry, number) => () => {
        const figure = root.querySelector<HTMLElement>(`[data-industry="${industry}"]`);
        if (!figure) return;
        const own = fan(context.shown, "industry_output", number);
        const before = context.reference ? fan(context.reference, "industry_output", number) : null;
        const target = targetOf(context, industry);
        const label = context.t("fanOf", { industry: context.of(industries.names[number]!), unit });
        draw(figure.querySelector<HTMLElement>(".chart")!, label, fanOption(context, own, before, target));
        figure.querySelector(".scroll")!.replaceChildren(table(context, own, before, label));
    });
}

/** The target that is the output of the whole industry, if there is one. */
function targetOf(context: Context, industry: string): Target | undefined {
    return context.description.targets.find(
        (target) =>
            target.output === "output" &&
            target.measure === "level" &&
            Object.keys(target.where ?? {}).join() === "industry" &&
            target.where?.industry === industry,
    );
}

function fanOption(context: Context, own: Fan, before: Fan | null, target: Target | undefined): EChartsCoreOption {
    const years = context.description.years.map(String);
    const less = (a: number[], b: number[]): number[] => a.map((value, at) => value - b[at]!);
    const line = { type: "line", symbol: "none", silent: true };
    const hidden = { ...line, lineStyle: { opacity: 0 } };
    const band = (stack: string, low: number[], high: number[], opacity: number): object[] => [
        { ...hidden, stack, data: low },
        { ...hidden, stack, data: less(high, low), areaStyle: { color: COLOURS.own, opacity } },
    ];
    const mark = target && {
        symbol: "none",
        silent: true,
        lineStyle: { color: COLOURS.target, type: "solid", width: 1.4 },
        label: { formatter: target.key, position: "insideStartTop", color: "#a84800", fontSize: 12, fontWeight: 600 },
        data: [{ yAxis: target.value }],
    };
    const top = Math.max(...own.high, target?.value ?? 0) * 1.05;
    return {
        grid: { left: 46, right: 22, top: 20, bottom: 24 },
        xAxis: { type: "category", data: years, boundaryGap: false, ...AXIS },
        yAxis: { type: "value", min: 0, max: roundUp(top), splitNumber: 4, ...AXIS },
        series: [
            ...band("all", own.low, own.high, 0.16),
            ...band("half", own.quarter, own.three, 0.26),
            ...(before
                ? [
                      {
                          ...line,
                          data: before.median,
                          lineStyle: { color: COLOURS.reference, type: "dashed", width: 1.6 },
                      },
                  ]
                : []),
            {
                ...line,
                data: own.median,
                lineStyle: { color: COLOURS.own, width: 2.4 },
                itemStyle: { color: COLOURS.own },
                ...(mark ? { markLine: mark } : {}),
            },
        ],
    };
}

function roundUp(value: number): number {
    const size = 10 ** Math.floor(Math.log10(Math.max(value, 1e-9)));
    return ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((each) => each * size >= value) ?? 10) * size;
}

function table(context: Context, own: Fan, before: Fan | null, label: string): HTMLElement {
    const words = (value: number): string => context.number(value, digitsFor(value));
    return h(
        "table",
        {},
        h("caption", { class: "hidden" }, label),
        h(
            "thead",
            {},
            h(
                "tr",
                {},
                [
                    context.t("year"),
                    context.t("median"),
                    context.t("range"),
                    ...(before ? [context.t("reference")] : []),
                ].map((text, at) => h("th", { scope: "col", class: at ? "number" : "" }, text)),
            ),
        ),
        h(
            "tbody",
            {},
            context.description.years.map((year, at) =>
                h(
                    "tr",
                    {},
                    h("th", { scope: "row" }, String(year)),
                    h("td", { class: "number" }, words(own.median[at]!)),
                    h(
                        "td",
                        { class: "number" },
                        context.t("between", { low: words(own.low[at]!), high: words(own.high[at]!) }),
                    ),
                    before && h("td", { class: "number" }, words(before.median[at]!)),
                ),
            ),
        ),
    );
}
