"""The decisions of `RedisRateLimiter`, in Lua: Redis runs them one after the other.

The window and its transitions are those of `_core/retry/rate_limiter.py`; `limits`, the library
whose strategies count requests in Redis, has none that the server's headers correct. Times are
milliseconds of Redis's clock, so that the clocks of the processes do not matter.

Tasks that have to wait are in a queue: in the order of arrival, batch work after all interactive
work. A permit is granted while the window has room for all tasks ahead and this one. A task that
does not ask again within `GRACE` is forgotten, because its process may have died. On a busy machine
many tasks ask a second late, and would lose their place.
"""

from __future__ import annotations

REPORT_ONLY = ""
"""In place of the task: no permit is requested."""

SCRIPT = """
local window_key, queue_key, alive_key = KEYS[1], KEYS[2], KEYS[3]
local task, age, is_batch = ARGV[1], tonumber(ARGV[2]), ARGV[3] == '1'
local reserve, share = tonumber(ARGV[4]), tonumber(ARGV[5])
local remaining, limit, number = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local ends_at, lasts_until = tonumber(ARGV[9]), tonumber(ARGV[10])
local PROBE_TIMEOUT, GRACE, BATCH_OFFSET, MAX_SPREAD = 1000, 3000, 1e13, 10000

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local saved = redis.call('GET', window_key)
local w = saved and cjson.decode(saved) or {
  remaining = 0, limit = 0, ends_at = 0, lasts_until = 0, probed_at = 0, sent = 0, batch_sent = 0
}

-- What a response has reported.
if lasts_until >= w.ends_at then
  -- A later window. The server may not have counted the requests that were permitted since.
  w.remaining = remaining - math.max(0, w.sent - number)
  w.ends_at, w.lasts_until, w.limit, w.batch_sent = ends_at, lasts_until, limit, 0
elseif ends_at > w.lasts_until and now < w.ends_at then
  w.remaining = math.min(w.remaining, remaining)
  w.ends_at = math.min(w.ends_at, ends_at)
  w.lasts_until = math.max(w.lasts_until, lasts_until)
end

local is_known = now < w.ends_at
local room = 0
if not is_known then
  room = now >= w.probed_at + PROBE_TIMEOUT and 1 or 0
elseif is_batch then
  room = math.min(w.remaining - math.ceil(reserve * w.limit),
                  math.max(1, math.floor(share * w.limit)) - w.batch_sent)
else
  room = w.remaining
end

local function forget(id)
  redis.call('ZREM', queue_key, id)
  redis.call('ZREM', alive_key, id)
end

local wait, until_reset = 0, 0
if task ~= '' then
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', alive_key, 0, now, 'LIMIT', 0, 100)) do
    forget(id)
  end
  redis.call('ZADD', queue_key, 'NX', now - age + (is_batch and BATCH_OFFSET or 0), task)
  local ahead = redis.call('ZRANK', queue_key, task)
  if ahead < room then
    forget(task)
    w.sent, w.remaining = w.sent + 1, w.remaining - 1
    if is_batch then w.batch_sent = w.batch_sent + 1 end
    if not is_known then w.probed_at = now end
  else
    -- Tasks ask one after the other, not all at once.
    wait = math.min(100 + ahead, 1000)
    if is_known and room < 1 then
      until_reset = w.ends_at - now
      wait = until_reset + math.min(ahead, MAX_SPREAD)
    end
    redis.call('ZADD', alive_key, now + wait + GRACE, task)
  end
end

local expiry = math.max(0, w.ends_at - now) + 60000
redis.call('SET', window_key, cjson.encode(w), 'PX', expiry)
redis.call('PEXPIRE', queue_key, expiry)
redis.call('PEXPIRE', alive_key, expiry)
return {wait, until_reset, now, w.sent, is_known and 0 or 1}
"""
