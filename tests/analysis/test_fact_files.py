"""Fact files of one's own: general statistics of numbers worked out by hand, and what is said of wrong files."""

import math

import numpy as np
import pandas as pd
import pytest

from jiju.errors import UsageError
from jiju.evidence import fact_file, facts
from jiju.evidence import fact_sample as sampling

RULES = facts.card()["measurement"]


def named_sample(**columns):
    """Firm-years with keys, as formulas see them."""
    table = pd.DataFrame({"quarters": 4, "year_sales": 1.0} | columns)
    return sampling.sample(table, sampling.BaseYear(np.ones(1), math.nan), RULES, table)


ENTRIES = {
    "mean": ('of = "debt"', 2.5), "median": ('of = "debt * 2"', 5.0), "total": ('of = "debt"', 10.0),
    "standard_deviation": ('of = "debt"', math.sqrt(5 / 3)), "quantile": ('of = "debt"\nlevel = 1.0', 4.0),
    "share_above": ('of = "debt"\nlevel = 1.0', 0.75), "ratio": ('of = "debt"\non = "cash"', 10 / 12),
    "correlation": ('of = "debt"\non = "cash"', np.corrcoef([1, 2, 3, 4], [2, 1, 4, 5])[0, 1]),
    "slope": ('of = "debt"\non = "cash"', np.polyfit([2, 1, 4, 5], [1, 2, 3, 4], 1)[0]),
}  # fmt: skip


def entry_of(text):
    body = '[facts.X]\nname = "X"\n[[facts.X.statistics]]\nkey = "mine"\nname = "Mine"\nlow = 0\n' + text
    return fact_file.parsed(body, "my.toml", RULES)["facts"]["X"]["statistics"][0]


@pytest.mark.parametrize("statistic", ENTRIES)
def test_general_statistics_of_numbers_by_hand(statistic):
    text, expected = ENTRIES[statistic]
    s = named_sample(id=[1, 2, 1, 2], year=[2011, 2011, 2012, 2012], debt=[1.0, 2, 3, 4], cash=[2.0, 1, 4, 5])
    found = fact_file.general(entry_of(f'statistic = "{statistic}"\n{text}'), s)
    assert found == pytest.approx(expected)


def test_general_statistics_choose_firms_years_and_groups():
    s = named_sample(id=[1, 2, 3, 1], year=[2011, 2011, 2011, 2012], debt=[1.0, 2, 30, 5],
                     industry=["a", "a", "b", "a"], quarters=[4, 4, 4, 2],
                     year_sales=[1.0, 1.0, 0.01, 1.0])  # fmt: skip
    mean = 'statistic = "mean"\nof = "debt"\n'
    assert fact_file.general(entry_of(mean), s) == pytest.approx(8 / 3)
    assert fact_file.general(entry_of(mean + 'firms = "all"'), s) == pytest.approx(38 / 4)
    assert fact_file.general(entry_of(mean + 'firms = "whole_year"'), s) == pytest.approx(1.5)
    assert fact_file.general(entry_of(mean + "each_year = true"), s) == pytest.approx((1.5 + 5) / 2)
    assert fact_file.general(entry_of(mean + "where = \"industry == 'b'\"\nfirms = \"all\""), s) == 30
    within = 'statistic = "standard_deviation"\nof = "debt"\nwithin = ["industry", "year"]'
    assert fact_file.general(entry_of(within), s) == pytest.approx(np.std([-0.5, 0.5, 0], ddof=1))


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "no statistic 'mine'"), ('statistic = "men"\nof = "debt"', "'men'; did you mean 'mean'?"),
     ('statistic = "mean"\nof = "dept"', "no column 'dept'; did you mean 'debt'?"),
     ('statistic = "slope"\nof = "debt"', "on: not given"),
     ('statistic = "quantile"\nof = "debt"', "level: not given"),
     ('statistic = "quantile"\nof = "debt"\nlevel = 90', "level: 90; a quantile lies between 0 and 1"),
     ('statistic = "mean"\nof = "debt"\nlevel = 1', "level: has no meaning for 'mean'"),
     ('statistic = "mean"\nof = "debt"\nhigh = -1', "high: -1 is less than low = 0"),
     ('statistic = "mean"\nof = "debt"\nfirm = "all"', "firm: is not known here; did you mean 'firms'?")],
)  # fmt: skip
def test_what_is_wrong_in_a_file_of_facts_is_said_with_its_place(text, said):
    with pytest.raises(UsageError) as caught:
        entry_of(text)
    assert said in str(caught.value) and str(caught.value).startswith("my.toml: facts.X.statistics[0]")


def test_a_file_of_facts_may_choose_the_packages_statistics_and_set_a_rule():
    text = '[measurement]\nthreshold = 0.2\n[facts.T]\nname = "T"\n[[facts.T.statistics]]\nkey = "median_age"\n'
    found = fact_file.parsed(text + 'name = "Age"\nhigh = 9\n', "my.toml", RULES)
    assert found["measurement"] == {**RULES, "threshold": 0.2}
    s = named_sample(year=[2011, 2011], id=[1, 2], born=[2000.0, 2002.0])
    assert facts.measure(s, found) == {"median_age": 11}
    with pytest.raises(UsageError, match="did you mean 'threshold'"):
        fact_file.parsed(text.replace("threshold", "treshold") + 'name = "Age"\nhigh = 9\n', "my.toml", RULES)
