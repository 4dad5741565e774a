// The same firm with the same chance in both arms, year by year.
import { AXIS, COLOURS, draw, forget, type EChartsCoreOption } from "../charts";
import { digitsFor, type Context } from "../context";
import { h, scroller } from "../dom";
import type { Arm, Engine } from "../engine/engine";
import { gain, twins, type Life, type Twin } from "../panel";

const LISTED = 8; // of those that gained or lost most

interface Loaded {
    key: string;
    twins: Twin[];
}

export class FirmView {
    private loaded: Loaded | null = null;
    private asked = "";

    constructor(
        private readonly root: HTMLElement,
        private readonly engine: Engine,
        private readonly failed: (error: Error) => void,
        private readonly choose: (what: { firm?: string; replicate?: number }) => void,
    ) {}

    update(context: Context, arms: [Arm, Arm] | null): (() => void)[] {
        if (!arms) {
            this.root.replaceChildren(h("p", {}, context.t("nobody")));
            return [];
        }
        const key = JSON.stringify([arms, context.state.replicate]);
        if (this.loaded?.key !== key) {
            this.load(key, context, arms);
            if (!this.loaded)
                this.root.replaceChildren(h("p", { class: "note", role: "status" }, context.t("loadingFirms")));
            return [];
        }
        return [() => this.show(context, this.loaded!.twins)];
    }

    private load(key: string, context: Context, arms: Arm[]): void {
        if (this.asked === key) return;
        this.asked = key;
        const { description, state } = context;
        this.engine.panel(arms, description.seed ?? 1, state.replicate).then(
            (panels) => {
                if (this.asked !== key) return;
                this.loaded = { key, twins: twins(panels, description.years) };
                this.choose({});
            },
            (error: unknown) => this.failed(error as Error),
        );
    }

    private show(context: Context, all: Twin[]): void {
        const named = all.filter((twin) => twin.named).sort((a, b) => Math.abs(gain(b)) - Math.abs(gain(a)));
        const others = all.filter((twin) => !twin.named).sort((a, b) => gain(b) - gain(a));
        const groups: [string, Twin[]][] = [
            [context.t("namedFirms"), named],
            [context.t("mostGained"), others.slice(0, LISTED)],
            [context.t("mostLost"), others.slice(-LISTED).reverse()],
        ];
        const keyOf = (twin: Twin): string => twin.named || String(twin.id);
        const chosen = all.find((twin) => keyOf(twin) === context.state.firm) ?? named[0] ?? others[0];
        const focused = document.activeElement?.id;
        forget(this.root);
        const listed = new Set(groups.flatMap(([, twins]) => twins));
        const extra =
            chosen && !listed.has(chosen)
                ? [h("option", { value: keyOf(chosen), selected: true }, nameOf(context, chosen))]
                : [];
        const firm = h(
            "select",
            { id: "firm", onchange: (event) => this.choose({ firm: (event.target as HTMLSelectElement).value }) },
            extra,
            groups
                .filter(([, twins]) => twins.length)
                .map(([label, twins]) =>
                    h(
                        "optgroup",
                        { label },
                        twins.map((twin) =>
                            h("option", { value: keyOf(twin), selected: twin === chosen }, nameOf(context, twin)),
                        ),
                    ),
                ),
        );
        const replicate = h("input", {
            id: "replicate",
            type: "number",
            min: 0,
            max: 499,
            value: context.state.replicate,
            onchange: (event) => this.choose({ replicate: Number((event.target as HTMLInputElement).value) }),
        });
        const chart = h("div", { class: "chart" });
        this.root.replaceChildren(
            h("p", { class: "note" }, context.t("firmHint")),
            h(
                "p",
                { class: "choice" },
                h("label", { for: "firm" }, context.t("chooseFirm")),
                " ",
                firm,
                " ",
                h("label", { for: "replicate" }, context.t("chooseReplicate")),
                " ",
                replicate,
            ),
            ...(chosen
                ? [
                      h("h3", {}, nameOf(context, chosen)),
                      h("p", { class: "caption" }, context.t("firmCaption", { unit: context.money })),
                      legend(context),
                      chart,
                      table(context, chosen),
                  ]
                : []),
        );
        if (focused) document.getElementById(focused)?.focus();
        if (chosen) draw(chart, context.t("firmCaption", { unit: context.money }), lines(context, chosen));
    }
}

function nameOf(context: Context, twin: Twin): string {
    const { firms, axes, places } = context.description;
    const named = firms?.find(({ key }) => key === twin.named);
    if (named) return context.of(named.name);
    const industry = axes.industry?.names[axes.industry.keys.indexOf(twin.industry)];
    const place = places.find(({ key }) => key === twin.place);
    return context.t("firmNumber", {
        number: twin.id,
        industry: industry ? context.of(industry) : twin.industry,
        place: place ? context.of(place.name) : twin.place,
    });
}

const titles = (context: Context): [string, string] => [context.titles[context.against], context.shownTitle];

function legend(context: Context): HTMLElement {
    const [before, now] = titles(context);
    return h("ul", { class: "legend" }, h("li", { class: "reference" }, before), h("li", { class: "own" }, now));
}

function lines(context: Context, twin: Twin): EChartsCoreOption {
    const series = twin.lives.map((life, arm) => ({
        type: "line",
        silent: true,
        symbol: arm ? "circle" : "emptyCircle",
        symbolSize: 7,
        data: life.map((each) => (each ? each.sales : null)),
        lineStyle: {
            width: arm ? 2.4 : 1.8,
            type: arm ? "solid" : "dashed",
            color: arm ? COLOURS.own : COLOURS.reference,
        },
        itemStyle: { color: arm ? COLOURS.own : COLOURS.reference },
    }));
    return {
        grid: { left: 52, right: 26, top: 12, bottom: 26 },
        xAxis: { type: "category", data: context.description.years.map(String), ...AXIS },
        yAxis: { type: "value", min: 0, ...AXIS },
        series,
    };
}

function table(context: Context, twin: Twin): HTMLElement {
    const columns: [string, (life: Life) => string][] = [
        [context.t("sales"), ({ sales }) => context.number(sales, 2)],
        [context.t("workers"), ({ workers }) => context.number(workers, workers < 10 ? 1 : 0)],
        [context.t("support"), ({ support }) => context.number(support, digitsFor(support) + 1)],
    ];
    const [before, now] = titles(context);
    return scroller(
        nameOf(context, twin),
        h(
            "table",
            {},
            h(
                "thead",
                {},
                h(
                    "tr",
                    {},
                    h("td", {}),
                    h("th", { scope: "colgroup", colspan: 3, class: "number" }, before),
                    h("th", { scope: "colgroup", colspan: 3, class: "number" }, now),
                ),
                h(
                    "tr",
                    {},
                    h("th", { scope: "col" }, context.t("year")),
                    [0, 1].flatMap(() => columns.map(([text]) => h("th", { scope: "col", class: "number" }, text))),
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
                        twin.lives.flatMap((life) => {
                            const each = life[at];
                            return each
                                ? columns.map(([, show]) => h("td", { class: "number" }, show(each)))
                                : [h("td", { class: "number note", colspan: 3 }, context.t("notThere"))];
                        }),
                    ),
                ),
            ),
        ),
    );
}
