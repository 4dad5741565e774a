"""Results as plain tables and in the formats of other programs."""
