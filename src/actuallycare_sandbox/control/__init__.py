"""State that tests plan and inspect: injected faults and the request log."""
