"""Pure calculation: target, trajectory, status, roll-up. Standard library only; today is an argument."""
