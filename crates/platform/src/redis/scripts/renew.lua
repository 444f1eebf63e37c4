-- Begins a term anew. KEYS: the leader. ARGV: the fence, milliseconds. Answers whether it was still this leader's.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
