"""Tests expect English whatever the locale of who runs them; those of other languages say so."""

import os

os.environ["JIJU_LANG"] = "en"
