"""Numbers of a report from the raw arrays of its results file: a base and a plan that share their draws, a draw for
each replicate. Knows numpy, scipy and the formulas of docs/costs.md, and nothing of the package."""

import math
import re
import tomllib

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

ARMS = {"base": 0, "plan": 1}
QUANTILES = {"q05": 0.05, "q50": 0.5, "q95": 0.95}
LIKELY, UNLIKELY = 2 / 3, 1 / 3


def student(values):
    half = stats.t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / math.sqrt(len(values))
    return {"mean": values.mean(), "low": values.mean() - half, "high": values.mean() + half}


class Raw:
    def __init__(self, data):
        self.data = data
        self.toml = [tomllib.loads(str(text)) for text in data["scenario_toml"].values]
        self.replicates = data.sizes["replicate"]
        self.targets = [str(key) for key in data["target"].values]
        self.books = [self.accounts(arm) for arm in (0, 1)]

    # ---- arrays by replicate

    def array(self, arm, name, dim=None, key=None, over_all=False):
        found = self.data[name].isel(scenario=arm)
        if dim is not None:
            found = found.sel({dim: key})
        if "year" in found.dims:
            flow = "sum" in str(self.data[name].attrs.get("cell_methods"))
            found = found.sum("year") if over_all and flow else found.isel(year=-1)
        return found.sum([each for each in found.dims if each != "replicate"]).values.astype(float)

    def accounts(self, arm):
        """docs/costs.md: flows at prices of the base year, discounted."""
        data, valued = self.data.isel(scenario=arm), self.toml[arm]["appraisal"]
        since = data["year"].values - int(self.data.attrs["base_year"])
        rate, weights = valued["discount_rate"], (1 + valued["discount_rate"]) ** -since.astype(float)

        def flow(name):
            array = data[name]
            array = array.sum([each for each in array.dims if each not in ("replicate", "year")])
            return array.transpose("replicate", "year").values / data["price_level"].values

        now = {name: flow(name) @ weights for name in (
            "lever_money", "lever_services", "lever_forgone", "lever_loan_cost", "lever_administration",
            "lever_land_loss", "value_added", "all_industry_value_added", "research", "income_tax", "tax_relief",
            "plants", "plant_wear")}  # fmt: skip
        last = np.nonzero(since <= valued["years"])[0][-1]
        found = {
            "budget": now["lever_money"] - now["lever_forgone"] - now["lever_loan_cost"],
            "forgone": now["lever_forgone"] + now["tax_relief"], "loans": now["lever_loan_cost"],
            "administration": now["lever_administration"],
            "public_cost": now["lever_money"] + now["tax_relief"] + now["lever_administration"],
            "services": now["lever_services"] - now["lever_loan_cost"], "land": now["lever_land_loss"],
            "plant_use": rate * now["plants"] + now["plant_wear"], "research": now["research"],
            "value_added_gross": now["value_added"], "value_added": now["all_industry_value_added"],
            "value_added_end": flow("all_industry_value_added")[:, last],
            "jobs": self.array(arm, "employment") + self.array(arm, "rest_employment"),
            "revenue": valued["production_taxes"] * now["all_industry_value_added"] + now["income_tax"]
            + now["tax_relief"],
        }  # fmt: skip
        found["excess_burden"] = valued["excess_burden"] * found["public_cost"]
        found["social_cost"] = sum(found[name] for name in (
            "services", "administration", "plant_use", "research", "excess_burden", "land"))  # fmt: skip
        found["net_value"] = found["value_added"] + found["land"] - found["social_cost"]
        return found

    def of_lever(self, key, account):
        data, valued = self.data.isel(scenario=1), self.toml[1]["appraisal"]
        since = data["year"].values - int(self.data.attrs["base_year"])
        weights = (1 + valued["discount_rate"]) ** -since.astype(float)

        def now(name):
            array = data[name].sel(lever=key)
            array = array.sum([each for each in array.dims if each not in ("replicate", "year")])
            return (array.transpose("replicate", "year").values / data["price_level"].values) @ weights

        made = {
            "public_cost": lambda: now("lever_money") + now("lever_administration"),
            "budget": lambda: now("lever_money") - now("lever_forgone") - now("lever_loan_cost"),
            "forgone": lambda: now("lever_forgone"), "administration": lambda: now("lever_administration"),
            "land": lambda: now("lever_land_loss"),
        }  # fmt: skip
        return made[account]()

    # ---- numbers

    def met(self, arm, key):
        return self.data["target_met"].isel(scenario=arm).sel(target=key).values.astype(float)

    def values(self, key):
        return self.data["target_value"].isel(scenario=1).sel(target=key).values

    def chance(self, arm, key, part):
        count = self.met(arm, key).sum()
        ends = dict(zip(("low", "high"), proportion_confint(count, self.replicates, method="wilson"), strict=True))
        return {"probability": count / self.replicates, **ends}[part]

    def difference(self, one, two, part):
        if part in ("base", "plan"):
            return (one if part == "base" else two).mean()
        change = student(two - one) | {"difference": (two - one).mean()}
        if part == "relative":
            return change["mean"] / abs(one.mean()) if one.mean() else math.nan
        return change[part]

    def shortfall(self, key):
        row = self.toml[1]["targets"][key]
        below = np.maximum(0, 1 - self.values(key) / row["value"])
        return np.where(self.met(1, key) > 0, 0.0, below).mean()

    def colour(self, key):
        share = self.met(1, key).mean()
        return "likely" if share >= LIKELY else "open" if share >= UNLIKELY else "unlikely"

    def standing_out(self):
        """Signs of the changes of chances that stand out: McNemar's exact test, then Benjamini and Hochberg 1995."""
        pairs = [self.met(1, key) - self.met(0, key) for key in self.targets]
        tests = [stats.binomtest(int((each > 0).sum()), int((each != 0).sum())).pvalue if each.any() else 1.0
                 for each in pairs]  # fmt: skip
        found = multipletests(tests, 0.05, method="fdr_bh")[0]
        return {"up": sum(out and each.sum() > 0 for out, each in zip(found, pairs, strict=True)),
                "down": sum(out and each.sum() < 0 for out, each in zip(found, pairs, strict=True)),
                "unmoved": sum(not out for out in found)}  # fmt: skip

    def value(self, key):
        """What stands under a key; None where only an interval's end is asked of."""
        for pattern, rule in RULES:
            met = re.fullmatch(pattern, key)
            if met:
                return rule(self, *met.groups())
        return None

    def target(self, key, part):
        row = self.toml[1]["targets"][key]
        if part in QUANTILES:
            return np.quantile(self.values(key), QUANTILES[part])
        if part == "year":
            years = np.quantile(self.data["target_year"].isel(scenario=1).sel(target=key).values, 0.5)
            return years if np.isfinite(years) else math.inf
        if part == "gap":
            return np.quantile(self.values(key), 0.5) / row["value"] - 1
        return row["value"] if part == "wanted" else self.shortfall(key)

    def cell(self, dim, name, key, part):
        return self.difference(*(self.array(arm, name, dim, key, name == "entries") for arm in (0, 1)), part)

    def money(self, account, part):
        return self.difference(self.books[0][account], self.books[1][account], part)

    def change(self, account):
        return (self.books[1][account] - self.books[0][account]).mean()

    def ratio(self, name):
        """Jobs are for a million of the currency, of which 1e8 CNY is a hundred."""
        if name == "p_positive":
            return (self.books[1]["net_value"] > self.books[0]["net_value"]).mean()
        if name == "per_social":
            return (self.change("value_added") + self.change("land")) / self.change("social_cost")
        return self.change("value_added") / self.change("public_cost") if name == "per_public" else (
            0.01 * self.change("jobs") / self.change("public_cost"))  # fmt: skip

    def group(self, key):
        members = self.toml[1]["target_groups"][key]["targets"] or self.targets
        return np.prod([self.met(1, each) for each in members], axis=0).sum()

    def purse(self, lever, part):
        asked, given = (self.data[name].isel(scenario=1).sel(lever=lever).values
                        for name in ("lever_asked_total", "lever_allotted_total"))  # fmt: skip
        return {"asked": asked.mean(), "given": given.mean(), "share": given.mean() / asked.mean(),
                "cut": (asked - given > 1e-9 * asked).mean()}[part]  # fmt: skip

    def graded(self):
        return [row["grade"] for rows in self.toml[1].values() if isinstance(rows, dict) for row in rows.values()
                if isinstance(row, dict) and "grade" in row and row["on"]]  # fmt: skip

    def who(self, dim, part):
        name = {"tier": "tier_sales", "place": "place_output"}.get(dim, "output")
        keys = [str(key) for key in self.data[dim].values]
        found = [[self.cell(dim, name, key, end) for end in ("low", "high", "base", "plan")] for key in keys]
        there = [row for row in found if row[2] or row[3]]
        counts = {"all": len(there), "up": sum(row[0] > 0 for row in there), "down": sum(row[1] < 0 for row in there)}
        return counts[part]

    def drawn(self, key, part):
        values = self.data["parameter_value"].sel(parameter=key).values
        return np.quantile(values, QUANTILES[part])


def ends_of_group(raw, key, part):
    ends = proportion_confint(raw.group(key), raw.replicates, method="wilson")
    return {"probability": raw.group(key) / raw.replicates, "low": ends[0], "high": ends[1]}[part]


T, PART = r"(T\d+)", r"(base|plan|difference|low|high|relative)"
RULES = [
    (rf"(base|plan)/targets/{T}/(probability|low|high)", lambda raw, arm, key, part: raw.chance(ARMS[arm], key, part)),
    (rf"front/(base|plan)/targets/{T}/(probability)", lambda raw, arm, key, part: raw.chance(ARMS[arm], key, part)),
    (rf"plan/targets/{T}/(wanted|q05|q50|q95|gap|shortfall|year)", Raw.target),
    (rf"front/gaps/{T}/(wanted|q50|shortfall)", Raw.target),
    (rf"front/best/{T}/(probability|low|high)", lambda raw, key, part: raw.chance(1, key, part)),
    (rf"difference/targets/{T}/difference", lambda raw, key: (raw.met(1, key) - raw.met(0, key)).mean()),
    (rf"front/largest/{T}/(base|plan)", lambda raw, key, arm: raw.met(ARMS[arm], key).mean()),
    (r"front/count/(targets|changes)", lambda raw, _: len(raw.targets)),
    (r"front/count/(up|down|unmoved)", lambda raw, what: raw.standing_out()[what]),
    (r"front/count/(\w+)", lambda raw, colour: sum(raw.colour(key) == colour for key in raw.targets)),
    (r"front/(?:money/)?replicates", lambda raw: raw.replicates),
    (r"front/money/(per_public|p_positive)", Raw.ratio),
    (r"front/money/(\w+)", lambda raw, account: raw.change(account)),
    (r"front/money/(net_value|value_added)/(low|high)", Raw.money),
    (r"front/money-table/(\w+)/(difference|low|high)", Raw.money),
    (rf"costs/(\w+)/{PART}", Raw.money),
    (r"returns/(\w+)", Raw.ratio),
    (rf"(?:city|sectors)/(\w+)/{PART}", lambda raw, name, part: raw.cell(None, name, None, part)),
    (rf"(industry|place|cluster|tier|origin)/(\w+)/(\w+)/{PART}", Raw.cell),
    (r"spread/(\w+)/(mean|low|high)", lambda raw, name, part: student(raw.array(1, name))[part]),
    (r"spread/(\w+)/(q\d\d)", lambda raw, name, part: np.quantile(raw.array(1, name), QUANTILES[part])),
    (r"plan/groups/(\w+)/(probability|low|high)", ends_of_group),
    (r"plan/levers/(\w+)/(public_cost)/(low|high)", lambda raw, key, name, end: student(raw.of_lever(key, name))[end]),
    (r"plan/levers/(\w+)/(\w+)", lambda raw, key, name: raw.of_lever(key, name).mean()),
    (r"plan/purses/(\w+)/(asked|given|share|cut)", Raw.purse),
    (r"plan/recipient/(\w+)/(\w+)", lambda raw, key, name: raw.array(1, name, "recipient", key, True).mean()),
    (r"grades/(\w)/count", lambda raw, grade: raw.graded().count(grade)),
    (r"grades/(\w)/share", lambda raw, grade: raw.graded().count(grade) / len(raw.graded())),
    (r"who/rest/(\w+)", lambda raw, name: raw.cell(None, name, None, "relative")),
    (r"who/(\w+)/(all|up|down)", Raw.who),
    (r"who/(\w+)/(\w+)", lambda raw, dim, key: raw.cell(
        dim, {"tier": "tier_sales", "place": "place_output"}.get(dim, "output"), key, "relative")),
    (r"posterior/(.+)/(q\d\d)", Raw.drawn),
]  # fmt: skip
