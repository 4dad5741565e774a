"""A newcomer opens the first notebook in JupyterLab, runs it, and sees its charts: in a real browser, without a screen.

JIJU_SCREENSHOT=file.png keeps what he saw.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from urllib.request import urlopen

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "analysis" / "notebooks" / "1-first-run.ipynb"
TOKEN = "newcomer"
PATIENCE = 180  # seconds; a busy machine starts slowly


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def wait_for(url, server, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(url):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError("JupyterLab did not start")


@pytest.fixture
def lab(tmp_path):
    """A server of its own folders, that shows all cells at once."""
    shutil.copy(NOTEBOOK, tmp_path)
    settings = tmp_path / "settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"windowingMode": "none"}', encoding="utf-8")
    port = free_port()
    words = ["lab", "--no-browser", "--allow-root", "--expose-app-in-browser", f"--port={port}",
             "--ServerApp.port_retries=0", f"--ServerApp.root_dir={tmp_path}", f"--IdentityProvider.token={TOKEN}"]
    own = {f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    env = os.environ | own | {"JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings")}
    with (tmp_path / "lab.log").open("w") as log:
        server = subprocess.Popen([sys.executable, "-m", "jupyter", *words], env=env, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/api?token={TOKEN}", server)
            yield SimpleNamespace(port=port, log=tmp_path / "lab.log")
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


@pytest.fixture
def page():
    chromium = shutil.which("chromium")
    assert chromium, "chromium is missing; run tools/setup"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(1000 * PATIENCE)
        yield page
        browser.close()


def test_the_first_notebook_shows_its_charts(lab, page):
    charts = NOTEBOOK.read_text(encoding="utf-8").count("jiju.plot.")
    page.goto(f"http://127.0.0.1:{lab.port}/lab/tree/{NOTEBOOK.name}?token={TOKEN}")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.wait_for_function("window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status == 'idle'")
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    pictures = page.locator(".jp-OutputArea-output img")
    page.wait_for_function(f"document.querySelectorAll('.jp-OutputArea-output img').length == {charts}")
    sizes = pictures.evaluate_all("images => images.map(image => [image.complete, image.naturalWidth])")
    assert all(complete and width > 400 for complete, width in sizes)
    assert not page.locator(".jp-OutputArea-output[data-mime-type*=error], [data-mime-type*=stderr]").count()
    assert page.locator("table").get_by_text("生物医药").count()
    if name := os.environ.get("JIJU_SCREENSHOT"):
        pictures.nth(2).scroll_into_view_if_needed()
        page.wait_for_timeout(1000)
        page.screenshot(path=name)
