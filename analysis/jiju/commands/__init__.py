"""The commands of `jiju` that are written in Python, one file each, and what they share."""
