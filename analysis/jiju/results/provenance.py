"""How results were made, as they say it themselves: for the note below a table, a file's metadata, a paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import xarray as xr

from jiju import __version__
from jiju.labels import key_names
from jiju.languages import Lang
from jiju.statistics.clusters import Clusters

DIGITS_OF_COMMIT = 10


def commit_of(data: xr.Dataset) -> str:
    """The commit of the program that made the results, shortened; with a plus where its sources differed from it."""
    commit = str(data.attrs.get("git_sha1", "unknown"))
    if len(commit) < DIGITS_OF_COMMIT:
        return commit
    return commit[:DIGITS_OF_COMMIT] + ("+" if int(np.atleast_1d(data.attrs.get("git_dirty", 0))[0]) else "")


def program_of(data: xr.Dataset) -> str:
    return f"jiju {data.attrs.get('software_version', __version__)}, commit {commit_of(data)}"


def draws_of(data: xr.Dataset) -> int:
    return Clusters.along(data).count if "replicate" in data.dims else 0


def about(data: xr.Dataset) -> dict[str, Any]:
    """What a reader of tables must know to make them again; plain values, for JSON."""
    told: dict[str, Any] = {"program": program_of(data)}
    for key in ("software_version", "git_sha1", "seed", "rng", "stopping_rule", "base_year", "run_sha256",
                "data_digest", "content_digest"):  # fmt: skip
        if key in data.attrs:
            value = data.attrs[key]
            told[key] = value if isinstance(value, str) else int(np.atleast_1d(value)[0])
    if "replicate" in data.dims:
        told |= {"replicates": int(data.sizes["replicate"]), "draws": draws_of(data)}
    told["scenarios"] = scenarios_of(data)
    return told


def scenarios_of(data: xr.Dataset) -> list[dict[str, str]]:
    """Key, names and digest of each scenario."""
    if "scenario" not in data.coords:
        return []
    keys = [str(key) for key in np.atleast_1d(data["scenario"].values)]
    one = data if "scenario" in data.dims else data.expand_dims("scenario")
    names = [key_names(one, "scenario", lang) for lang in ("en", "zh")]
    digests = [""] * len(keys)
    if "scenario_sha256" in data:
        digests = [str(each) for each in np.atleast_1d(data["scenario_sha256"].values)]
    return [
        {"key": key, "name": names[0][key], "name_zh": names[1][key], "sha256": digest}
        for key, digest in zip(keys, digests, strict=True)
    ]


def note_of(results: Iterable[xr.Dataset], lang: Lang = "en") -> str:
    """Replicates, draws, seeds and version of results as one line, for the foot of a table."""
    datas = list(results)
    if not datas:
        return ""
    counts = sorted({data.sizes.get("replicate", 1) for data in datas})
    draws = sorted({draws_of(data) for data in datas})
    seeds = list(dict.fromkeys(str(data.attrs.get("seed", "?")) for data in datas))
    programs = list(dict.fromkeys(program_of(data) for data in datas))
    return made_with(_span(counts), _span(draws), ", ".join(seeds), "; ".join(programs), lang)


def made_with(replicates: str, draws: str, seed: str, program: str, lang: Lang) -> str:
    if lang == "zh":
        shared = f"（{draws}组参数抽样）" if draws != replicates else ""
        return f"重复试验{replicates}次{shared}，随机种子{seed}，{program}。"
    shared = f" of {draws} parameter draws" if draws != replicates else ""
    return f"{replicates} replicates{shared}, seed {seed}, {program}."


def _span(numbers: list[int]) -> str:
    return str(numbers[0]) if numbers[0] == numbers[-1] else f"{numbers[0]}–{numbers[-1]}"
