-- Keeps a session. KEYS: the session, the workspace's told number, the person's.
-- ARGV: the two numbers, milliseconds to keep the session, milliseconds to keep the numbers, person, content.
for place = 1, 2 do
  if tonumber(ARGV[place]) < tonumber(redis.call('GET', KEYS[place + 1]) or 0) then
    return 0
  end
end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[4])
redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[4])
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'workspace', ARGV[1], 'version', ARGV[2], 'person', ARGV[5], 'sealed', ARGV[6])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
