"""What an export may be asked for, apart from how it is made: the help of the command needs no library of tables."""

from typing import Literal, get_args

Part = Literal["outputs", "targets", "parameters", "firms"]
PARTS: tuple[Part, ...] = get_args(Part)

To = Literal["csv", "parquet", "dta", "xlsx"]
FORMATS: tuple[To, ...] = get_args(To)

MOST_ROWS = 5_000_000
