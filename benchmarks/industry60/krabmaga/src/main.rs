//! Industry-60 on krABMaga, with the command line of ../command_line.hpp.

mod model;
mod rules;

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};

use krabmaga::engine::{schedule::Schedule, state::State};

use model::Economy;
use rules::MONTHS;

struct CommandLine {
    first_seed: u64,
    runs: u64,
    subsidy: f64,
    out: String,
}

fn command_line() -> Result<CommandLine, Box<dyn Error>> {
    let mut read = CommandLine { first_seed: 0, runs: 1, subsidy: 0.0, out: "/dev/stdout".into() };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or(format!("{word} needs a value"))?;
        match word.as_str() {
            "--seed-first" => read.first_seed = value.parse()?,
            "--runs" => read.runs = value.parse()?,
            "--subsidy" => read.subsidy = value.parse()?,
            "--out" => read.out = value,
            _ => return Err(format!("unknown word {word}").into()),
        }
    }
    Ok(read)
}

fn main() -> Result<(), Box<dyn Error>> {
    let command = command_line()?;
    let mut out = BufWriter::new(File::create(&command.out)?);
    writeln!(out, "seed,year,industry,output,capital,concentration,productivity,subsidy")?;
    for seed in command.first_seed..command.first_seed + command.runs {
        let mut economy = Economy::new(seed, command.subsidy);
        let mut schedule = Schedule::new();
        economy.init(&mut schedule);
        for _ in 0..MONTHS {
            schedule.step(&mut economy);
        }
        for (year, reports) in economy.reports.iter().enumerate() {
            for (industry, r) in reports.iter().enumerate() {
                writeln!(
                    out,
                    "{seed},{},{},{},{},{},{},{}",
                    year + 1,
                    industry + 1,
                    r.output,
                    r.capital,
                    r.concentration,
                    r.productivity,
                    r.subsidy
                )?;
            }
        }
    }
    out.flush()?;
    Ok(())
}
