-- Takes from a token bucket. KEYS: the bucket. ARGV: microseconds a token, burst, cost.
-- Kept is one number: the instant at which the bucket is full again, in microseconds of this server's clock, so
-- that replicas need not agree on the time. Answers granted (1 or 0), tokens left, and microseconds to wait.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local span = interval * burst
local full_at = tonumber(redis.call('GET', KEYS[1]) or now)
-- Never fuller than full, nor emptier than empty: a clock that was set back does harm for one span at most.
full_at = math.max(now, math.min(full_at, now + span))
local cost = math.min(tonumber(ARGV[3]), burst)
local empty = full_at + cost * interval - now
if empty > span then
  return {0, 0, empty - span}
end
if cost > 0 then
  -- Not tostring: it keeps 14 digits, and an instant has 16. A full bucket needs no key.
  redis.call('SET', KEYS[1], string.format('%.0f', now + empty), 'PX', math.ceil(empty / 1000))
end
return {1, math.floor((span - empty) / interval), empty}
