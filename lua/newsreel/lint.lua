--- A look at a script before it runs: `and` and `or` between queries, which Lua would drop in silence.
local lpeg = require "lpeg"
local core = require "newsreel.core"

local P, R, S, C, Cmt = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cmt
local Cb, Cc, Cg, Cp, Ct = lpeg.Cb, lpeg.Cc, lpeg.Cg, lpeg.Cp, lpeg.Ct

local lint = {}

-- ---- Lua source as a list of tokens: {kind, text, at} ----

local level = P "[" * Cg(P "=" ^ 0, "level") * "["
local closing = Cmt(C("]" * P "=" ^ 0 * "]") * Cb "level", function(_, _, close, equals)
  return #close == #equals + 2
end)
local long = level * (1 - closing) ^ 0 * closing / 0
local quoted = P '"' * (P "\\" * 1 + (1 - S '"\\\n')) ^ 0 * '"' + P "'" * (P "\\" * 1 + (1 - S "'\\\n")) ^ 0 * "'"
local name = (R("az", "AZ") + "_") * (R("az", "AZ", "09") + "_") ^ 0
local number = R "09" * (R("09", "az", "AZ") + ".") ^ 0

local function token(kind, body)
  return Ct(Cc(kind) * C(body) * Cp())
end

local tokens = Ct((S " \t\r\n\f\v" ^ 1
  + P "--" * (long + (1 - P "\n") ^ 0)
  + token("string", quoted + long)
  + token("name", name)
  + token("number", number)
  + token("sign", P "..." + ".." + "==" + "~=" + "<=" + ">=" + "//" + "::" + "<<" + ">>" + 1)) ^ 0)

---Skip from a closing bracket back to what stands before its opening one.
local function before_brackets(list, i)
  local depth = 0
  while i >= 1 do
    local text = list[i][2]
    if list[i][1] == "sign" and (text == ")" or text == "}") then
      depth = depth + 1
    elseif list[i][1] == "sign" and (text == "(" or text == "{") then
      depth = depth - 1
      if depth == 0 then
        return i - 1
      end
    end
    i = i - 1
  end
  return 0
end

local query_methods = {
  find = true, within = true, outside = true, containing = true, lacking = true, near = true, before = true,
  after = true, actors = true, lexicon = true, layer = true, followed_by = true,
}
local keywords = {
  ["and"] = true, ["or"] = true, ["not"] = true, ["return"] = true, ["if"] = true, ["then"] = true, ["do"] = true,
  ["while"] = true, ["in"] = true, ["until"] = true, ["elseif"] = true, require = true, error = true, assert = true,
  print = true, type = true, tostring = true,
}
-- What the words of a statement begin.
local CLAUSE = {
  ["if"] = "condition", ["elseif"] = "condition", ["while"] = "condition", ["until"] = "condition",
  ["not"] = "condition", ["then"] = "body", ["do"] = "body", ["else"] = "body", ["end"] = "body",
  ["local"] = "body", ["return"] = "body", ["="] = "body",
}

---Does a query end at token `i`? The name it is called by, or nil.
local function query_ends(list, i)
  local at = list[i]
  if not at then
    return nil
  elseif at[1] == "string" then
    local caller = list[i - 1]
    return caller and caller[1] == "name" and not keywords[caller[2]] and (list[i - 2] or {})[2] ~= "." and caller[2]
  elseif at[2] == ")" then
    local caller = list[before_brackets(list, i)]
    return caller and caller[1] == "name" and query_methods[caller[2]] and caller[2]
  end
end

---Does a query start at token `i`, called by one of these names?
local function query_starts(list, i)
  local at, follows = list[i], list[i + 1]
  if not at or at[1] ~= "name" or keywords[at[2]] or not follows then
    return nil
  end
  local method = follows[2] == ":" and list[i + 2]
  return follows[1] == "string" and at[2] or method and query_methods[method[2]] and method[2]
end

---Is token `i` in a condition, where only yes or no counts? Strings are searched there: `if a:find "x" and b:find "y"`.
local function in_condition(list, i)
  for back = i - 1, 1, -1 do
    local kind = CLAUSE[list[back][2]]
    if kind and list[back][1] ~= "string" then
      return kind == "condition"
    end
  end
  return false
end

---Find `and` and `or` between queries.
---@param source string
---@return {line: integer, word: string}[]
function lint.check(source)
  local list, found = tokens:match(source) or {}, {}
  for i, at in ipairs(list) do
    local joins = at[1] == "name" and (at[2] == "and" or at[2] == "or")
    if joins and query_ends(list, i - 1) and query_starts(list, i + 1) and not in_condition(list, i) then
      local _, lines = source:sub(1, at[3]):gsub("\n", "")
      found[#found + 1] = { line = lines + 1, word = at[2] }
    end
  end
  return found
end

local ADVICE = {
  ["or"] = "'or' between queries keeps the first one alone; write a | b for the hits of both",
  ["and"] = "'and' between queries keeps the second one alone; "
    .. "write a:near(b) or a:within(\"sentences\"), or one pattern",
}

---Warn of what `check` finds.
---@param source string
---@param place string
function lint.tell(source, place)
  for _, mistake in ipairs(lint.check(source)) do
    core.tell("warning", ("%s:%d: %s"):format(place, mistake.line, ADVICE[mistake.word]))
  end
end

return lint
