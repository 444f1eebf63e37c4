-- Asks for a role. KEYS: its leader, its last fence. ARGV: milliseconds of a term. Answers 0 or the new fence.
if redis.call('EXISTS', KEYS[1]) == 1 then
  return 0
end
-- Counting alone would begin at 1 again after a loss of memory; the time is past every fence that was given out.
local time = redis.call('TIME')
local last = tonumber(redis.call('GET', KEYS[2]) or 0)
local fence = math.max(last + 1, time[1] * 1000000 + time[2])
local text = string.format('%.0f', fence)
redis.call('SET', KEYS[2], text)
redis.call('SET', KEYS[1], text, 'PX', ARGV[1])
return fence
