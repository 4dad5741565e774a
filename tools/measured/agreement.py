"""Do kept numbers still hold of the program as it is now?"""

import math

import pandas as pd

from measured.kept import Found, Kept

TOLERATED = 5.0  # standard errors, of the mean that the page shows and of the shift that the few replicates tell


def shape_problems(kept: Kept, found: Found, whole: bool) -> list[str]:
    """Tables, columns and values that only one of the two has; what is not measured counts if all was to be. Where no
    table is measured at all, only values are compared."""
    problems = []
    for name in sorted(kept.tables.keys() | found.tables.keys()) if found.tables else []:
        if name not in kept.tables or name not in found.tables:
            problems.append(f"table {name} is {'measured and not kept' if name in found.tables else 'kept no longer'}")
            continue
        one, two = kept.tables[name], found.tables[name]
        if list(one.columns) != [str(column) for column in two.columns]:
            problems.append(f"table {name}: kept are the columns {list(one)}, measured are {list(two)}")
    unknown = found.values.columns.difference(kept.first.columns)
    missing = kept.first.columns.difference(found.values.columns)
    if len(unknown):
        problems.append(f"measured and not kept: {', '.join(map(str, unknown))}")
    if whole and len(missing):
        problems.append(f"kept and no longer measured: {', '.join(map(str, missing))}")
    return problems


def moved(kept: Kept, values: pd.DataFrame) -> pd.DataFrame:
    """Values whose mean has moved by more than chance and the page's own precision allow, the furthest first.

    Compared replicate by replicate with those kept, so that the same program differs by nothing and a small change of
    the model by little more than what it moves: `shift` is the mean of these differences, `allowed` five times the root
    of its squared error and that of the mean on the page. Numbers are kept to six digits.
    """
    rows = {}
    for key in kept.first.columns.intersection(values.columns):
        pairs = pd.DataFrame({"kept": kept.first[key], "now": values[key].reset_index(drop=True)}).dropna()
        shifts = pairs["now"] - pairs["kept"]
        if not len(pairs):
            continue
        shift, own = shifts.mean(), kept.errors[key]
        error = shifts.sem() if len(pairs) > 1 else 0.0
        allowed = TOLERATED * math.hypot(error, 0.0 if math.isnan(own) else own) + 1e-5 * pairs.abs().max().max()
        if abs(shift) > allowed:
            rows[key] = {"kept": pairs["kept"].mean(), "now": pairs["now"].mean(), "shift": shift, "allowed": allowed}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["kept", "now", "shift", "allowed"])
    return table.loc[(abs(table["shift"]) / table["allowed"]).sort_values(ascending=False).index]


def problems(kept: Kept, found: Found, whole: bool = True) -> list[str]:
    """Why the page must be measured again; empty where it need not. Not `whole`: only a part was measured."""
    shifts = [f"{key}: {row['kept']:.4g} is now {row['now']:.4g} (allowed is a shift of {row['allowed']:.2g})"
              for key, row in moved(kept, found.values).iterrows()]  # fmt: skip
    return shape_problems(kept, found, whole) + shifts
