-- Never ends: the pool goes on without it.
while true do
end
