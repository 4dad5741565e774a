"""Tables and formulas that people write, read with every mistake kept and its place."""
