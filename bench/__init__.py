"""Load and cost, always as ratios to a baseline measured in the same run, under the same server."""
