// How soon the page's engine answers, in Chromium without a window: milliseconds from opening the page until it has
// begun, until the first replicate of status quo and plan, until 20, and then, after a lever is moved, until 20 of both
// again; and the longest time in which the page itself could not answer.
// usage: node tests/web/build_page.mjs FOLDER && node tests/web/measure.mjs FOLDER
import { inChromium } from "./chromium.mjs";

const measured = await inChromium(process.argv[2], (page) =>
  page.evaluate(async () => {
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
  }),
);
process.stdout.write(JSON.stringify(measured) + "\n");
