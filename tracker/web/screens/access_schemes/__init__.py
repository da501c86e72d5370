"""The accessibility scheme, its yearly plans and their actions."""
