"""One file per verb; each takes plain values and returns the exit code."""
