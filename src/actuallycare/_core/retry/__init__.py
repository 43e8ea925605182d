"""When to send: inside the rate limit, after another task's 429, and again after a failure."""
