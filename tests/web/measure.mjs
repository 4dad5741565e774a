// How soon the page's engine answers, in Chromium without a window: milliseconds from opening the page until it has
// begun, until the first replicate of status quo and plan, until 20, and then, after a lever is moved, until 20 of both
// again; and the longest time in which the page itself could not answer.
// usage: node tests/web/build_page.mjs FOLDER && node tests/web/measure.mjs FOLDER
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const tools = createRequire(join(root, "web/app/package.json"));
const { chromium } = tools("playwright-core");
const browser = await chromium.launch({
  executablePath: process.env.JIJU_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
try {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(resolve(process.argv[2], "page.html")).href);
  const measured = await page.evaluate(async () => {
    let last = performance.now();
    let longest = 0;
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    const signal = new AbortController().signal;
    const plan = (set) => [
      { scenario: "shaoxing-2011/status-quo", set: [] },
      { scenario: "shaoxing-2011/plan", set },
    ];
    const pairs = async (set, from) => {
      let first;
      const done = () => (first ??= performance.now() - from);
      await engine.simulate(plan(set), 20110101, 0, 20, done, signal);
      return { first, all: performance.now() - from };
    };
    await engine.together(plan([]));
    const ready = performance.now() - begun;
    const opened = await pairs([], begun);
    const moved = [];
    for (const times of [2, 3, 4])
      moved.push(await pairs([`levers.special_fund.budget.times=${times}`], performance.now()));
    clearInterval(watch);
    return { workers: navigator.hardwareConcurrency, ready, opened, moved, longest };
  });
  process.stdout.write(JSON.stringify(measured) + "\n");
} finally {
  await browser.close();
}
