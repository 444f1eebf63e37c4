-- Finds a session, and gives it more time if asked to. KEYS: the session, the workspace's told number.
-- ARGV: the beginning of a person's told number's key, milliseconds to keep the session (0: as it is),
-- milliseconds to keep the numbers. Answers nothing, or person, the two numbers, content.
local kept = redis.call('HMGET', KEYS[1], 'person', 'workspace', 'version', 'sealed')
if not kept[1] then
  return {}
end
-- The person stands in the session, so this key cannot be named beforehand; its braces keep it in the same slot.
local persons = ARGV[1] .. kept[1]
local told = redis.call('MGET', KEYS[2], persons)
-- A number that was evicted may have been a higher one: without it the session does not count.
for place = 1, 2 do
  if not told[place] or tonumber(kept[place + 1]) < tonumber(told[place]) then
    redis.call('DEL', KEYS[1])
    return {}
  end
end
if ARGV[2] ~= '0' then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  redis.call('PEXPIRE', KEYS[2], ARGV[3])
  redis.call('PEXPIRE', persons, ARGV[3])
end
return kept
