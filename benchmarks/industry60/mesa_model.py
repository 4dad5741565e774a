"""Industry-60 in Mesa: an agent a firm, the yearly report in the data collector's table."""

from math import exp

import mesa
import rules
from command_line import COLUMNS, run_from_command_line


class Market:
    """What the firms of one industry share."""

    def __init__(self):
        self.demand = self.raw_shares = self.output = self.subsidy = 0.0


class Firm(mesa.Agent):
    def __init__(self, model, market):
        super().__init__(model)
        self.market = market
        self.capital = self.random.lognormvariate(0, rules.INITIAL_SIZE_SPREAD)
        self.technique = self.random.gauss(0, rules.INITIAL_TECHNIQUE_SPREAD)
        self.intensity = rules.LEAST_INTENSITY + rules.INTENSITY_RANGE * self.random.random()
        self.eligible = self.random.random() < rules.ELIGIBLE_SHARE
        self.shock = 0.0
        self.share = 0.0

    def step(self):
        market, random = self.market, self.random
        self.shock = rules.PERSISTENCE * self.shock + random.gauss(0, rules.SHOCK_SPREAD)
        level = self.technique + self.shock
        capacity = self.capital * exp(level)
        orders = self.share * market.demand
        served = min(1.0, capacity / orders)
        output = orders * served
        market.output += rules.MONTH * output

        self.share *= exp(rules.SELECTION * rules.MONTH * (level - rules.SHORTAGE_PENALTY * (1 - served)))
        market.raw_shares += self.share

        if random.random() < 1 - exp(-rules.RESEARCH_EFFICIENCY * rules.MONTH * self.intensity * output / self.capital):
            self.technique += random.expovariate(1 / rules.MEAN_GAIN)

        rate = rules.DEPRECIATION + rules.ACCELERATOR * (orders / capacity - rules.NORMAL_USE)
        noise = exp(rules.INVESTMENT_SPREAD * random.gauss(0, 1) - rules.INVESTMENT_SPREAD**2 / 2)
        own = rules.MONTH * self.capital * min(max(rate, 0.0), 1.0) * noise
        subsidy = self.model.subsidy * own if self.eligible else 0.0
        market.subsidy += subsidy
        self.capital = self.capital * (1 - rules.DEPRECIATION * rules.MONTH) + own + subsidy

    def settle(self):
        self.share /= self.market.raw_shares


class Industry60(mesa.Model):
    def __init__(self, subsidy=0.0, seed=None):
        super().__init__(seed=seed)
        self.subsidy = subsidy
        self.markets = [Market() for _ in rules.FIRMS]
        self.firms = [Firm.create_agents(self, n, m) for n, m in zip(rules.FIRMS, self.markets, strict=True)]
        for market, firms in zip(self.markets, self.firms, strict=True):
            capital = firms.agg("capital", sum)
            for firm in firms:
                firm.share = firm.capital / capital
            market.demand = rules.INITIAL_USE * sum(firm.capital * exp(firm.technique) for firm in firms)
        self.datacollector = mesa.DataCollector(tables={"report": ["year", "industry", *COLUMNS]})

    def step(self):
        for market in self.markets:
            market.raw_shares = 0.0
        self.agents.do("step")
        self.agents.do("settle")
        for market, growth in zip(self.markets, rules.GROWTH, strict=True):
            market.demand *= exp(growth * rules.MONTH)
        if self.steps % rules.MONTHS_A_YEAR == 0:
            self.report(self.steps // rules.MONTHS_A_YEAR)

    def report(self, year):
        for industry, (market, firms) in enumerate(zip(self.markets, self.firms, strict=True), 1):
            row = {
                "year": year,
                "industry": industry,
                "output": market.output,
                "capital": firms.agg("capital", sum),
                "concentration": sum(share * share for share in firms.get("share")),
                "productivity": sum(s * t for s, t in firms.get(["share", "technique"])),
                "subsidy": market.subsidy,
            }
            self.datacollector.add_table_row("report", row)
            market.output = market.subsidy = 0.0


def reports_of(seed, subsidy):
    model = Industry60(subsidy, seed)
    for _ in range(rules.MONTHS):
        model.step()
    return zip(*model.datacollector.tables["report"].values(), strict=True)


if __name__ == "__main__":
    run_from_command_line(__doc__, reports_of)
