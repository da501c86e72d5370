"""What would be, were the estate kept, bought and used otherwise."""
