"""The formats that a file of measurements may have: one module each."""
