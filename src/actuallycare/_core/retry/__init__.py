"""When to send: after a failure, inside the rate limit, after another task's 429."""
