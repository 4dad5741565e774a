"""What each point of a sweep sets, as columns of exported tables."""

from typing import Any

import pandas as pd
import xarray as xr

from jiju.labels import key_names
from jiju.languages import Lang


def factor_names(data: xr.Dataset, lang: Lang) -> list[tuple[str, str]]:
    """The columns of `factor_values`, with what a reader calls them."""
    if "design_label" not in data:
        return []
    return [(f"factor_{key}", name) for key, name in key_names(data, "factor", lang).items()]


def factor_values(data: xr.Dataset, lang: Lang) -> dict[str, Any]:
    """A column `factor_KEY` a factor, an entry a scenario: numbers, or words as they read; missing where the factor is
    left as it was. Nothing of results that are no sweep."""
    if "design_label" not in data:
        return {}
    label = data["design_label_zh" if lang == "zh" else "design_label"]
    found: dict[str, Any] = {}
    for key in data["factor"].values:
        words = pd.Series(label.sel(factor=key).values.astype(str))
        given = words[words != ""]
        if pd.to_numeric(given, errors="coerce").notna().all():
            found[f"factor_{key}"] = data["design"].sel(factor=key).values.astype(float)
        else:
            found[f"factor_{key}"] = pd.Categorical(words.where(words != ""), categories=list(pd.unique(given)))
    return found
