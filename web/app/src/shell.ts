// The frame of the page: head, levers, tabs of results, and where messages stand.
import { h, say } from "./dom";
import type { Context } from "./context";
import type { CatalogueEntry } from "./engine/engine";
import { ALL } from "./simulation";
import { VIEWS, type Lang, type Reference, type State, type View } from "./state";
import { translate, type Word } from "./texts";

export interface Shell {
    root: HTMLElement;
    levers: HTMLElement;
    panels: Record<View, HTMLElement>;
    progress: { bar: HTMLProgressElement; text: HTMLElement };
    answer: HTMLElement;
    live: HTMLElement;
    show(view: View): void;
    references(context: Context): void;
    independent(is: boolean): void;
    notice(text: string, isError: boolean): void;
}

export interface Choices {
    lang(lang: Lang): void;
    scenario(key: string): void;
    view(view: View): void;
    reference(reference: Reference): void;
    reset(): void;
    link(): void;
    download(): void;
    file(file: File): void;
}

type Say = (word: Word, values?: Record<string, string | number>) => string;

export function shell(state: State, catalogue: CatalogueEntry[], choices: Choices): Shell {
    const t: Say = (word, values) => translate(state.lang, word, values);
    const notice = h("div", { class: "notice", hidden: true });
    const levers = h("aside", { class: "levers", "aria-label": t("levers") });
    const answer = h("p", { class: "answer" });
    const live = h("p", { class: "hidden", "aria-live": "polite", role: "status" });
    const bar = h("progress", { max: ALL, value: 0, "aria-label": t("progress", { done: "", all: ALL }) });
    const text = h("span", { class: "note" });
    const against = h("select", {
        id: "against",
        onchange: (event) => choices.reference((event.target as HTMLSelectElement).value as Reference),
    });
    const alone = h("p", { class: "note", hidden: true }, t("noInterval"));
    const { tabs, panels } = results(t, state.view, choices.view);
    const main = h(
        "main",
        { id: "results", tabindex: -1 },
        h("div", { class: "summary" }, answer, h("p", { class: "progress" }, bar, " ", text), live),
        h("p", { class: "choice" }, h("label", { for: "against" }, t("against")), " ", against),
        alone,
        tabs,
        ...VIEWS.map((view) => panels[view]),
    );
    const root = h(
        "div",
        { class: "page" },
        h(
            "a",
            {
                class: "skip",
                href: "#results",
                onclick: (event) => {
                    event.preventDefault(); // the part after # is the state
                    main.focus();
                },
            },
            t("skip"),
        ),
        head(t, state, catalogue, choices),
        notice,
        h("div", { class: "columns" }, levers, main),
        h("footer", {}, h("p", {}, t("about"))),
    );
    dropping(root, t, choices.file);
    return {
        root,
        levers,
        panels,
        progress: { bar, text },
        answer,
        live,
        show: (view) => show(root, panels, view),
        references: (context) => references(against, context),
        independent: (is) => {
            alone.hidden = is;
        },
        notice: (words, isError) => tell(notice, words, isError, t("dismiss")),
    };
}

function head(t: Say, state: State, catalogue: CatalogueEntry[], choices: Choices): HTMLElement {
    const { lang, scenario } = state;
    const known = catalogue.some((each) => each.scenario === scenario);
    const select = h(
        "select",
        { id: "scenario", onchange: (event) => choices.scenario((event.target as HTMLSelectElement).value) },
        known || !scenario ? null : h("option", { value: scenario, selected: true }, scenario),
        byFolder(catalogue, lang, scenario),
    );
    const file = h("input", {
        type: "file",
        id: "file",
        accept: ".toml",
        class: "hidden",
        onchange: (event) => {
            const chosen = (event.target as HTMLInputElement).files?.[0];
            if (chosen) choices.file(chosen);
        },
    });
    const button = (word: Word, press: () => void): HTMLElement =>
        h("button", { type: "button", onclick: press }, t(word));
    return h(
        "header",
        {},
        h("h1", {}, t("title")),
        h(
            "div",
            { class: "tools" },
            h("span", { class: "choice" }, h("label", { for: "scenario" }, t("scenario")), " ", select),
            h("label", { class: "button", for: "file" }, file, t("open")),
            button("reset", choices.reset),
            button("link", choices.link),
            button("download", choices.download),
            h(
                "span",
                { class: "languages", role: "group", "aria-label": t("language") },
                (["en", "zh"] as const).map((each) =>
                    h(
                        "button",
                        {
                            type: "button",
                            lang: each === "zh" ? "zh-CN" : "en",
                            "aria-pressed": String(each === lang),
                            onclick: () => choices.lang(each),
                        },
                        each === "en" ? "English" : "中文",
                    ),
                ),
            ),
        ),
    );
}

function byFolder(catalogue: CatalogueEntry[], lang: Lang, chosen: string): HTMLElement[] {
    const folders = new Map<string, CatalogueEntry[]>();
    for (const entry of catalogue) {
        const folder = entry.scenario.includes("/") ? entry.scenario.split("/")[0]! : "";
        folders.set(folder, [...(folders.get(folder) ?? []), entry]);
    }
    const option = (entry: CatalogueEntry): HTMLElement =>
        h("option", { value: entry.scenario, selected: entry.scenario === chosen }, entry.title[lang]);
    return [...folders].flatMap(([folder, entries]) =>
        folder ? [h("optgroup", { label: folder }, entries.map(option))] : entries.map(option),
    );
}

/** Tabs as the ARIA practices have them: arrows move between them. */
function results(
    t: Say,
    chosen: View,
    choose: (view: View) => void,
): { tabs: HTMLElement; panels: Record<View, HTMLElement> } {
    const move = (event: KeyboardEvent, view: View): void => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!by) return;
        event.preventDefault();
        const next = VIEWS[(VIEWS.indexOf(view) + by + VIEWS.length) % VIEWS.length]!;
        choose(next);
        document.getElementById(`tab-${next}`)?.focus();
    };
    const tabs = h(
        "div",
        { class: "tabs", role: "tablist", "aria-label": t("views") },
        VIEWS.map((view) =>
            h(
                "button",
                {
                    type: "button",
                    role: "tab",
                    id: `tab-${view}`,
                    "aria-controls": `panel-${view}`,
                    onclick: () => choose(view),
                    onkeydown: (event) => move(event as KeyboardEvent, view),
                },
                t(view),
            ),
        ),
    );
    const panels = Object.fromEntries(
        VIEWS.map((view) => [
            view,
            h("div", {
                class: `panel ${view}`,
                role: "tabpanel",
                id: `panel-${view}`,
                "aria-labelledby": `tab-${view}`,
                hidden: view !== chosen,
            }),
        ]),
    );
    return { tabs, panels: panels as unknown as Record<View, HTMLElement> };
}

function show(root: HTMLElement, panels: Record<View, HTMLElement>, chosen: View): void {
    for (const view of VIEWS) {
        const tab = root.querySelector(`#tab-${view}`);
        tab?.setAttribute("aria-selected", String(view === chosen));
        tab?.setAttribute("tabindex", view === chosen ? "0" : "-1");
        panels[view].hidden = view !== chosen;
    }
}

function references(select: HTMLSelectElement, context: Context): void {
    const { own, base } = context.samples;
    const open: Reference[] = [...(own ? ["written" as const] : []), ...(base ? ["base" as const] : [])];
    const key = open.map((each) => context.titles[each]).join("\n");
    if (select.dataset.key !== key) {
        select.dataset.key = key;
        select.replaceChildren(...open.map((each) => h("option", { value: each }, context.titles[each])));
    }
    select.parentElement!.hidden = open.length === 0;
    select.value = context.against;
}

function tell(notice: HTMLElement, words: string, isError: boolean, dismiss: string): void {
    notice.hidden = false;
    notice.classList.toggle("error", isError);
    notice.setAttribute("role", isError ? "alert" : "status");
    const text = h("pre", {});
    say(text, words);
    notice.replaceChildren(
        text,
        h(
            "button",
            {
                type: "button",
                onclick: () => {
                    notice.hidden = true;
                },
            },
            dismiss,
        ),
    );
}

function dropping(root: HTMLElement, t: Say, drop: (file: File) => void): void {
    root.dataset.drop = t("dropHere");
    root.addEventListener("dragover", (event) => {
        event.preventDefault();
        root.classList.add("dropping");
    });
    root.addEventListener("dragleave", (event) => {
        if (event.relatedTarget === null) root.classList.remove("dropping");
    });
    root.addEventListener("drop", (event) => {
        event.preventDefault();
        root.classList.remove("dropping");
        const file = event.dataTransfer?.files[0];
        if (file) drop(file);
    });
}
