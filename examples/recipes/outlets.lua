-- Which words set one outlet apart from another?
local c = newsreel.open(arg[1])
local wire, port = c:where { source = "Harbour Wire" }, c:where { source = "Port & Plain" }
wire:keyness(port):print(5)
c "sanction*":by("source"):per(1000):print()
