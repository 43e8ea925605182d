"""Share one rate limit, one login and one record of deliveries among processes, with Redis.

Needs the extra `redis`, and asyncio. Each adapter accepts a client of redis-py, which you create
and close: `Redis.from_url(…)`, `Sentinel(…).master_for(…)` or `RedisCluster.from_url(…)` of
`redis.asyncio`.
"""

from __future__ import annotations

from .._core.public import set_public_module
from .commands import RedisUnavailableError
from .idempotency import RedisIdempotencyStore
from .rate_limiter import RedisRateLimiter
from .tokens import RedisTokenStore

__all__ = [
    "RedisIdempotencyStore",
    "RedisRateLimiter",
    "RedisTokenStore",
    "RedisUnavailableError",
]

set_public_module(globals(), __all__)
