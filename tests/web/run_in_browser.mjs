// The same in Chromium without a window, by the workers of the page, opened from the disk; and how long it takes: until
// the first pair of replicates after opening, for a number of pairs, and for as many after a lever was moved.
// usage: node tests/web/run_in_browser.mjs FOLDER OUTPUT SEED COUNT ARM …
import { writeFileSync } from "node:fs";

import { inChromium } from "./chromium.mjs";

const [folder, output, seed, count, ...arms] = process.argv.slice(2);
const { texts, together, ...rest } = await inChromium(folder, (page) =>
  page.evaluate(
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
  ),
);
writeFileSync(output, Buffer.concat(texts.map((text) => Buffer.from(text, "base64"))));
process.stdout.write(JSON.stringify({ ...rest, ...together }));
