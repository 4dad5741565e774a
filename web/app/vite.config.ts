// One file without requests: scripts and styles stand in it, and its policy permits these and nothing else.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { defineConfig, type Plugin } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

const here = dirname(fileURLToPath(import.meta.url));
const page = resolve(here, "../../build/web/jiju.html");
const built = resolve(here, "../../build/web/index.html");
const compiled = resolve(here, "../../build/web/jiju.wasm"); // of web/engine; the page works without, by `jiju explore`
const model = resolve(here, "src/engine/wasm_engine.ts");

function hashes(html: string, tag: "script" | "style"): string {
    const found = [...html.matchAll(new RegExp(`<${tag}(?![^>]*type="text/plain")[^>]*>([\\s\\S]*?)</${tag}>`, "g"))];
    return found
        .map(
            ([, text]) =>
                `'sha256-${createHash("sha256")
                    .update(text ?? "")
                    .digest("base64")}'`,
        )
        .join(" ");
}

/** The policy of the finished page: its own scripts and styles by their hashes, the model, and its own server. */
function policy(): Plugin {
    return {
        name: "policy",
        apply: "build",
        closeBundle() {
            const html = readFileSync(built, "utf8");
            const words = [
                `default-src 'none'`,
                `script-src ${hashes(html, "script")} 'wasm-unsafe-eval'`,
                `style-src-elem ${hashes(html, "style")}`,
                `style-src-attr 'unsafe-inline'`, // what the charts write into their own SVG
                `connect-src 'self'`,
                `worker-src blob:`,
                `img-src data:`,
                `base-uri 'none'`,
                `form-action 'none'`,
            ].join("; ");
            writeFileSync(page, html.replace("POLICY", words));
            rmSync(built);
        },
    };
}

export default defineConfig({
    root: here,
    base: "./",
    build: {
        outDir: "../../build/web",
        emptyOutDir: false,
        target: "es2022",
        assetsInlineLimit: 1e8,
        modulePreload: false,
    },
    resolve: {
        alias: {
            "model-inside":
                existsSync(model) && existsSync(compiled)
                    ? resolve(here, "src/engine/model_inside.ts")
                    : resolve(here, "src/engine/no_model_inside.ts"),
        },
    },
    plugins: [viteSingleFile({ removeViteModuleLoader: true }), policy()],
});
