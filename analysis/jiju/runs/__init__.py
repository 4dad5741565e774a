"""The engine at work: runs in this process, arms of a study, the commands that answer at once."""
