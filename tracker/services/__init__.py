"""Use cases, one module a noun: right, rule, write, journal line. They flush; the caller commits."""
