"""A city in other units: the same results up to rounding, and nothing that is printed speaks of the old ones."""

import re

import numpy as np
import pytest
from jiju_command import REFUSED, SCENARIOS, good, jiju

import jiju as package
from converted import converted, text_of

RIVER = "tutorial/river-city"
SMALL = {"currency": "CNY", "money": 1e6, "area": "hectare"}
EUROS = {"currency": "EUR", "money": 1e6, "area": "hectare"}
TO_EUROS, TO_HECTARES = 1e8 / 1e6 / 9.0, 1 / 15  # nine yuan a euro

# What belongs to the old units, in either language; 元 alone may be part of another word.
OLD = re.compile(r"CNY|yuan|亿元|万元|\bmu\b|亩|China|中国")


@pytest.fixture(scope="module")
def euros(tmp_path_factory):
    """River City in euros and hectares, with names of its own."""
    tables = converted(package.Scenario.load(RIVER), TO_EUROS, TO_HECTARES, EUROS)
    tables["scenario"] |= {"country": "Nowhere", "country_zh": "乌有国"}
    tables["targets"]["T1"] |= {"name": "", "name_zh": ""}
    path = tmp_path_factory.mktemp("euros") / "euros.toml"
    path.write_text(text_of(tables), encoding="utf-8")
    return path


def test_the_same_city_in_smaller_money_has_the_same_results(tmp_path):
    """Sizes are found by bisection, so money is the same to ten digits. No replicate is another, even where a
    spin-off is founded in the first step of the burn-in, by what the best of its cell is to the nation's frontier."""
    path, replicates = tmp_path / "small.toml", 12
    path.write_text(text_of(converted(package.Scenario.load(RIVER), 100, TO_HECTARES, SMALL)), encoding="utf-8")
    one, two = (package.run(which, replicates=replicates, progress=False) for which in (RIVER, path))
    factors = {"land": TO_HECTARES, "employment": 1, "firms": 1, "price_level": 1, "patents": 1, "target_met": 1}
    for name in ("output", "value_added", "investment", "capital", "research", "lever_money", "rest_output"):
        assert two[name].attrs["units"] == "1e6 CNY" and one[name].attrs["units"] == "1e8 CNY"
        factors[name] = 100
    alike = np.ones(replicates, bool)
    for name, factor in factors.items():
        before, after = (data[name].isel(scenario=0).values.reshape(replicates, -1) for data in (one, two))
        alike &= np.isclose(after, factor * before, rtol=1e-6).all(axis=1)
    assert alike.all()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_that_is_printed_speaks_of_other_units(euros, tmp_path, lang):
    out, other, fund = tmp_path / "out.h5", tmp_path / "other.h5", tmp_path / "fund.toml"
    fund.write_text(f'extends = "{euros}"\n[levers.special_fund]\nbudget = 30\n', encoding="utf-8")
    richer = ["--set", "levers.special_fund.budget=30"]
    said = [good("run", euros, "--replicates", 4, "-o", out, "--lang", lang),
            good("run", euros, "--replicates", 4, *richer, "-o", other, "--lang", lang),
            good("show", out, "--lang", lang), good("validate", euros, "--lang", lang)]  # fmt: skip
    for topic in ("scenario", "targets", "industries", "places"):  # levers tell sources, in whatever words
        said.append(good("describe", topic, euros, "--lang", lang))
    said.append(good("describe", "industry", "machines", euros, "--lang", lang))
    for words in (["compare", out, other], ["diff", euros, fund], ["methods", out]):  # fmt: skip
        said.append(good(*words, "--lang", lang))
    for text in said:
        assert not OLD.search(text), [line for line in text.splitlines() if OLD.search(line)]
    assert ("百万欧元/年" if lang == "zh" else "1e6 EUR/year") in said[0]


def test_nothing_in_a_file_speaks_of_other_units(euros):
    data = package.run(euros, replicates=2, progress=False)
    assert data.attrs["money_unit"] == "1e6 EUR" and data.attrs["area_unit"] == "hectare"
    assert data.attrs["country"] == "Nowhere"
    for name, array in data.variables.items():
        assert not OLD.search(str(array.attrs)), (name, array.attrs)
    assert data["firms"].attrs["long_name"] == "Firms with sales of at least 555556 EUR a year"
    assert data["land"].attrs["units"] == "hectare" and data["output"].attrs["price_basis"] == "current prices"
    assert "≥ 2222.22" in str(data["target_name"].values[0]) or "1e6 EUR/year" in str(data["target_name"].values[0])


@pytest.mark.parametrize(
    "change, problem",
    [
        (('"1e6 EUR/year"', '"1e8 CNY/year"'), 'cannot be converted: what is counted is in "1e6 EUR/year"'),
        (('currency = "EUR"', 'currency = "Euro"'), "three capital letters of ISO 4217"),
        (("money = 1000000.0", "money = 2e6"), "is no power of ten, such as 1e6"),
        (('area = "hectare"', 'area = "rood"'), "units.area"),
    ],
)
def test_other_units_are_refused(euros, tmp_path, change, problem):
    path = tmp_path / "wrong.toml"
    text = euros.read_text(encoding="utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change), encoding="utf-8")
    refused = jiju("validate", path)
    assert refused.returncode == REFUSED and problem in refused.stderr


def test_files_of_one_scenario_agree_on_units(euros, tmp_path):
    path = tmp_path / "mixed.toml"
    path.write_text(f'extends = "{euros}"\ninclude = ["presets/china-2010.toml"]\n', encoding="utf-8")
    refused = jiju("validate", path)
    assert refused.returncode == REFUSED
    assert "units.currency is another than in" in refused.stderr and "units.money is another" in refused.stderr


def test_results_in_other_units_are_neither_run_nor_compared_together(euros, tmp_path):
    refused = jiju("run", RIVER, euros, "--replicates", 2)
    assert refused.returncode == REFUSED and "another unit of money (1e6 EUR)" in refused.stderr
    yuan, euro = (package.run(each, replicates=2, progress=False) for each in (RIVER, euros))
    with pytest.raises(package.UsageError, match="units do not match: base is in 1e8 CNY"):
        package.compare(yuan, euro)


def test_what_a_country_decides_is_asked_for(tmp_path):
    """Nothing of a country is a default: without the preset every such value is missing, and the message says where
    China's is."""
    path = tmp_path / "bare.toml"
    lines = (SCENARIOS / f"{RIVER}.toml").read_text(encoding="utf-8").splitlines(keepends=True)
    bare = "".join(line for line in lines if not line.startswith("include"))
    path.write_text(bare.replace('"../instruments.toml"', '"instruments.toml"'), encoding="utf-8")
    refused = jiju("validate", path)
    assert refused.returncode == REFUSED
    for key in ("tax_rate", "wage", "base_threshold", "discount_rate", "land_price", "sales_per_worker"):
        (line,) = [line for line in refused.stderr.splitlines() if f'missing key "{key}"' in line][:1]
        assert "presets/china-2010.toml" in line


def test_messages_name_the_units_of_the_scenario(euros, tmp_path):
    refused = jiju("validate", euros, "--set", "industries.machines.base_sales=-1")
    assert refused.returncode == REFUSED and "(1e6 EUR/year)" in refused.stderr
    path = tmp_path / "lacking.toml"
    path.write_text(re.sub(r"land_supply = .*", "", euros.read_text(encoding="utf-8")), encoding="utf-8")
    refused = jiju("validate", path)
    assert 'missing key "land_supply"' in refused.stderr and "(hectare/year)" in refused.stderr
    assert "money" not in refused.stderr


@pytest.mark.parametrize("setting", ["units.money=1e7", "units.currency=USD", "units.area=acre"])
def test_units_cannot_be_set(setting):
    """Which would say of every amount that it is in another unit."""
    refused = jiju("validate", RIVER, "--set", setting)
    assert refused.returncode == REFUSED and "cannot be set" in refused.stderr
    key, value = setting.split("=")
    scenario = package.Scenario.load(RIVER)
    with pytest.raises(package.ScenarioError, match="cannot be set"):
        scenario[key] = value if value.isalpha() else float(value)
