// The levers: a button that doubles, a slider, what is assumed, and the plan's own words.
import { unitText, type Context } from "../context";
import { h, say } from "../dom";
import type { Component, Dose, Lever } from "../engine/engine";
import { factorOf, isOff, mostFactor, usedDoses, usedLevers, type State } from "../state";
import type { Word } from "../texts";
import { sentence } from "./targets";

export interface Moves {
    factor(dose: Dose, factor: number): void;
    off(lever: Lever, off: boolean): void;
    newMoney(on: boolean): void;
}

const nameOf = (dose: Dose): Word => dose.key.split(".").at(-1) as Word;

/** Built once a scenario and language; `update` shows what the state says. */
export class LeversView {
    private updates: ((state: State) => void)[] = [];

    constructor(
        private readonly root: HTMLElement,
        private readonly moves: Moves,
    ) {}

    build(context: Context): void {
        this.updates = [];
        const bySection = new Map<string, Lever[]>();
        for (const lever of usedLevers(context.description))
            bySection.set(lever.section, [...(bySection.get(lever.section) ?? []), lever]);
        const items: HTMLElement[] = [];
        for (const [section, levers] of bySection)
            items.push(
                h(
                    "section",
                    { class: "group" },
                    section ? h("h3", {}, sectionOf(context, section)) : null,
                    h(
                        "ul",
                        {},
                        levers.map((lever) => this.lever(context, lever)),
                    ),
                ),
            );
        const find = h("input", {
            type: "search",
            id: "find",
            autocomplete: "off",
            placeholder: context.t("find"),
            "aria-label": context.t("find"),
            oninput: (event) => filter(items, (event.target as HTMLInputElement).value),
        });
        this.root.replaceChildren(
            h("h2", {}, context.t("levers")),
            h("p", { class: "note for-wide" }, context.t("leversHint")),
            h("p", { class: "note for-narrow" }, context.t("leversHintNarrow")),
            find,
            ...this.purse(context),
            ...items,
            h("p", { class: "note" }, context.t("gradesSay")),
        );
        this.update(context.state);
        const moved = this.root.querySelector(".lever.moved"); // of a link: what was moved is in sight
        if (moved) this.root.scrollTop = moved.getBoundingClientRect().top - this.root.getBoundingClientRect().top - 60;
    }

    update(state: State): void {
        for (const update of this.updates) update(state);
    }

    private purse(context: Context): HTMLElement[] {
        if (!context.description.purses?.length) return [];
        const box = h("input", {
            type: "checkbox",
            onchange: (event) => this.moves.newMoney((event.target as HTMLInputElement).checked),
        });
        this.updates.push((state) => {
            box.checked = state.newMoney;
        });
        return [
            h(
                "div",
                { class: "purse" },
                h("label", {}, box, " ", context.t("newMoney")),
                h("p", { class: "note" }, context.t("newMoneyHint")),
            ),
        ];
    }

    private lever(context: Context, lever: Lever): HTMLElement {
        const name = context.of(lever.name);
        const doses = usedDoses(lever);
        const [main, ...others] = doses;
        const off = h("input", {
            type: "checkbox",
            "aria-label": context.t("switchOff", { name }),
            onchange: (event) => this.moves.off(lever, (event.target as HTMLInputElement).checked),
        });
        const item = h(
            "li",
            {
                class: "lever",
                "data-lever": lever.key,
                "data-words": `${lever.id ?? ""} ${lever.name.en} ${lever.name.zh}`.toLowerCase(),
            },
            h(
                "div",
                { class: "head" },
                h("span", { class: "name" }, lever.id ? h("span", { class: "id" }, lever.id) : null, " ", name),
            ),
            main
                ? this.dose(context, lever, main, true, h("label", { class: "off" }, off, " ", context.t("off")))
                : null,
            h(
                "details",
                {},
                h("summary", {}, context.t("known", { grade: grades(lever.components) })),
                others.map((dose) => this.dose(context, lever, dose, false)),
                h("div", { class: "source" }, ...sentence(context, lever)),
                realised(context, lever),
                components(context, lever.components),
            ),
        );
        this.updates.push((state) => {
            off.checked = isOff(state, lever);
            item.classList.toggle("gone", isOff(state, lever));
            item.classList.toggle("moved", isOff(state, lever) || doses.some((dose) => factorOf(state, dose) !== 1));
        });
        return item;
    }

    private dose(
        context: Context,
        lever: Lever,
        dose: Dose,
        isMain: boolean,
        beside: HTMLElement | null = null,
    ): HTMLElement {
        const most = mostFactor(dose);
        const words = context.t("doseOf", { dose: context.t(nameOf(dose)), name: context.of(lever.name) });
        const slider = h("input", {
            type: "range",
            min: 0,
            max: most,
            step: 0.05,
            "aria-label": words,
            oninput: (event) => this.moves.factor(dose, hundredths(Number((event.target as HTMLInputElement).value))),
        });
        const shown = h("output", {});
        const double =
            isMain && most >= 2
                ? h(
                      "button",
                      {
                          type: "button",
                          class: "double",
                          "aria-pressed": "false",
                          "aria-label": context.t("double", { name: context.of(lever.name) }),
                          "data-double": lever.key,
                          onclick: (event) => {
                              const pressed =
                                  (event.currentTarget as HTMLElement).getAttribute("aria-pressed") === "true";
                              this.moves.factor(dose, pressed ? 1 : 2);
                          },
                      },
                      "×2",
                  )
                : null;
        this.updates.push((state) => {
            const factor = factorOf(state, dose);
            const gone = isOff(state, lever);
            slider.value = String(factor);
            slider.disabled = gone;
            slider.setAttribute(
                "aria-valuetext",
                `${context.t("times", { factor: context.number(factor, 2) })}, ${amount(context, dose, factor)}`,
            );
            double?.setAttribute("aria-pressed", String(factor === 2));
            if (double) double.disabled = gone;
            say(
                shown,
                `${context.t("times", { factor: context.number(factor, 2) })} · ${amount(context, dose, factor)}`,
            );
        });
        return h(
            "div",
            { class: "dose" },
            double,
            h(
                "div",
                { class: "slide" },
                isMain ? null : h("span", { class: "what" }, context.t(nameOf(dose))),
                slider,
                shown,
            ),
            beside,
        );
    }
}

/** The plan's heading, where it is known, before its number. */
function sectionOf(context: Context, section: string): string {
    const heading = context.description.sections?.[section];
    return heading ? `${context.of(heading)} · ${section}` : section;
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;

function amount(context: Context, dose: Dose, factor: number): string {
    const at = dose.values.lastIndexOf(Math.max(...dose.values));
    const value = dose.values[at]! * factor;
    const year = dose.years[at] ?? "";
    if (nameOf(dose) === "effort")
        return context.t("ofFull", { value: context.percent(Math.min(value, dose.bounds[1])), year });
    const unit =
        nameOf(dose) === "persons"
            ? context.t("persons_unit")
            : unitText(context.of(dose.unit).replace(/\/(year|年)$/, ""));
    return context
        .t("inYear", { value: context.number(value, value >= 100 || nameOf(dose) === "persons" ? 0 : 2), unit, year })
        .replace("  ", " ");
}

/** The best and the worst. */
export function grades(components: Component[]): string {
    const found = [...new Set(components.map(({ grade }) => grade))].sort();
    return found.length > 1 ? `${found[0]}–${found.at(-1)}` : (found[0] ?? "–");
}

function realised(context: Context, lever: Lever): HTMLElement | null {
    const { realised: of } = lever;
    if (!of || typeof of === "number") return null;
    const words = (value: number): string => `×${context.number(value, 2)}`;
    return h(
        "p",
        { class: "note" },
        context.t("realised", { median: words(of.median), low: words(of.low), high: words(of.high) }),
    );
}

function components(context: Context, rows: Component[]): HTMLElement {
    const words = ["grade", "effect", "evidence"] as const;
    return h(
        "table",
        { class: "components" },
        h(
            "thead",
            {},
            h(
                "tr",
                {},
                words.map((word) => h("th", { scope: "col" }, context.t(word))),
            ),
        ),
        h(
            "tbody",
            {},
            rows.map(({ grade, text, evidence }) =>
                h(
                    "tr",
                    {},
                    h("td", { class: "grade" }, grade),
                    h("th", { scope: "row" }, context.of(text)),
                    h("td", { lang: "en" }, evidence),
                ),
            ),
        ),
    );
}

function filter(groups: HTMLElement[], words: string): void {
    const wanted = words.trim().toLowerCase();
    for (const group of groups) {
        const items = [...group.querySelectorAll<HTMLElement>(".lever")];
        for (const item of items) item.hidden = !(item.dataset.words ?? "").includes(wanted);
        group.hidden = items.every((item) => item.hidden);
    }
}
