"""What happens while a dialogue is held: the screens on the wall, the log as phones read it, the clock."""
