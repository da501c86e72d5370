"""Reads of the database: functions that return ordered rows, each stating what it loads."""
