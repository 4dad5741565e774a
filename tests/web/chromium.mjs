// The page that build_page.mjs makes, opened from the disk in Chromium without a window and without a network.
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const { chromium } = createRequire(join(root, "web/app/package.json"))("playwright-core");

/** What `use` makes of the page, with all that the browser complains of meanwhile. */
export async function inChromium(folder, use) {
  const browser = await chromium.launch({
    executablePath: process.env.JIJU_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
  try {
    const page = await (await browser.newContext({ offline: true })).newPage();
    const complaints = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(pathToFileURL(resolve(folder, "page.html")).href);
    return { ...(await use(page)), complaints };
  } finally {
    await browser.close();
  }
}
