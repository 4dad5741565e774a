//! Firms as agents of the schedule, the markets they share as its state.
//!
//! An agent acts once a step, so it scales its share to those of the step before when its turn comes, and the report,
//! written after the step, does the same.

use std::any::Any;

use krabmaga::engine::{agent::Agent, schedule::Schedule, state::State};
use rand::{rngs::SmallRng, Rng, SeedableRng};
use rand_distr::{Exp1, StandardNormal};

use crate::rules::*;

#[derive(Clone, Copy, Default)]
pub struct Report {
    pub output: f64,
    pub capital: f64,
    pub concentration: f64,
    pub productivity: f64,
    pub subsidy: f64,
}

/// What the firms of one industry share.
#[derive(Clone, Copy, Default)]
struct Market {
    demand: f64,
    shares: f64,     // sum over firms after the last step
    raw_shares: f64, // of this step so far
    report: Report,
}

pub struct Economy {
    random: SmallRng,
    subsidy: f64,
    markets: [Market; INDUSTRIES.len()],
    reporting: bool,
    pub reports: Vec<[Report; INDUSTRIES.len()]>,
}

impl Economy {
    pub fn new(seed: u64, subsidy: f64) -> Self {
        Economy {
            random: SmallRng::seed_from_u64(seed),
            subsidy,
            markets: [Market::default(); INDUSTRIES.len()],
            reporting: false,
            reports: Vec::new(),
        }
    }
}

#[derive(Clone)]
struct Firm {
    industry: usize,
    capital: f64,
    technique: f64,
    intensity: f64,
    eligible: bool,
    shock: f64,
    share: f64,
}

impl Firm {
    fn new(industry: usize, random: &mut SmallRng) -> Self {
        let size: f64 = random.sample(StandardNormal);
        let technique: f64 = random.sample(StandardNormal);
        let capital = (INITIAL_SIZE_SPREAD * size).exp();
        Firm {
            industry,
            capital,
            technique: INITIAL_TECHNIQUE_SPREAD * technique,
            intensity: LEAST_INTENSITY + INTENSITY_RANGE * random.random::<f64>(),
            eligible: random.random::<f64>() < ELIGIBLE_SHARE,
            shock: 0.0,
            share: capital,
        }
    }
}

impl Agent for Firm {
    fn step(&mut self, state: &mut dyn State) {
        let economy = state.as_any_mut().downcast_mut::<Economy>().unwrap();
        let random = &mut economy.random;
        let market = &mut economy.markets[self.industry];

        let normal: f64 = random.sample(StandardNormal);
        self.share /= market.shares;
        self.shock = PERSISTENCE * self.shock + SHOCK_SPREAD * normal;
        let level = self.technique + self.shock;
        let capacity = self.capital * level.exp();
        let orders = self.share * market.demand;
        let served = (capacity / orders).min(1.0);
        let output = orders * served;
        market.report.output += MONTH * output;

        self.share *= (SELECTION * MONTH * (level - SHORTAGE_PENALTY * (1.0 - served))).exp();
        market.raw_shares += self.share;

        let chance = 1.0 - (-RESEARCH_EFFICIENCY * MONTH * self.intensity * output / self.capital).exp();
        if random.random::<f64>() < chance {
            let gain: f64 = random.sample(Exp1);
            self.technique += MEAN_GAIN * gain;
        }

        let rate = (DEPRECIATION + ACCELERATOR * (orders / capacity - NORMAL_USE)).clamp(0.0, 1.0);
        let normal: f64 = random.sample(StandardNormal);
        let noise = (INVESTMENT_SPREAD * normal - INVESTMENT_SPREAD * INVESTMENT_SPREAD / 2.0).exp();
        let own = MONTH * self.capital * rate * noise;
        let subsidy = if self.eligible { economy.subsidy * own } else { 0.0 };
        market.report.subsidy += subsidy;
        self.capital = self.capital * (1.0 - DEPRECIATION * MONTH) + own + subsidy;

        if economy.reporting {
            market.report.capital += self.capital;
            market.report.concentration += self.share * self.share;
            market.report.productivity += self.share * self.technique;
        }
    }
}

impl State for Economy {
    fn init(&mut self, schedule: &mut Schedule) {
        for (industry, facts) in INDUSTRIES.iter().enumerate() {
            let mut capacity = 0.0;
            for _ in 0..facts.firms {
                let firm = Firm::new(industry, &mut self.random);
                capacity += firm.capital * firm.technique.exp();
                self.markets[industry].shares += firm.capital;
                schedule.schedule_repeating(Box::new(firm), 0.0, 0);
            }
            self.markets[industry].demand = INITIAL_USE * capacity;
        }
    }

    fn reset(&mut self) {}

    fn update(&mut self, _step: u64) {}

    fn before_step(&mut self, schedule: &mut Schedule) {
        self.reporting = (schedule.step + 1) % MONTHS_A_YEAR == 0;
    }

    fn after_step(&mut self, _schedule: &mut Schedule) {
        for (market, facts) in self.markets.iter_mut().zip(&INDUSTRIES) {
            market.shares = std::mem::take(&mut market.raw_shares);
            market.demand *= (facts.growth * MONTH).exp();
        }
        if self.reporting {
            self.reports.push(self.markets.each_mut().map(|market| {
                let mut report = std::mem::take(&mut market.report);
                report.concentration /= market.shares * market.shares;
                report.productivity /= market.shares;
                report
            }));
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
    fn as_state(&self) -> &dyn State {
        self
    }
    fn as_state_mut(&mut self) -> &mut dyn State {
        self
    }
}
