"""The command line that the Python programs of Industry-60 share, as command_line.hpp has it."""

import argparse
import csv

COLUMNS = ("output", "capital", "concentration", "productivity", "subsidy")


def run_from_command_line(description, reports_of):
    """Writes the rows (year, industry, *COLUMNS) that `reports_of(seed, subsidy)` gives for each seed."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--seed-first", type=int, default=0)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--subsidy", type=float, default=0.0)
    parser.add_argument("--out", default="/dev/stdout")
    words = parser.parse_args()
    with open(words.out, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("seed", "year", "industry", *COLUMNS))
        for seed in range(words.seed_first, words.seed_first + words.runs):
            out.writerows((seed, *row) for row in reports_of(seed, words.subsidy))
