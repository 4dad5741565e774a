"""Trial files of one's own: the general estimators on firms whose effect is known, and what is said of wrong files."""

import numpy as np
import pandas as pd
import pytest

import jiju
from jiju import cli
from jiju.errors import UsageError
from jiju.evidence import trial_estimators as estimators
from jiju.evidence import trial_file, trials
from jiju.evidence.trial_estimators import Arms
from jiju.reading.expressions import evaluate, names

HEAD = """
[trials.mine]
name = "Mine"
arms = ["shaoxing-2011/status-quo", { scenario = "shaoxing-2011/status-quo", set = { "scenario.seed" = 7 } }]
"""
OUTCOME = """
[[trials.mine.outcomes]]
key = "{key}"
name = "An outcome"
"""


def outcome(text):
    """One outcome of a file, read."""
    read = trial_file.parsed(HEAD + OUTCOME.format(key="one") + text, "my.toml", None)
    return read["mine"].outcomes[0]


def problems(text):
    with pytest.raises(UsageError) as caught:
        outcome(text)
    return str(caught.value)


def panel(values, **columns):
    """Firm-years of 2011 on: a row of `values` a firm, a column a year."""
    values = np.asarray(values, float)
    firms, years = values.shape
    table = pd.DataFrame({"id": np.repeat(np.arange(firms), years), "year": np.tile(2011 + np.arange(years), firms)})
    table["capital"] = values.ravel()
    for name, column in ({"treated": 0, "drawn": 0, "industry": "energy"} | columns).items():
        table[name] = np.repeat(column, years) if np.ndim(column) else column
    return table


WINNERS = np.array([1, 1, 0, 0])
OWN = 'of = "firms"\noutcome = "capital"\n'
TREATED = 'treated = { where = "treated > 0" , arm = 1 }\n'


def found(text, base, arm):
    return estimators.estimate(outcome(OWN + text), Arms([base, arm], [], [["help"]] * 2, [[], ["help"]]))


def test_a_difference_between_arms_is_that_of_firms_in_both():
    base = panel([[1, 2], [1, 4]])
    arm = panel([[1, 3], [1, 8], [1, 99]])
    assert found('estimator = "difference"\nyears = 2012\n', base, arm) == pytest.approx((1 + 4) / 2)
    assert found('estimator = "difference"\nyears = 2012\naggregate = "total"\n', base, arm) == 110 - 6
    together = 'estimator = "difference"\nyears = 2012\naggregate = "relative_total"\npaired = true\n'
    assert found(together, base, arm) == pytest.approx(11 / 6 - 1)


def test_a_difference_of_the_treated_less_the_others():
    base = panel([[5, 5], [1, 1], [2, 2], [4, 4]])
    arm = panel([[5, 8], [1, 4], [2, 3], [4, 5]], treated=WINNERS)
    plain = 'estimator = "difference"\nyears = 2012\n' + TREATED
    assert found(plain, base, arm) == 6 - 4  # as a study sees it
    assert found(plain + "net_of_base = true\n", base, arm) == 3 - 1


def test_years_are_weighted_averaged_or_added_up():
    base, arm = panel([[1, 1, 1], [1, 1, 1]]), panel([[1, 2, 5], [1, 2, 5]])
    assert found('estimator = "difference"\nyears = [2012, 2013]\n', base, arm) == pytest.approx((1 + 4) / 2)
    assert found('estimator = "difference"\nyears = { 2012 = -1, 2013 = 1 }\n', base, arm) == 4 - 1
    assert found('estimator = "difference"\naggregate = "log_total"\n', base, arm) == pytest.approx(np.log(16 / 6))


def test_differences_in_differences_take_out_levels_and_what_happened_to_all():
    base = panel(np.ones((4, 2)))
    arm = panel([[5, 5 + 2 + 3], [1, 1 + 2 + 3], [2, 2 + 2], [4, 4 + 2]], treated=WINNERS)
    text = 'estimator = "difference_in_differences"\nyears = 2012\nbefore = 2011\n'
    assert found(text + TREATED, base, arm) == pytest.approx(3)


def test_a_regression_finds_the_effect_behind_covariates_and_fixed_effects():
    draws = np.random.default_rng(3)
    industry = np.repeat(["energy", "information"], 200)
    size = draws.normal(0, 1, 400)
    # in one industry most are treated, and the large more often than the small
    treated = (draws.random(400) < np.where(industry == "energy", 0.7, 0.3) + 0.1 * (size > 0)).astype(int)
    value = 0.4 * treated + 2 * size + 5 * (industry == "energy")
    base = panel(np.ones((400, 1)), size=size, industry=industry)
    arm = panel(value[:, None], treated=treated, size=size, industry=industry)
    text = 'estimator = "regression"\nyears = 2011\n' + TREATED + 'fixed_effects = ["industry"]\n'
    with pytest.raises(UsageError, match="no column 'size'"):
        found(text + 'covariates = ["size"]\n', base, arm)
    both = [table.rename(columns={"size": "cash"}) for table in (base, arm)]
    weighted = 'weights = "1 + (cash > 0)"\n'
    for more in ("", weighted):
        assert found(text + 'covariates = ["cash"]\n' + more, *both) == pytest.approx(0.4)
    assert abs(found(text, *both) - 0.4) > 0.05  # what is left out is not found


def test_firms_are_picked_by_treatment_by_lot_and_by_what_they_were():
    base = panel(np.ones((4, 2)))
    arm = panel([[1, 2], [1, 3], [1, 9], [1, 1]], treated=np.array([1, 0, 1, 0]), drawn=WINNERS)
    by = 'estimator = "difference"\nyears = 2012\ntreated = { %s }\n'
    assert found(by % 'treatments = ["help"]', base, arm) == pytest.approx((2 + 9) / 2 - (3 + 1) / 2)
    assert found(by % 'lot = "help"', base, arm) == pytest.approx((2 + 3) / 2 - (9 + 1) / 2)
    where = 'where = "capital >= 2", years = 2012, arm = 1, without = { where = "capital > 5", arm = 1 }'
    assert found(by % where, base, arm) == pytest.approx((2 + 3) / 2 - (9 + 1) / 2)
    with pytest.raises(UsageError, match=r"no treatment .helps. in this arm; did you mean 'help'"):
        found(by % 'treatments = ["helps"]', base, arm)


def test_who_is_gone_counts_against_who_was_there():
    base = panel(np.ones((4, 2)))
    arm = panel(np.ones((4, 2)))
    arm = arm[(arm["year"] == 2011) | (arm["id"] == 3)]
    population = 'population = { where = "capital > 0", years = 2011 }\n'
    text = 'of = "firms"\noutcome = "gone"\nestimator = "difference"\nyears = 2012\n' + population
    assert estimators.estimate(outcome(text), Arms([base, arm], [])) == 0.75


def test_formulas_say_what_python_would_without_running_it():
    table = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [0.0, 1.0, 8.0], "key": ["x", "y", "x"]})
    assert evaluate("log(a) - 0.5 * b", table).tolist() == pytest.approx([0, np.log(2) - 0.5, np.log(4) - 4])
    assert evaluate("a * (b >= 1) - a * (b < 1)", table).tolist() == [-1, 2, 4]
    assert evaluate("key in ['x'] and not b > 1", table).tolist() == [True, False, False]
    assert evaluate("1 < a <= 4 or key == 'x'", table).tolist() == [True, True, True]
    assert evaluate("rank(-b)", table).tolist() == pytest.approx([1, 2 / 3, 1 / 3])
    assert names("log(b) + a ** 2 + b") == ["b", "a"]


@pytest.mark.parametrize(
    ("text", "said"),
    [('estimator = "diference"\n', "outcomes[0].estimator: 'diference'; did you mean 'difference'?"),
     ('estimator = "difference"\noutcome = "log(captal)"\n', "no column 'captal'; did you mean 'capital'?"),
     ('estimator = "difference"\nof = "outputs"\noutcome = "sale"\n', "no output 'sale'; did you mean 'sales'?"),
     ('estimator = "difference"\noutcome = "__import__(\\"os\\")"\n', "no function '__import__'"),
     ('estimator = "difference"\noutcome = "capital.sum()"\n', "has no place in a formula"),
     ('estimator = "difference"\noutcome = "capital +"\n', "is no formula"),
     ('estimator = "difference"\noutcome = "capital"\nyears = "2012"\n', "years: '2012'; wanted is a year"),
     ('estimator = "difference"\noutcome = "capital"\narm = 2\n', "arm: 2; the arms are numbered from 0 to 1"),
     ('estimator = "difference"\noutcome = "capital"\nwhere = { industry = "energy" }\n',
      "where: has no meaning for an outcome of firms"),
     ('estimator = "regression"\noutcome = "capital"\n', "a regression is one of firms on who was treated"),
     ('estimator = "difference_in_differences"\noutcome = "capital"\n', "before: not given"),
     ('estimator = "contrast"\ncontrast = { two = 1 }\n', "contrast: no 'two'"),
     ('estimator = "difference"\noutcome = "capital"\neffect = 0.1\n', "agree: not given; can be order, sign, none"),
     ('estimator = "difference"\noutcome = "capital"\nagree = "sign"\n', "given without `effect`"),
     ('estimator = "difference"\noutcome = "capital"\ntreated = { wher = "capital > 1" }\n', "mean 'where'?"),
     ('estimator = "difference"\noutcome = "capital"\neffct = 1\n', "not known here; did you mean 'effect'?")],
)  # fmt: skip
def test_mistakes_have_their_place_and_what_would_be_right(text, said):
    assert said in (found := problems(text))
    assert found.startswith("my.toml: trials.mine.outcomes[0]")


def test_all_mistakes_of_a_file_come_at_once():
    told = problems('estimator = "diference"\nof = "firm"\noutcome = "capital"\nyears = []\n')
    assert len(told.splitlines()) == 3


def test_a_file_of_ones_own_names_arms_beside_it(tmp_path, capsys):
    (tmp_path / "arm.toml").write_text('extends = "shaoxing-2011/status-quo"\n', encoding="utf-8")
    (tmp_path / "mine.toml").write_text(
        """
[trials.price]
name = "Nothing is done"
arms = ["shaoxing-2011/status-quo", { scenario = "arm.toml", set = { "levers.special_fund.budget" = 0 } }]
[[trials.price.outcomes]]
key = "sales"
name = "Sales of one industry, logarithm"
of = "outputs"
outcome = "log(sales)"
where = { industry = "energy" }
estimator = "difference"
effect = 0.0
agree = "none"
""",
        encoding="utf-8",
    )
    assert cli.main(["trial", str(tmp_path / "mine.toml"), "--replicates", "2"]) == 0
    assert "1 of 1 trials agree" in capsys.readouterr().out
    table = trials.trial(tmp_path / "mine.toml", replicates=2, progress=False)
    assert table.loc[("price", "sales"), "simulated"] == 0


def test_the_panel_says_who_won_a_lot():
    lot = {"levers.project_promotion.effort": 1, "subsidies.demonstration_projects.lot": 0.3,
           "subsidies.demonstration_projects.take_up": 1.0, "grants.awards.lot": 0.5}  # fmt: skip
    data = jiju.run("shaoxing-2011/status-quo", set=lot, replicates=1, record="firms", panels=1, progress=False)
    [arms] = trials.arms_by_replicate(data, with_firms=True, columns=["drawn"])
    assert arms.lots == [["awards", "demonstration_projects"]]
    firms = arms.years[0]
    won = {key: estimators.bit_of(firms, "drawn", arms.lots[0], key) for key in arms.lots[0]}
    assert all((bits.groupby(firms["id"]).nunique() == 1).all() for bits in won.values())  # once and for all
    shares = [bits.groupby(firms["id"]).first().mean() for bits in won.values()]
    assert shares == pytest.approx([0.5, 0.3], abs=0.05)
    refunded = firms["refunds"] > 0
    assert refunded.sum() > 100 and won["demonstration_projects"][refunded].all()


def test_a_file_that_is_not_there_or_no_toml_is_said(tmp_path, capsys):
    assert cli.main(["trial", str(tmp_path / "none.toml")]) == 3
    assert "none.toml" in capsys.readouterr().err
    (tmp_path / "bad.toml").write_text("[trials", encoding="utf-8")
    assert cli.main(["trial", str(tmp_path / "bad.toml")]) == 2
    assert "bad.toml" in capsys.readouterr().err
