// Elements in one expression; texts are always text, never markup.
type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

export function h<K extends keyof HTMLElementTagNameMap>(
    tag: K,
    attributes: Attributes = {},
    ...children: (Child | Child[])[]
): HTMLElementTagNameMap[K] {
    const element = document.createElement(tag);
    set(element, attributes);
    element.append(...kept(children));
    return element;
}

export function svg(tag: string, attributes: Attributes = {}, ...children: (Child | Child[])[]): SVGElement {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    set(element, attributes);
    element.append(...kept(children));
    return element;
}

function set(element: Element, attributes: Attributes): void {
    for (const [name, value] of Object.entries(attributes)) {
        if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
        else if (value === true) element.setAttribute(name, "");
        else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
    }
}

const kept = (children: (Child | Child[])[]): (Node | string)[] =>
    children.flat().filter((child): child is Node | string => child !== null && child !== undefined && child !== false);

/** What may be wider than the screen: scrolled by itself, by the keyboard too. */
export function scroller(label: string, ...children: Child[]): HTMLElement {
    return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label }, ...children);
}

/** Only where it differs, so that a screen reader hears no repetition. */
export function say(element: Element, text: string): void {
    if (element.textContent !== text) element.textContent = text;
}

/** One after another, each in a task of its own, so that no task is long; a later call drops what is still waiting. */
export class Slices {
    private waiting: (() => void)[] = [];
    private timer: ReturnType<typeof setTimeout> | null = null;

    start(tasks: (() => void)[]): void {
        this.waiting = tasks;
        this.timer ??= setTimeout(() => this.next());
    }

    private next(): void {
        this.timer = null;
        this.waiting.shift()?.();
        if (this.waiting.length) this.timer = setTimeout(() => this.next());
    }
}
