"""Statistics of replicates: means with clusters, pairs, shares, resampled gains. None knows what is simulated."""
