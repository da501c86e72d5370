"""The action plan of a year: its actions in three views, what it lacks, what is carried over, what became of it."""
