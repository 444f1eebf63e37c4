-- Ends a term. KEYS: the leader. ARGV: the fence. Another's term is left alone.
if redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('DEL', KEYS[1])
end
return 1
