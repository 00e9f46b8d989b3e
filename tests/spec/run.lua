-- Runs the specs named as arguments with luaunit; the last line is "N passed, N failed".
--   build/bin/newsreel run tests/spec/run.lua tests/spec/*_spec.lua
local lu = require "luaunit"

for _, path in ipairs(arg) do
  assert(loadfile(path))(path) -- a spec that gets its name leaves the running to us
end

local runner = lu.LuaUnit.new()
runner:setOutputType "text"
runner:runSuite "--verbose"
local result = runner.result
local failed = result.failureCount + result.errorCount
print(("%d passed, %d failed"):format(result.successCount, failed))
os.exit(failed == 0)
