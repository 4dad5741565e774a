"""Hooks of MkDocs: the project's own files as pages, in the order of its index, and which are not translated.

Pages that are made for the site alone lie in docs_dir already (tools/build_site); everything else comes from where it
is, so that nothing is copied into the tree.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from dialect import adapted
from mkdocs.structure.files import File
from reference import api_navigation
from sources import address, is_fallback, navigation, pages, relinked

LANG = os.environ.get("JIJU_SITE_LANG", "en")
NOTICE = '!!! note "本页尚无中文版"\n    以下为英文原文；术语的中英对照见[术语表]({glossary})。\n\n'
DESCRIPTION = {"en": "Agent-based simulator of industrial growth under policy", "zh": "政策作用下产业增长的主体模拟器"}


def on_config(config):
    config["nav"] = navigation(LANG, api_navigation(LANG))
    config["site_description"] = DESCRIPTION[LANG]
    # Pages that exist in English only are searched in the Chinese site too.
    config.plugins["material/search"].config["lang"] = ["zh", "en"] if LANG == "zh" else ["en"]
    return config


def on_files(files, config):
    for place, path in pages(LANG).items():
        files.append(File.generated(config, place, abs_src_path=str(path)))
        _, others = relinked(path.read_text(encoding="utf-8"), path)
        for other in others:
            if files.get_file_from_path(address(other)) is None:
                files.append(File.generated(config, address(other), abs_src_path=str(other)))
    return files


def on_page_markdown(markdown, page, config, files):
    path = pages(LANG).get(page.file.src_uri)
    if path is None:
        return markdown
    text, _ = relinked(markdown, path)
    text = adapted(text)
    if is_fallback(path, LANG):
        glossary = os.path.relpath("glossary.md", Path(page.file.src_uri).parent)
        head, line, rest = text.partition("\n")
        text = f"{head}{line}\n{NOTICE.format(glossary=glossary)}{rest}" if head.startswith("# ") else (
            NOTICE.format(glossary=glossary) + text)
    return text
