"""Industry-60 in vectorised NumPy: arrays over all firms, one expression a phase."""

import numpy as np
import rules
from command_line import run_from_command_line

# Firms lie industry by industry; `reduceat` sums each industry's stretch.
STARTS = np.concatenate(([0], np.cumsum(rules.FIRMS)[:-1]))
INDUSTRY = np.repeat(np.arange(len(rules.FIRMS)), rules.FIRMS)
GROWTH = np.exp(np.array(rules.GROWTH) * rules.MONTH)


def by_industry(values):
    return np.add.reduceat(values, STARTS)


def reports_of(seed, subsidy):
    rng = np.random.default_rng(seed)
    firms = len(INDUSTRY)
    capital = np.exp(rules.INITIAL_SIZE_SPREAD * rng.standard_normal(firms))
    technique = rules.INITIAL_TECHNIQUE_SPREAD * rng.standard_normal(firms)
    intensity = rules.LEAST_INTENSITY + rules.INTENSITY_RANGE * rng.random(firms)
    subsidy_rate = subsidy * (rng.random(firms) < rules.ELIGIBLE_SHARE)
    shock = np.zeros(firms)
    share = capital / by_industry(capital)[INDUSTRY]
    demand = rules.INITIAL_USE * by_industry(capital * np.exp(technique))

    reports = []
    for step in range(rules.MONTHS):
        if step % rules.MONTHS_A_YEAR == 0:
            year_output = np.zeros(len(rules.FIRMS))
            year_subsidy = np.zeros(len(rules.FIRMS))
        normals = rng.standard_normal((2, firms))
        uniform = rng.random(firms)

        shock *= rules.PERSISTENCE
        shock += rules.SHOCK_SPREAD * normals[0]
        level = technique + shock
        capacity = capital * np.exp(level)
        orders = share * demand[INDUSTRY]
        served = np.minimum(1, capacity / orders)
        output = orders * served
        year_output += rules.MONTH * by_industry(output)

        share *= np.exp(rules.SELECTION * rules.MONTH * (level - rules.SHORTAGE_PENALTY * (1 - served)))
        share /= by_industry(share)[INDUSTRY]

        chance = 1 - np.exp(-rules.RESEARCH_EFFICIENCY * rules.MONTH * intensity * output / capital)
        succeeds = np.flatnonzero(uniform < chance)
        technique[succeeds] += rng.exponential(rules.MEAN_GAIN, len(succeeds))

        rate = rules.DEPRECIATION + rules.ACCELERATOR * (orders / capacity - rules.NORMAL_USE)
        noise = np.exp(rules.INVESTMENT_SPREAD * normals[1] - rules.INVESTMENT_SPREAD**2 / 2)
        own = rules.MONTH * capital * np.clip(rate, 0, 1) * noise
        paid = subsidy_rate * own
        year_subsidy += by_industry(paid)
        capital *= 1 - rules.DEPRECIATION * rules.MONTH
        capital += own + paid
        demand *= GROWTH

        if step % rules.MONTHS_A_YEAR == rules.MONTHS_A_YEAR - 1:
            columns = (
                year_output,
                by_industry(capital),
                by_industry(share * share),
                by_industry(share * technique),
                year_subsidy,
            )
            year = 1 + step // rules.MONTHS_A_YEAR
            reports += [(year, 1 + i, *row) for i, row in enumerate(zip(*(c.tolist() for c in columns), strict=True))]
    return reports


if __name__ == "__main__":
    run_from_command_line(__doc__, reports_of)
