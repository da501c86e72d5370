"""The settings: baselines, targets, directions, tolerances, companions, methods; each shows its effect first."""
