"""The decisions of `RedisRateLimiter`, in Lua: Redis runs them one after the other.

The window and its transitions are those of `_core/retry/rate_limiter.py`; `limits`, the library
whose strategies count requests in Redis, has none that the server's headers correct. Times are
milliseconds of Redis's clock, so that the clocks of the processes do not matter.

A process that has to wait is in a queue with the arrival time of its first waiting task (its
score) and the number of its waiting tasks (its weight). Batch work comes after all interactive
work. A permit is granted while the window has room for all tasks ahead and this one. A process
that does not ask again in time is forgotten.
"""

from __future__ import annotations

REPORT_ONLY = "report"
"""In place of the ticket: no permit is requested."""
PROBE_FAILED = -1
"""In place of `remaining`: the probe of a new window got no response."""

SCRIPT = """
local window_key, queue_key, alive_key, weight_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local ticket, age, weight = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local is_batch, reserve, share = ARGV[4] == '1', tonumber(ARGV[5]), tonumber(ARGV[6])
local PROBE_TIMEOUT, GRACE, BATCH_OFFSET, MAX_SPREAD = 1000, 1000, 1e13, 10000

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local names = {'remaining', 'ends_at', 'lasts_until', 'probed_at', 'limit', 'batch_used',
               'second', 'in_second', 'in_second_before'}
local w = {}
for i, value in ipairs(redis.call('HMGET', window_key, unpack(names))) do
  w[names[i]] = tonumber(value or 0)
end

-- Permits of the last one to two seconds: the server may not have counted them yet.
local function recent_permits()
  local passed = math.floor(now / 1000) - w.second
  if passed == 0 then return w.in_second + w.in_second_before end
  return passed == 1 and w.in_second or 0
end

local function count_permit()
  local second = math.floor(now / 1000)
  if second ~= w.second then
    w.in_second_before = second == w.second + 1 and w.in_second or 0
    w.in_second = 0
    w.second = second
  end
  w.in_second = w.in_second + 1
end

for i = 7, #ARGV, 4 do
  local remaining, ends_at = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
  local lasts_until, limit = tonumber(ARGV[i + 2]), tonumber(ARGV[i + 3])
  if remaining < 0 then
    if now >= w.ends_at then w.probed_at = 0 end
  elseif lasts_until >= w.ends_at then
    w.remaining = math.max(0, remaining - math.max(0, recent_permits() - 1))
    w.ends_at, w.lasts_until, w.limit, w.batch_used = ends_at, lasts_until, limit, 0
  elseif ends_at > w.lasts_until and now < w.ends_at then
    w.remaining = math.min(w.remaining, remaining)
    w.ends_at = math.min(w.ends_at, ends_at)
    w.lasts_until = math.max(w.lasts_until, lasts_until)
  end
end

local function leave(id)
  redis.call('ZREM', queue_key, id)
  redis.call('ZREM', alive_key, id)
  redis.call('HDEL', weight_key, id)
end

local function wait_in_queue(id, tasks, score, seconds)
  redis.call('ZADD', queue_key, score, id)
  redis.call('ZADD', alive_key, now + seconds + GRACE, id)
  redis.call('HSET', weight_key, id, tasks)
end

local is_known = now < w.ends_at
local granted, wait, until_reset = 0, 0, 0
if ticket ~= 'report' then
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', alive_key, '-inf', now, 'LIMIT', 0, 100)) do
    leave(id)
  end
  local score = now - age + (is_batch and BATCH_OFFSET or 0)
  local room = is_known and w.remaining or 1
  if is_known and is_batch then
    room = math.min(room - math.ceil(reserve * w.limit),
                    math.max(1, math.floor(share * w.limit)) - w.batch_used)
  end
  local ahead = 0
  local before = redis.call('ZRANGEBYSCORE', queue_key, '-inf', string.format('(%.0f', score),
                            'LIMIT', 0, math.max(2, room + 1))
  for _, id in ipairs(before) do
    if ahead >= room then break end
    if id ~= ticket then ahead = ahead + tonumber(redis.call('HGET', weight_key, id) or 1) end
  end
  local probe_wait = is_known and 0 or w.probed_at + PROBE_TIMEOUT - now
  if ahead < room and probe_wait <= 0 then
    granted = 1
    count_permit()
    if is_known then
      w.remaining = w.remaining - 1
      if is_batch then w.batch_used = w.batch_used + 1 end
    else
      w.remaining, w.probed_at = 0, now
    end
    -- The tasks behind this one keep their position until the process asks for them.
    if weight > 1 then wait_in_queue(ticket, weight - 1, score, 0) else leave(ticket) end
  else
    -- Processes ask one after the other, not all at once.
    local rank = redis.call('ZCOUNT', queue_key, '-inf', string.format('(%.0f', score))
    if is_known and room < 1 then
      until_reset = w.ends_at - now
      if until_reset > 1500 and rank < w.limit then
        -- Ask again a second before the end: responses may have shown that it comes sooner.
        wait = until_reset - 1000
      else
        wait = until_reset + math.min(rank, MAX_SPREAD)
      end
    else
      wait = math.min(20 + rank, 1000)
    end
    wait_in_queue(ticket, weight, score, wait)
  end
end

local values = {}
for _, name in ipairs(names) do
  values[#values + 1] = name
  values[#values + 1] = string.format('%.0f', w[name])
end
redis.call('HSET', window_key, unpack(values))
local expiry = math.max(0, w.ends_at - now) + 60000
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, expiry) end
return {granted, is_known and 0 or 1, now, wait, until_reset}
"""
