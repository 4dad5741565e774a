"""What tests of all partners ask of River City."""

RIVER = "tutorial/river-city"
LIMIT = "public_cost <= 2.2"
HOW = {"replicates": 6, "seed": 3}
