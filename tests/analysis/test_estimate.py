"""A target estimated until it is precise: the rule, its looks, known answers, and that its interval covers."""

import numpy as np
import pytest
from jiju_command import jiju as program

import jiju
from jiju.results.indicators import margin
from jiju.statistics.clusters import Clusters
from jiju.statistics.stopping import FIRST, Rule, known_after, look_after

LONG = 1500


def known(rule, own, base=None, draws=None):
    """Of margins that are values too; without a base of no more replicates than the plan has."""
    base = own if base is None else base
    clusters = Clusters.of(np.arange(len(base)) if draws is None else draws)
    return known_after(Rule.of(rule), own, own, base, base, clusters)


def test_rules_are_read_and_refused():
    rule = Rule.of(" mean(T1) = 20 @ 90 % ")
    assert (rule.target, rule.of_mean, rule.half_width, rule.confidence) == ("T1", True, 20, 0.9)
    assert not Rule.of("p(T12)=1e-2@99.5%").of_mean
    for text in ("T1=0.1@95%", "p(T1)=0@95%", "p(T1)=-1@95%", "p(T1)=0.1@40%", "p(T1)=0.1@100%", "p(T1)=1e@95%", ""):
        with pytest.raises(jiju.UsageError, match="is no rule such as"):
            Rule.of(text)


def test_looks_are_fixed_in_advance():
    looks = [0]
    while looks[-1] < 500:
        looks.append(look_after(looks[-1]))
    assert looks == [0, FIRST, 75, 112, 168, 252, 378, 567]


def test_a_plan_that_follows_its_base_is_known_after_the_first_look():
    base = np.random.default_rng(1).normal(size=LONG)
    found = known("mean(T)=0.06@95%", 3 * base[:FIRST] + 2, base)
    assert found.value == pytest.approx(2 + 3 * base.mean()) and found.worth == pytest.approx(LONG, rel=0.3)
    assert not found.enough and known("mean(T)=0.2@95%", 3 * base[:FIRST] + 2, base).enough
    alone = known("mean(T)=0.2@95%", 3 * base[:FIRST] + 2)
    assert alone.worth == pytest.approx(FIRST) and not alone.enough


def test_a_target_that_is_hardly_ever_seen_is_not_known_soon():
    """All of 200 replicates miss it: the interval is narrow, and that is not enough."""
    random = np.random.default_rng(2)
    base = random.normal(size=LONG) - 9
    found = known("p(T)=0.05@95%", base[:200] + 0.1 * random.normal(size=200), base)
    assert found.high < 0.05 and not found.enough
    assert known("p(T)=0.1@95%", random.normal(size=200)).enough


@pytest.mark.parametrize("a_draw", [1, 5])
def test_the_interval_at_the_stop_covers(a_draw):
    """200 samples of 95 % hold the truth in fewer than 0.895 once in a thousand times."""
    random, held, saved = np.random.default_rng(3), [], []
    rule = "p(T)=0.06@95%"
    for _ in range(200):
        draws = np.arange(LONG) // a_draw
        base = np.sqrt(0.5) * random.normal(size=LONG)[draws] + np.sqrt(0.5) * random.normal(size=LONG) - 0.6
        own = 0.1 + base[:750] + 0.3 * random.normal(size=750)
        replicates = 0
        while True:
            replicates = look_after(replicates)
            found = known(rule, own[:replicates], base, draws)
            if found.enough or look_after(replicates) > len(own):
                break
        held.append(found.low <= TRUTH <= found.high)
        saved.append(found.worth / found.replicates)
    assert np.mean(held) >= 0.895, np.mean(held)
    assert np.mean(saved) > 1.5


TRUTH = float(np.mean(np.random.default_rng(4).normal(size=10**6) * np.sqrt(1.09) - 0.5 >= 0))


def test_what_is_estimated_is_what_the_runs_have(short):
    plan = jiju.Scenario.load(short)
    plan["levers.credit.effort"] = 1.0
    asked = {"most": 75, "kept": 150, "seed": 5, "progress": False}
    found = jiju.estimate(plan, short, "mean(T1)=1e-9@95%", **asked)
    assert found.looks["replicates"].tolist() == [50, 75] and not found.known.enough and found.further == 75
    own, base = (jiju.run(each, replicates=n, seed=5, record="targets", progress=False)
                 for each, n in ((plan, 75), (short, 150)))  # fmt: skip
    values = [each["target_value"].sel(target="T1").values[0] for each in (own, base)]
    margins = [margin(each, "T1").values[0] for each in (own, base)]
    again = known_after(found.rule, values[0], margins[0], values[1], margins[1], Clusters.of(np.arange(150)))
    assert again == found.known
    assert found.known.worth > 75
    plain = jiju.estimate(plan, short, "mean(T1)=1e-9@95%", control=False, **asked)
    assert (plain.known.value, plain.known.worth) == pytest.approx((values[0].mean(), 75)) and plain.further == 0
    assert "重复试验" in jiju.estimate(plan, short, "mean(T1)=1e9@95%", lang="zh", **asked).to_markdown()
    with pytest.raises(jiju.UsageError, match="no target is called 'T99'"):
        jiju.estimate(plan, short, "mean(T99)=1@95%", **asked)


def test_the_command(short):
    words = ("estimate", short, short, "mean(T1)=1e9@95%", "--most", 50, "--quiet", "--to", "csv")
    assert program(*words).returncode == 0
    reached = program(*("estimate", short, short, "mean(T1)=1e-9@95%", "--most", 50, "--quiet"))
    assert reached.returncode == 1 and "is not reached" in reached.stdout
    assert program("estimate", short, short, "T1").returncode == 2
