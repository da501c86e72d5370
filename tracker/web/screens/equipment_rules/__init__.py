"""How words of inventories are read: the rules, the words without one, and a rule applied to what is stored."""
