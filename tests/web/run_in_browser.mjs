// The same in Chromium without a window, by the workers of the page, opened from the disk; and how long it takes: until
// the first pair of replicates after opening, for a number of pairs, and for as many after a lever was moved.
// usage: node tests/web/run_in_browser.mjs FOLDER OUTPUT SEED COUNT ARM …
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [folder, output, seed, count, ...arms] = process.argv.slice(2);
const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const tools = createRequire(join(root, "web/app/package.json"));
const { chromium } = tools("playwright-core");

const browser = await chromium.launch({
  executablePath: process.env.JIJU_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
try {
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(pathToFileURL(resolve(folder, "page.html")).href);
  const simulated = await page.evaluate(
    async ({ arms, seed, count }) => {
      const signal = new AbortController().signal;
      const rows = Array.from({ length: count }, () => []);
      let firstAt;
      const done = ({ replicate, values }) => {
        firstAt ??= performance.now();
        rows[replicate] = values;
      };
      await engine.simulate(arms, seed, 0, count, done, signal);
      const milliseconds = performance.now() - begun;
      // Texts are all that comes out of a page: base64, a piece at a time, for a call takes so many arguments.
      const texts = rows.flat().map((row) => {
        let letters = "";
        const bytes = new Uint8Array(row.buffer, row.byteOffset, row.byteLength);
        for (let at = 0; at < bytes.length; at += 8192)
          letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
        return btoa(letters);
      });
      const workers = navigator.hardwareConcurrency;
      return { first: firstAt - begun, milliseconds, workers, texts, together: await engine.together(arms) };
    },
    { arms: arms.map((arm) => JSON.parse(arm)), seed: Number(seed), count: Number(count) },
  );
  const { texts, together, ...rest } = simulated;
  writeFileSync(output, Buffer.concat(texts.map((text) => Buffer.from(text, "base64"))));
  process.stdout.write(JSON.stringify({ ...rest, ...together, complaints }));
} finally {
  await browser.close();
}
