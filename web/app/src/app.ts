// The page: what is chosen, what is simulated for it, and the views that show it.
import { Context, isCertain } from "./context";
import { h, say, Slices } from "./dom";
import type { Arm, CatalogueEntry, Description, Engine } from "./engine/engine";
import { ALL, FIRST, Simulation } from "./simulation";
import { fromHash, isChanged, ownArm, toHash, written, type State } from "./state";
import { probabilityChange, publicMoney } from "./statistics/summary";
import { translate, type Word } from "./texts";
import { shell, type Shell } from "./shell";
import { FirmView } from "./views/firm";
import { industriesView } from "./views/industries";
import { LeversView } from "./views/levers";
import { moneyView } from "./views/money";
import { placesView } from "./views/places";
import { targetsView } from "./views/targets";

const SPOKEN = [FIRST, 60, 200, ALL]; // replicates at which a screen reader hears the answer again
const FLAGSHIP = "shaoxing-2011/plan";
const BETWEEN = 120; // milliseconds from one drawing to the next

export class App {
    private state: State;
    private description: Description | null = null;
    private catalogue: CatalogueEntry[] = [];
    private simulation: Simulation | null = null;
    private shell!: Shell;
    private levers!: LeversView;
    private firm!: FirmView;
    private readonly slices = new Slices();
    private drawing: ReturnType<typeof setTimeout> | null = null;
    private settling: ReturnType<typeof setTimeout> | null = null;
    private spoken = "";
    private opened = 0;

    constructor(
        private readonly root: HTMLElement,
        private readonly engine: Engine,
    ) {
        this.state = fromHash(location.hash, navigator.language.startsWith("zh") ? "zh" : "en");
        window.addEventListener("hashchange", () => {
            if (location.hash.slice(1) !== toHash(this.state))
                void this.become(fromHash(location.hash, this.state.lang));
        });
    }

    async begin(): Promise<void> {
        this.engine.speak(this.state.lang);
        this.build();
        try {
            this.catalogue = await this.engine.catalogue();
            if (!this.state.scenario) this.state.scenario = this.firstScenario();
            this.build();
            await this.open();
        } catch (error) {
            this.fail(error as Error);
        }
    }

    /** What the command line named; otherwise the flagship's plan, or any that is compared with something. */
    private firstScenario(): string {
        const open = [
            this.catalogue.find(({ first }) => first),
            this.catalogue.find(({ scenario }) => scenario === FLAGSHIP),
            this.catalogue.find(({ base }) => base),
            this.catalogue[0],
        ];
        return open.find((entry) => entry)?.scenario ?? "";
    }

    private t(word: Word, values: Record<string, string | number> = {}): string {
        return translate(this.state.lang, word, values);
    }

    private build(): void {
        document.documentElement.lang = this.state.lang === "zh" ? "zh-CN" : "en";
        document.title = this.t("title");
        this.shell = shell(this.state, this.catalogue, {
            lang: (lang) => {
                this.engine.speak(lang);
                this.change({ lang });
                this.build();
                this.rebuild();
            },
            scenario: (scenario) => void this.become({ ...this.fresh(), scenario }),
            view: (view) => {
                this.change({ view });
                this.draw();
            },
            reference: (reference) => {
                this.change({ reference });
                this.draw();
            },
            reset: () => {
                this.change({ factors: {}, off: [], newMoney: true });
                this.moved();
            },
            link: () => void this.copyLink(),
            download: () => void this.download(),
            file: (file) => void this.drop(file),
        });
        this.root.replaceChildren(this.shell.root);
        this.levers = new LeversView(this.shell.levers, {
            factor: (dose, factor) => {
                this.change({ factors: { ...this.state.factors, [dose.key]: factor } });
                this.moved();
            },
            off: ({ key }, off) => {
                this.change({ off: off ? [...this.state.off, key] : this.state.off.filter((each) => each !== key) });
                this.moved();
            },
            newMoney: (newMoney) => {
                this.change({ newMoney });
                this.moved();
            },
        });
        this.firm = new FirmView(
            this.shell.panels.firm,
            this.engine,
            (error) => this.fail(error),
            (what) => {
                this.change(what);
                this.draw();
            },
        );
    }

    private fresh(): State {
        return { ...this.state, text: null, factors: {}, off: [], newMoney: true, reference: null, firm: "" };
    }

    private async become(state: State): Promise<void> {
        const before = this.state;
        this.state = state;
        this.keep();
        if (before.lang !== state.lang) this.engine.speak(state.lang);
        if (!this.state.scenario) this.state.scenario = this.firstScenario();
        this.build();
        if (before.scenario === state.scenario && before.text === state.text && this.description) {
            this.rebuild();
            this.moved();
        } else {
            await this.open();
        }
    }

    /** The scenario is described and simulated; the page shows the old one's error or the new one's numbers. */
    private async open(): Promise<void> {
        const mine = ++this.opened;
        this.simulation?.end();
        this.simulation = null;
        this.description = null;
        say(this.shell.progress.text, this.t("beginning", { first: FIRST }));
        try {
            const arm = written(this.state);
            const description = await this.engine.describe(arm);
            if (mine !== this.opened) return;
            this.description = description;
            const base = this.base;
            const baseArm: Arm | null = base ? { scenario: base, set: [] } : null;
            this.simulation = new Simulation(
                this.engine,
                description,
                baseArm,
                arm,
                () => this.later(),
                (error) => this.fail(error),
            );
            this.rebuild();
            this.moved();
        } catch (error) {
            this.fail(error as Error);
        }
    }

    private get base(): string | null {
        const { text, scenario } = this.state;
        const extended = text === null ? null : /^\s*extends\s*=\s*["']([^"']+)["']/m.exec(text)?.[1];
        if (text !== null) return this.catalogue.some((each) => each.scenario === extended) ? extended! : null;
        return this.catalogue.find((each) => each.scenario === scenario)?.base ?? null;
    }

    private rebuild(): void {
        if (!this.description) return;
        this.levers.build(this.context()!);
        this.draw();
    }

    private change(what: Partial<State>): void {
        this.state = { ...this.state, ...what };
        this.keep();
    }

    private keep(): void {
        history.replaceState(null, "", `#${toHash(this.state)}`);
    }

    /** A lever has moved: shown at once, simulated when it rests. */
    private moved(): void {
        this.levers.update(this.state);
        if (this.settling) clearTimeout(this.settling);
        this.settling = setTimeout(() => {
            if (!this.description) return;
            this.simulation?.own(isChanged(this.state) ? ownArm(this.state, this.description) : null);
            if (window.parent !== window)
                // a notebook's cell hears what is chosen (analysis/jiju/browser/widget.py)
                window.parent.postMessage({ jiju: "arm", arm: ownArm(this.state, this.description) }, "*");
            this.spoken = "";
            this.later();
        }, 80);
    }

    private later(): void {
        this.drawing ??= setTimeout(() => {
            this.drawing = null;
            this.draw();
        }, BETWEEN);
    }

    private context(): Context | null {
        if (!this.description || !this.simulation) return null;
        const base = this.catalogue.find(({ scenario }) => scenario === this.base);
        const { lang } = this.state;
        return new Context(this.state, this.description, this.simulation.samples, {
            written: this.t("asWritten", { title: this.description.title[lang] }),
            base: base?.title[lang] ?? "",
        });
    }

    private draw(): void {
        const context = this.context();
        this.shell.show(this.state.view);
        if (!context) return;
        this.shell.references(context);
        const done = this.simulation!.done;
        this.shell.progress.bar.value = done;
        say(
            this.shell.progress.text,
            done ? this.t("progress", { done, all: ALL }) : this.t("beginning", { first: FIRST }),
        );
        this.shell.independent(context.independent);
        if (!context.ready) return;
        this.slices.start([() => this.answer(context, done), ...this.view(context)]);
    }

    private view(context: Context): (() => void)[] {
        const { panels } = this.shell;
        switch (this.state.view) {
            case "targets":
                return [
                    () => {
                        targetsView(panels.targets, context);
                    },
                ];
            case "industries":
                return industriesView(panels.industries, context);
            case "money":
                return moneyView(panels.money, context);
            case "places":
                return [
                    () => {
                        placesView(panels.places, context, (measure) => {
                            this.change({ measure });
                            this.draw();
                        });
                    },
                ];
            case "firm":
                return this.firm.update(context, this.pair(context));
        }
    }

    private pair(context: Context): [Arm, Arm] | null {
        if (!this.description || !context.reference) return null;
        const plain = written(this.state);
        const own = context.samples.own ? ownArm(this.state, this.description) : plain;
        return [context.against === "base" && this.base ? { scenario: this.base, set: [] } : plain, own];
    }

    /** In one sentence what has changed and what it costs. */
    private answer(context: Context, done: number): void {
        const { own, written: plain } = context.samples;
        say(this.shell.answer, own && context.reference ? changed(context) : plain.size ? this.t("answerNone") : "");
        const key = `${toHash(this.state)} ${SPOKEN.filter((count) => done >= count).length}`;
        if (own && this.spoken !== key && done >= FIRST) {
            this.spoken = key;
            say(this.shell.live, `${this.shell.answer.textContent ?? ""} ${this.t("progress", { done, all: ALL })}`);
        }
    }

    private async copyLink(): Promise<void> {
        this.keep();
        await navigator.clipboard.writeText(location.href).catch(() => undefined);
        const whole = this.state.text === null || toHash(this.state).includes("text=");
        this.shell.notice(this.t(whole ? "linkCopied" : "linkWithoutText"), false);
    }

    private async download(): Promise<void> {
        if (!this.description) return;
        try {
            const text = await this.engine.save(ownArm(this.state, this.description));
            const link = h("a", {
                download: `${this.state.scenario
                    .split("/")
                    .at(-1)!
                    .replace(/\.toml$/, "")}-explored.toml`,
                href: URL.createObjectURL(new Blob([text], { type: "application/toml" })),
            });
            link.click();
            setTimeout(() => URL.revokeObjectURL(link.href), 1000);
        } catch (error) {
            this.fail(error as Error);
        }
    }

    private async drop(file: File): Promise<void> {
        const text = await file.text();
        await this.become({ ...this.fresh(), scenario: file.name, text });
        if (this.description) this.shell.notice(this.t("dropped", { name: file.name }), false);
    }

    private fail(error: Error): void {
        this.shell.notice(error.message, true);
    }
}

function changed(context: Context): string {
    const { description, shown, reference } = context;
    const changes = description.targets
        .map((target, at) => ({ target, ...probabilityChange(reference!, shown, at) }))
        .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
    const first = changes.find((each) => isCertain(each) && context.independent) ?? changes[0];
    const money = publicMoney(reference!, shown, description.axes.lever?.keys.map((_, lever) => lever) ?? []);
    const cost = { cost: context.signed(money.value), money: ` ${context.money}`, years: description.years.length };
    if (!first?.value) return context.t("answerNothing", cost);
    return context.t(isCertain(first) && context.independent ? "answerChanged" : "answerUnsure", {
        ...cost,
        target: `${first.target.key} ${context.of(first.target.label)}`,
        change: context.t("points", { value: context.signed(100 * first.value, 0) }),
        low: context.signed(100 * first.low, 0),
        high: context.signed(100 * first.high, 0),
    });
}
