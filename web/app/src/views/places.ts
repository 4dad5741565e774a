// A plan of tiles, a place each, and the clusters: what is there in the last year, and what has changed.
import type { Context } from "../context";
import { changeDigits, digitsFor } from "../context";
import { h, scroller } from "../dom";
import { MEASURES, type Measure } from "../state";
import type { Part } from "../statistics/sample";
import { average, change, type Estimate } from "../statistics/summary";

const WORDS = { output: "output", value_added: "valueAdded", employment: "employment" } as const;

interface Row {
    name: string;
    mean: number;
    change: Estimate | null;
    share: number;
    tile: [number, number] | null;
}

export function placesView(root: HTMLElement, context: Context, choose: (measure: Measure) => void): (() => void)[] {
    const { measure } = context.state;
    const unit = measure === "employment" ? context.t("persons_unit") : context.money;
    const year = context.description.years.at(-1) ?? "";
    const names = (dim: string): string[] => context.description.axes[dim]?.names.map((name) => context.of(name)) ?? [];
    const keys = context.description.axes.place?.keys ?? [];
    const tiles = new Map(context.description.places.map(({ key, tile }) => [key, tile]));
    const places = names("place").map((name, at) =>
        row(context, name, `place_${measure}`, at, tiles.get(keys[at]!) ?? null),
    );
    const clusters = names("cluster").map((name, at) => row(context, name, `cluster_${measure}`, at, null));
    const focused = document.activeElement?.id === "measure";
    const select = h(
        "select",
        {
            id: "measure",
            onchange: (event) => {
                choose((event.target as HTMLSelectElement).value as Measure);
            },
        },
        MEASURES.map((each) => h("option", { value: each, selected: each === measure }, context.t(WORDS[each]))),
    );
    root.replaceChildren(
        h("p", { class: "choice" }, h("label", { for: "measure" }, context.t("measure")), " ", select),
        h("p", { class: "caption" }, context.t("placesCaption", { year, unit })),
        plan(context, places),
        key(context),
        table(context, "place", places),
        table(context, "cluster", clusters),
    );
    if (focused) select.focus();
    return [];
}

function row(context: Context, name: string, part: Part, at: number, tile: [number, number] | null): Row {
    const of = (values: Float64Array): number => values[at]!;
    const mean = average(context.shown, part, of).value;
    const found = context.reference && context.ready ? change(context.reference, context.shown, part, of) : null;
    const before = found ? mean - found.value : mean;
    return { name, mean, change: found, share: found && before ? found.value / before : 0, tile };
}

// From vermilion over white to blue: Okabe and Ito's colours, told apart by the colour-blind.
const STEPS = [-0.05, -0.02, -0.005, 0.005, 0.02, 0.05];
const step = (share: number): number => STEPS.filter((each) => share >= each).length;

function plan(context: Context, rows: Row[]): HTMLElement {
    const placed = rows.every(({ tile }) => tile);
    return h(
        "ul",
        { class: placed ? "tiles placed" : "tiles", "aria-label": context.t("places") },
        rows.map((each) => {
            const tile = h(
                "li",
                { class: `tile step${step(each.share)}` },
                h("span", { class: "name" }, each.name),
                h("span", { class: "figure" }, context.number(each.mean, digitsFor(each.mean))),
                h("span", { class: "interval" }, each.change ? `${context.signed(100 * each.share)}%` : ""),
            );
            if (placed && each.tile) {
                tile.style.gridColumn = String(each.tile[0] + 1);
                tile.style.gridRow = String(each.tile[1] + 1);
            }
            return tile;
        }),
    );
}

function key(context: Context): HTMLElement {
    const ends = STEPS.map((each) => `${context.signed(100 * each, Math.abs(each) < 0.01 ? 1 : 0)}%`);
    return h(
        "p",
        { class: "key" },
        h("span", {}, context.t("fewer")),
        STEPS.concat(0).map((_, at) =>
            h("span", { class: `swatch step${at}`, title: ends[Math.min(at, ends.length - 1)] }),
        ),
        h("span", {}, context.t("moreWord")),
        h("span", { class: "note" }, ends.join(" · ")),
    );
}

function table(context: Context, kind: "place" | "cluster", rows: Row[]): HTMLElement {
    const words = [context.t(kind), context.t("mean"), context.t("change"), context.t("inPerCent")];
    return scroller(
        context.t(kind === "place" ? "places" : "clustersCaption"),
        h(
            "table",
            {},
            h("caption", {}, context.t(kind === "place" ? "places" : "clustersCaption")),
            h(
                "thead",
                {},
                h(
                    "tr",
                    {},
                    words.map((text, at) => h("th", { scope: "col", class: at ? "number" : "" }, text)),
                ),
            ),
            h(
                "tbody",
                {},
                rows.map((each) => {
                    const [digits, fine] = [digitsFor(each.mean), changeDigits(each.mean)];
                    return h(
                        "tr",
                        {},
                        h("th", { scope: "row" }, each.name),
                        h("td", { class: "number" }, context.number(each.mean, digits)),
                        h(
                            "td",
                            { class: "number change" },
                            each.change ? context.signed(each.change.value, fine) : "–",
                            h("span", { class: "interval" }, each.change ? context.span(each.change, fine) : ""),
                        ),
                        h("td", { class: "number" }, each.change ? context.signed(100 * each.share) : "–"),
                    );
                }),
            ),
        ),
    );
}
