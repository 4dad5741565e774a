// In headless Chromium, with `jiju explore` behind the page. JIJU names the program; CHROMIUM the browser.
import { defineConfig } from "vitest/config";

export default defineConfig({
    test: {
        include: ["test/browser/**/*.test.ts"],
        testTimeout: 240_000,
        hookTimeout: 240_000,
        fileParallelism: false,
    },
});
