// Every view of the page in both languages at two widths, into build/web/screenshots, to be looked at.
// usage: npm run screenshots -- ADDRESS [--doubled]   (the address that jiju explore --no-browser prints)
import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const address = process.argv[2];
const only = process.argv[3] ?? "";
const into = resolve(dirname(fileURLToPath(import.meta.url)), "../../../build/web/screenshots");
mkdirSync(into, { recursive: true });
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
});
for (const [width, height] of [
    [1280, 900],
    [390, 844],
]) {
    for (const lang of ["en", "zh"]) {
        const page = await browser.newPage({ viewport: { width, height } });
        page.on("console", (message) => {
            if (message.type() === "error") console.log(`${width} ${lang}: ${message.text()}`);
        });
        page.on("pageerror", (error) => console.log(`${width} ${lang}: ${error.stack}`));
        for (const view of ["targets", "industries", "money", "places", "firm"]) {
            if (only && !view.includes(only)) continue;
            const doubled = "x=levers.special_fund.budget*2";
            await page.goto(`${address}#lang=${lang}&view=${view}&scenario=shaoxing-2011%2Fplan&${doubled}`);
            await page.waitForFunction(() => document.querySelector("progress")?.value >= 20, null, {
                timeout: 120000,
            });
            await page.waitForFunction(
                () => document.querySelector("[role=tabpanel]:not([hidden]) table, .fans svg"),
                null,
                { timeout: 120000 },
            );
            await page.waitForTimeout(1200);
            const wide = await page.evaluate(() => document.documentElement.scrollWidth);
            if (wide > width) console.log(`${view} ${lang} ${width}: scrolls sideways, ${wide} wide`);
            await page.screenshot({ path: `${into}/${view}-${lang}-${width}.png`, fullPage: true });
        }
        await page.close();
    }
}
await browser.close();
