//! The numbers of Industry-60 (README.md has the rules); rules.hpp and rules.py say the same.

pub struct Industry {
    pub firms: usize,
    pub growth: f64, // of demand, a year
}

pub const INDUSTRIES: [Industry; 6] = [
    Industry { firms: 160, growth: 0.06 },
    Industry { firms: 140, growth: 0.08 },
    Industry { firms: 120, growth: 0.10 },
    Industry { firms: 100, growth: 0.12 },
    Industry { firms: 74, growth: 0.15 },
    Industry { firms: 50, growth: 0.20 },
];

pub const YEARS: u64 = 5;
pub const MONTHS_A_YEAR: u64 = 12;
pub const MONTHS: u64 = YEARS * MONTHS_A_YEAR;
pub const MONTH: f64 = 1.0 / MONTHS_A_YEAR as f64;

pub const INITIAL_SIZE_SPREAD: f64 = 1.0;
pub const INITIAL_TECHNIQUE_SPREAD: f64 = 0.2;
pub const INITIAL_USE: f64 = 0.9;
pub const LEAST_INTENSITY: f64 = 0.01;
pub const INTENSITY_RANGE: f64 = 0.04;
pub const ELIGIBLE_SHARE: f64 = 0.3;

pub const PERSISTENCE: f64 = 0.9;
pub const SHOCK_SPREAD: f64 = 0.04;
pub const RESEARCH_EFFICIENCY: f64 = 10.0;
pub const MEAN_GAIN: f64 = 0.05;
pub const DEPRECIATION: f64 = 0.08;
pub const ACCELERATOR: f64 = 0.5;
pub const NORMAL_USE: f64 = 0.85;
pub const INVESTMENT_SPREAD: f64 = 0.5;
pub const SELECTION: f64 = 1.0;
pub const SHORTAGE_PENALTY: f64 = 0.5;
