"""Results with known answers: datasets of the format that docs/output_format.md specifies, made by hand."""

import numpy as np
import xarray as xr

INDUSTRIES = ("equipment", "materials")
CLUSTERS = ("north", "south", "rest")
YEARS = (2011.0, 2012.0)

TOML = """
[scenario]
name = "{key}"
macro = "ex_ante"
years = 2
seed = {seed}
[parameters.knowledge]
depreciation = {{ median = {depreciation}, low = 0.1, high = 0.2, distribution = "normal" }}
[targets.T1]
name = "Output of 100"
name_zh = "产值达到100"
unit = "1e8 CNY/year"
output = "output"
value = 100
tolerance = 0.05
"""


def results(arms, seed=7, depreciation=0.15, first=0, met=None):
    """A dataset of `arms`: key to output by replicate, spread evenly over cells; the year before has half of it.

    The target's value is output itself; it is met above 95 unless `met` says otherwise.
    """
    keys = list(arms)
    output = np.stack([np.asarray(values, float) for values in arms.values()])
    cells = len(INDUSTRIES) * len(CLUSTERS)
    spread = np.ones((*output.shape, len(YEARS), len(INDUSTRIES), len(CLUSTERS))) / cells
    spread = spread * output[:, :, None, None, None] * np.array([0.5, 1])[None, None, :, None, None]
    reached = np.stack([np.asarray(values, float) for values in met.values()]) if met else (output >= 95).astype(float)
    reached[np.isnan(output)] = np.nan
    over = ("scenario", "replicate")

    def variable(dims, values, unit, english, chinese, method=None):
        attrs = {"units": unit, "long_name": english, "long_name_zh": chinese}
        return dims, values, attrs | ({"cell_methods": f"year: {method}"} if method else {})

    texts = [TOML.format(key=key, seed=seed, depreciation=depreciation) for key in keys]
    return xr.Dataset(
        {
            "output": variable((*over, "year", "industry", "cluster"), spread, "1e8 CNY", "Output", "产值", "sum"),
            "price": variable((*over, "year", "industry"), np.ones(spread.shape[:4]), "1", "Price", "价格", "mean"),
            "target_value": variable((*over, "target"), output[:, :, None], "1", "Value", "目标值"),
            "target_met": variable((*over, "target"), reached[:, :, None], "1", "Met", "是否实现"),
        },
        coords={
            "scenario": keys,
            "scenario_name": ("scenario", [f"The {key}" for key in keys]),
            "scenario_name_zh": ("scenario", [f"情景{key}" for key in keys]),
            "scenario_toml": ("scenario", texts),
            "replicate": np.arange(first, first + output.shape[1]),
            "year": list(YEARS),
            "industry": ("industry", list(INDUSTRIES), {"long_name": "Industry", "long_name_zh": "产业"}),
            "industry_name": ("industry", ["Equipment", "Materials"]),
            "industry_name_zh": ("industry", ["装备", "材料"]),
            "cluster": list(CLUSTERS),
            "target": ["T1"],
            "target_name": ("target", ["Output of 100"]),
            "target_name_zh": ("target", ["产值达到100"]),
        },
        attrs={"filetype": "jiju results", "schema_version": [2, 0], "seed": str(seed), "rng": "philox4x32-10"},
    )
