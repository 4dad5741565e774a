"""Pictures of the site's pages, both languages, two widths, for a person to look at; and what a browser finds wrong.

usage: .venv/bin/python tools/site/screenshots.py [FOLDER [PAGE…]]     (after tools/build_site; build/site-screenshots)

Pages are opened as files without a network. Reported are requests that leave the folder, pictures that are missing,
pages wider than the window, errors of scripts, and what axe-core (from npm) calls serious or critical for readers with
a keyboard or a screen reader; then words are searched in both languages. Exit code 1 if there is any.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "build" / "site"
WIDTHS = (1280, 390)
PAGES = ("index", "contents", "model", "trust", "evidence", "scenarios", "commands", "python", "figures", "glossary",
         "decisions", "how-to/own-city", "how-to/evaluation", "benchmarks/index", "gallery/figures",
         "gallery/scenarios", "gallery/report", "tutorial/index", "tutorial/1-first-run", "api/index", "api/studies",
         "api/runs", "adr/index")  # fmt: skip
WORDS = {"en": "special fund", "zh": "专项资金"}

WIDER = "() => document.documentElement.scrollWidth - window.innerWidth"
MISSING = "() => [...document.images].filter(each => !each.naturalWidth).map(each => each.src)"


AXE = ROOT / "build" / "site-kept" / "axe.min.js"
FAULTS = """() => axe.run({resultTypes: ["violations"]}).then(found => found.violations
    .filter(each => ["serious", "critical"].includes(each.impact))
    .map(each => `${each.id}: ${each.help}, ${each.nodes.length} times, as ${each.nodes[0].target}`))"""


def fetch_axe() -> None:
    """Brings axe-core by npm, once."""
    if AXE.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", "--pack-destination", folder, "axe-core@^4.10"], check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        [archive] = Path(folder).glob("*.tgz")
        shutil.unpack_archive(archive, folder, "gztar")
        AXE.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(folder) / "package" / "axe.min.js", AXE)


def looked_at(page: Page, path: Path, picture: Path) -> list[str]:
    """Draws one page and says what is wrong with it."""
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(f"script: {error}"))
    page.on("request", lambda request: None if request.url.startswith(("file:", "data:", "blob:", "about:"))
            else told.append(f"leaves the folder: {request.url}"))  # fmt: skip
    page.goto(path.as_uri())
    page.wait_for_timeout(200)
    page.screenshot(path=picture)
    told += [f"missing: {each}" for each in page.evaluate(MISSING)]
    if (over := page.evaluate(WIDER)) > 1:
        told.append(f"{over} pixels wider than the window")
    page.add_script_tag(path=AXE)
    return told + page.evaluate(FAULTS)


def searched(page: Page, path: Path, words: str, picture: Path) -> list[str]:
    """Types words into the search of a page and waits for what is found."""
    page.goto(path.as_uri())
    button = page.locator("label.md-header__button[for=__search]")
    if button.is_visible():  # on a narrow page the field is behind it
        button.click()
    page.locator(".md-search__input").press_sequentially(words)
    try:
        page.wait_for_selector(".md-search-result__item", timeout=60_000)
    except Exception as error:
        return [f"search for {words!r} finds nothing: {type(error).__name__}"]
    finally:
        page.screenshot(path=picture)
    return []


def main(folder: Path, names: tuple[str, ...]) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    fetch_axe()
    bad = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"),
                                             args=["--no-sandbox", "--disable-dev-shm-usage"])  # fmt: skip
        for width in WIDTHS:
            for lang, words in WORDS.items():
                home = SITE if lang == "en" else SITE / "zh"
                for name in names:
                    page = browser.new_page(viewport={"width": width, "height": 900})
                    picture = folder / f"{name.replace('/', '-')}-{lang}-{width}.png"
                    told = looked_at(page, home / f"{name}.html", picture)
                    page.close()
                    bad += bool(told)
                    for each in told:
                        print(f"{lang} {name} at {width}: {each}")
                page = browser.new_page(viewport={"width": width, "height": 900})
                for each in searched(page, home / "index.html", words, folder / f"search-{lang}-{width}.png"):
                    print(f"{lang} search at {width}: {each}")
                    bad += 1
                page.close()
        browser.close()
    return int(bad > 0)


if __name__ == "__main__":
    where, *asked = sys.argv[1:] or [ROOT / "build" / "site-screenshots"]
    sys.exit(main(Path(where), tuple(asked) or PAGES))
