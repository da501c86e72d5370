"""The accessibility statement of a service: what it says, what lacks, its files, its publication."""
