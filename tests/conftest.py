"""Tests expect English whatever the locale of who runs them, and keep nothing in their cache; those of other languages
and of what is kept say so."""

import os

os.environ["JIJU_LANG"] = "en"
os.environ["JIJU_BASES"] = ""
