-- Numbers an invalidation and tells it, in one order for everybody. KEYS: the number. ARGV: the channel, the
-- version of the message, what is stale.
local number = redis.call('INCR', KEYS[1])
redis.call('PUBLISH', ARGV[1], ARGV[2] .. ' ' .. number .. ' ' .. ARGV[3])
return number
