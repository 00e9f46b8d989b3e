--- A look at a script before it runs: `and` and `or` between queries, which Lua would drop in silence.
local core = require "newsreel.core"

local lint = {}

-- ---- Lua source as a list of tokens: {kind, text, at} ----

-- Compiled at first use: few scripts have either word.
local function new_tokens()
  local lpeg = require "lpeg"
  local P, R, S, C, Cc, Cg, Cp, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cc, lpeg.Cg, lpeg.Cp, lpeg.Ct
  local level = P "[" * Cg(P "=" ^ 0, "level") * "["
  local closing = lpeg.Cmt(C("]" * P "=" ^ 0 * "]") * lpeg.Cb "level", function(_, _, close, equals)
    return #close == #equals + 2
  end)
  local long = level * (1 - closing) ^ 0 * closing / 0
  local quoted = P '"' * (P "\\" * 1 + (1 - S '"\\\n')) ^ 0 * '"' + P "'" * (P "\\" * 1 + (1 - S "'\\\n")) ^ 0 * "'"
  local name = (R("az", "AZ") + "_") * (R("az", "AZ", "09") + "_") ^ 0
  local number = R "09" * (R("09", "az", "AZ") + ".") ^ 0
  local function token(kind, body)
    return Ct(Cc(kind) * C(body) * Cp())
  end
  return Ct((S " \t\r\n\f\v" ^ 1
    + P "--" * (long + (1 - P "\n") ^ 0)
    + token("string", quoted + long)
    + token("name", name)
    + token("number", number)
    + token("sign", P "..." + ".." + "==" + "~=" + "<=" + ">=" + "//" + "::" + "<<" + ">>" + 1)) ^ 0)
end

local tokens

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

-- Methods that only queries have, and names by which corpora are made.
local query_methods, makers = {}, {}
local METHODS = [[within outside containing lacking near before after followed_by joined expand window flip actors
  lexicon layer]]
for method in METHODS:gmatch "%S+" do
  query_methods[method] = true
end
for maker in ("open create memory during only"):gmatch "%S+" do
  makers[maker] = true
end

---Note which names hold a corpus: those that something with a maker's name is given to.
local function note_corpora(list, corpora)
  for i, at in ipairs(list) do
    if at[2] == "=" and list[i - 1][1] == "name" then
      local last = i + 1
      while list[last] and (list[last][1] == "name" or list[last][2]:find "^[.:]$") do
        if makers[list[last][2]] then
          corpora[list[i - 1][2]] = true
        end
        last = last + 1
      end
    end
  end
end

---Is the call of the name at token `i` a query?
local function is_query(list, i, corpora)
  local caller = list[i]
  if not caller or caller[1] ~= "name" then
    return false
  elseif (list[i - 1] or {})[2] == ":" then
    return query_methods[caller[2]] or caller[2] == "find" and corpora[(list[i - 2] or {})[2]] or false
  end
  return corpora[caller[2]] and (list[i - 1] or {})[2] ~= "."
end

---Does a query end at token `i`?
local function query_ends(list, i, corpora)
  local at = list[i]
  if at and at[1] == "string" then
    return is_query(list, i - 1, corpora)
  end
  return at and at[2] == ")" and is_query(list, before_brackets(list, i), corpora)
end

---Does a query start at token `i`?
local function query_starts(list, i, corpora)
  local at, follows = list[i], list[i + 1]
  if not at or at[1] ~= "name" or not follows then
    return false
  end
  return follows[2] == ":" and is_query(list, i + 2, corpora) or follows[1] == "string" and is_query(list, i, corpora)
end

---Find `and` and `or` between queries.
---@param source string
---@param corpora? table<string, boolean> names that hold a corpus, added to
---@return {line: integer, word: string}[]
function lint.check(source, corpora)
  if not corpora and not source:find "%f[%w]and%f[%W]" and not source:find "%f[%w]or%f[%W]" then
    return {}
  end
  tokens = tokens or new_tokens()
  local list, found = tokens:match(source) or {}, {}
  corpora = corpora or {}
  note_corpora(list, corpora)
  for i, at in ipairs(list) do
    local joins = at[1] == "name" and (at[2] == "and" or at[2] == "or")
    if joins and query_ends(list, i - 1, corpora) and query_starts(list, i + 1, corpora) then
      local _, lines = source:sub(1, at[3]):gsub("\n", "")
      found[#found + 1] = { line = lines + 1, word = at[2] }
    end
  end
  return found
end

local advice = {
  ["or"] = "'or' between queries keeps the first one alone; write a | b for the hits of both",
  ["and"] = "'and' between queries keeps the second one alone; write a:near(b) or a:within(b), or one pattern",
}

---Warn of what `check` finds.
---@param source string
---@param place string
---@param corpora? table<string, boolean>
function lint.tell(source, place, corpora)
  for _, mistake in ipairs(lint.check(source, corpora)) do
    core.tell("warning", ("%s:%d: %s"):format(place, mistake.line, advice[mistake.word]))
  end
end

return lint
