"""`jiju.explore` in a notebook: the page of `jiju explore` in a cell, and what is chosen there as a scenario."""

from __future__ import annotations

import os
import weakref
from typing import Any

from jiju.browser.arms import Arm, Shelf
from jiju.browser.page import page
from jiju.browser.server import Server, serving
from jiju.inputs.scenario import Scenario
from jiju.languages import translated
from jiju.new_files import with_library

# The page says to the window around it what is chosen (web/app/src/app.ts); words of any other window are not heard.
SHOW = """
export default {
  render({ model, el }) {
    const frame = document.createElement("iframe");
    frame.src = model.get("address");
    frame.title = "Jiju";
    frame.allow = "clipboard-write";
    frame.style.cssText = `width: 100%; height: ${model.get("height")}px; border: 1px solid #d8d4c8;`;
    const hear = (event) => {
      if (event.source !== frame.contentWindow || event.origin !== new URL(frame.src).origin) return;
      if (event.data?.jiju !== "arm") return;
      model.set("arm", event.data.arm);
      model.save_changes();
    };
    window.addEventListener("message", hear);
    el.append(frame);
    return () => window.removeEventListener("message", hear);
  },
};
"""


class Explorer:
    """The page in a notebook's cell; made by `jiju.explore`.

        seen = jiju.explore("shaoxing-2011/plan")   # in a cell, which shows it
        seen.scenario                               # what is chosen now, a jiju.Scenario
        jiju.run(seen.scenario, replicates=500)

    `widget` is an anywidget, whose trait `arm` changes when a lever is moved. `close` ends the server behind it, as
    does the end of the kernel. The browser must run on the kernel's machine.
    """

    def __init__(self, shelf: Shelf, height: int) -> None:
        with_library("anywidget", translated("jiju.explore in a notebook"), "notebook")
        import anywidget
        import traitlets

        class Page(anywidget.AnyWidget):
            _esm = SHOW
            address = traitlets.Unicode().tag(sync=True)
            height = traitlets.Int().tag(sync=True)
            arm = traitlets.Dict().tag(sync=True)

        self._shelf = shelf
        server = Server(shelf, page())
        self.address = server.address
        self.close = weakref.finalize(self, serving(server))
        first = shelf.first[0] if shelf.first else next(iter(shelf.entries))
        self.widget: Any = Page(address=self.address, height=height, arm={"scenario": first, "set": []})

    @property
    def scenario(self) -> Scenario:
        """What is chosen in the page at this moment; `changes` of it say what was moved."""
        return self._shelf.open(Arm.of(dict(self.widget.arm)))

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.widget._repr_mimebundle_(**options)


def explore(*scenarios: str | os.PathLike[str], height: int = 900) -> Explorer:
    """The page of `jiju explore` in a notebook, with the first scenario open; `height` is that of the cell in pixels.

    What is chosen comes back as a scenario: `jiju.explore("shaoxing-2011/plan").scenario`. FileError where the page is
    not built. Needs `jiju[notebook]`.

    Example:

        choice = jiju.explore("shaoxing-2011/plan")               # the last line of a cell shows it
        chosen = choice.scenario                                   # what was moved, to simulate or to save
    """
    return Explorer(Shelf(scenarios), height)
