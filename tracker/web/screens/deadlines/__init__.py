"""The deadlines of an organisation: the list, the calendar, and the private address of one."""
