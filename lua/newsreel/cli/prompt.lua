--- The prompt: what a typed line means.
local core = require "newsreel.core"

local prompt = {}

local pending -- the lines of a statement that is not whole yet, or nil

local function show(first, ...)
  if first ~= nil or select("#", ...) > 0 then
    print(first, ...)
  end
end

local function unfinished(message)
  return message:sub(-5) == "<eof>"
end

---Run `text` as an expression, else as statements; true when it wants more lines.
local function run(text)
  local ok, f = pcall(core.load_string, "return " .. text, "prompt")
  if not ok then
    ok, f = pcall(core.load_string, text, "prompt")
  end
  if ok then
    show(f())
  elseif unfinished(f) then
    return true
  else
    error(f, 0)
  end
  return false
end

local asked = {}

---A line came; 1 when the statement goes on, 0 when it has been run.
function asked.line(line)
  local text = pending and pending .. "\n" .. line or line
  pending = nil
  if text:match "^%s*$" then
    return 0
  elseif run(text) then
    pending = text
    return 1
  end
  return 0
end

---Answer the terminal: `what` is "line".
function prompt.ask(what, ...)
  return asked[what](...)
end

return prompt
