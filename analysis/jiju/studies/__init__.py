"""What moves what, and what it costs: comparisons, ablation, attribution, sensitivity, the value of information."""
