-- Tells a number. KEYS: the told number. ARGV: the number, milliseconds to keep it. A lower one changes nothing.
if tonumber(ARGV[1]) >= tonumber(redis.call('GET', KEYS[1]) or 0) then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
end
return 1
