"""What a results file holds, read, checked and named."""
