"""What came of a dialogue: the chain of an activity, and its indicators as they are shown."""
