// What a stranger does: opens the page, doubles the special fund, reads what it does to T5 and what it costs.
import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../../..");
const program = process.env.JIJU ?? resolve(root, ".venv/bin/jiju");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let server: ChildProcess;
let browser: Browser;
let address = "";
let page: Page;
let foreign: string[] = []; // requests to anywhere else
let errors: string[] = [];

beforeAll(async () => {
    server = spawn(program, ["explore", "shaoxing-2011/plan", "--no-browser"], { cwd: root });
    address = await new Promise((found, failed) => {
        server.stdout!.once("data", (line: Buffer) => found(line.toString().trim()));
        server.once("exit", (code) => failed(new Error(`jiju explore ended with ${code}`)));
        server.stderr!.on("data", (line: Buffer) => console.error(line.toString()));
    });
    browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        args: ["--no-sandbox"],
    });
});

afterAll(async () => {
    await browser?.close();
    server?.kill("SIGTERM");
});

beforeEach(() => {
    foreign = [];
    errors = [];
    return async () => {
        await page.close();
        expect(foreign).toEqual([]);
        expect(errors).toEqual([]);
    };
});

async function open(state: string, width = 1280): Promise<void> {
    page = await browser.newPage({ viewport: { width, height: 900 }, acceptDownloads: true });
    page.setDefaultTimeout(180_000);
    page.on("request", (request) => {
        if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(address)) foreign.push(request.url());
    });
    page.on("pageerror", (error) => errors.push(error.stack ?? error.message));
    page.on("console", (message) => {
        if (message.type() === "error" && !/status of 422/.test(message.text())) errors.push(message.text());
    });
    await page.goto(`${address}#${state}`);
}

const replicates = (count: number): Promise<unknown> =>
    page.waitForFunction((wanted) => document.querySelector("progress")!.value >= wanted, count);
const row = (key: string): ReturnType<Page["locator"]> => page.locator(`tr[data-target="${key}"]`);
const number = (text: string): number => Number(/[+−-]?[\d.,]+/.exec(text)![0].replace("−", "-").replace(",", ""));

/** What axe-core calls serious or critical, each with the first element that has it. */
async function faults(): Promise<string[]> {
    await page.evaluate(axe); // past the page's own policy, which permits no such script
    return page.evaluate(async () => {
        interface Violation {
            id: string;
            impact: string;
            nodes: { html: string }[];
        }
        const { violations } = await (
            window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
        ).axe.run();
        return violations
            .filter(({ impact }) => ["serious", "critical"].includes(impact))
            .map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`);
    });
}

describe("a stranger", () => {
    it("doubles the special fund, and sees the change of T5 and the money", async () => {
        await open("lang=en");
        await replicates(20);
        const before = number(await row("T5").locator(".chance").innerText());
        await page.getByRole("button", { name: "×2: Special development fund" }).click();
        await page.locator('#against option[value="written"]').waitFor({ state: "attached" });
        await page.waitForFunction(() => /It costs/.test(document.querySelector(".answer")!.textContent ?? ""));
        await replicates(20);
        const change = await row("T5").locator(".change").innerText();
        expect(change).toMatch(/^[+−]?\d+ points\s+[+−]?\d+ to [+−]?\d+$/);
        const after = number(await row("T5").locator(".chance").innerText());
        expect(after).toBeGreaterThanOrEqual(before - 20);
        const cost = number(await page.locator('[data-cost="change"]').innerText());
        expect(cost).toBeGreaterThan(3); // the fund asks for 8.4 besides, and gets most of it
        expect(cost).toBeLessThan(9);
        expect(await page.locator(".answer").innerText()).toMatch(/It costs \+[\d.]+ 10⁸ CNY over 5 years\.$/);
        expect(await page.locator("[aria-live]").innerText()).toMatch(/of 500 replicates$/);
    });

    it("sees the interval shrink", async () => {
        await open("lang=en&x=levers.special_fund.budget*2");
        const width = async (): Promise<number> => {
            const [low, high] = (await row("T4").locator(".chance .interval").innerText()).match(/\d+/g)!.map(Number);
            return high! - low!;
        };
        await replicates(20);
        const first = await width();
        await replicates(60);
        expect(await width()).toBeLessThan(first);
    });

    it("takes along a link and a file that say the same", async () => {
        await open("lang=en");
        await replicates(2);
        await page.getByRole("button", { name: "×2: Special development fund" }).click();
        const link = page.url();
        expect(link).toContain("x=levers.special_fund.budget*2");
        const [download] = await Promise.all([
            page.waitForEvent("download"),
            page.getByRole("button", { name: "Download scenario" }).click(),
        ]);
        expect(download.suggestedFilename()).toBe("plan-explored.toml");
        const file = await download.path();
        await page.goto("about:blank");
        await page.goto(link);
        await page.locator('.lever.moved [data-double="special_fund"][aria-pressed="true"]').waitFor();
        await page
            .locator("#file")
            .setInputFiles({ name: "mine.toml", mimeType: "application/toml", buffer: readFileSync(file) });
        await page.locator(".notice", { hasText: "mine.toml is open" }).waitFor();
        await page.getByText("×1.00 · 4.00 10⁸ CNY in 2015").first().waitFor(); // the doubled fund, as written now
    });

    it("is told in the words of the program what is wrong with a file", async () => {
        await open("lang=zh");
        await replicates(2);
        const text = 'extends = "shaoxing-2011/plan"\n\n[levers.special_fund]\nbudgett = 3\n';
        await page
            .locator("#file")
            .setInputFiles({ name: "wrong.toml", mimeType: "application/toml", buffer: Buffer.from(text) });
        const said = await page.locator('[role="alert"] pre').innerText();
        expect(said).toContain("wrong.toml:4:1");
        expect(said).toContain("budgett");
        expect(said).toMatch(/[\u4e00-\u9fff]/);
    });
});

describe("by keyboard alone", () => {
    it("reaches the slider, moves it, and changes the view", async () => {
        await open("lang=en");
        await replicates(2);
        const slider = page.getByRole("slider", { name: "budget of Special development fund" });
        await slider.focus();
        for (let press = 0; press < 4; ++press) await page.keyboard.press("ArrowRight");
        expect(page.url()).toMatch(/x=levers\.special_fund\.budget\*1\.\d/);
        expect(await slider.getAttribute("aria-valuetext")).toMatch(/^×1\.\d+, [\d.]+ 10⁸ CNY in 2015$/);
        await page.locator("#tab-targets").focus();
        await page.keyboard.press("ArrowRight");
        expect(await page.locator("#tab-industries").getAttribute("aria-selected")).toBe("true");
        expect(await page.evaluate(() => document.activeElement!.id)).toBe("tab-industries");
    });
});

describe.each(["en", "zh"])("in %s", (lang) => {
    it.each(["targets", "industries", "money", "places", "firm"])(
        "%s has no serious fault and scrolls down alone",
        async (view) => {
            for (const width of [1280, 390]) {
                await open(`lang=${lang}&view=${view}&x=levers.special_fund.budget*2`, width);
                await replicates(2);
                await page.waitForFunction(() => document.querySelector("[role=tabpanel]:not([hidden]) table"));
                expect(await faults()).toEqual([]);
                expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
                expect(await page.evaluate(() => document.documentElement.lang.slice(0, 2))).toBe(lang);
                if (width === 1280) await page.close();
            }
        },
    );
});
