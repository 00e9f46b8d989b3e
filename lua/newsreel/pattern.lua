--- Patterns: what an analyst types to find words, read into a tree.
--
--   pattern  = sequence , { "|" , sequence } ;
--   sequence = item , { item } ;
--   item     = "(" , pattern , ")" | gap | actor | layer | regex | stem | literal | piece ;
--   gap      = "." | ".{" , number , [ "," , number ] , "}" ;   any token, m to n tokens
--   actor    = "@" , ( word | string ) ;                        by any alias of the loaded lists
--   layer    = "<" , name , ">" ;                               a span of that layer
--   regex    = "/" , text , "/" ;                               over whole folded words; \/ inside
--   stem     = "stem:" , word ;                                 words with the same stem
--   literal  = [ "=" ] , string ;                               nothing in it is special
--   piece    = [ "=" ] , text without space , "|" , "(" , ")" ; * and ? stand for letters
--   string   = '"' , text , '"' ;
--
-- A piece is cut into tokens exactly as the text of an article is; several tokens are a phrase.
-- "=" asks for this spelling; else case, accents and the shape of apostrophes are ignored.
-- `@ < / . stem:` are special at the start of a piece only. Punctuation is not searched, but signs that
-- mean something elsewhere ([ ] { } and ! in front) are refused outside of quotes, so that nobody is misled.
local core = require "newsreel.core"

local pattern = {}

local NESTING_MAX = 100
local GAP_MAX = 1000

-- ---- from text to lexemes ----

-- LPeg takes longer to compile it than an engine to start.
local function new_lexer()
  local lpeg = require "lpeg"
  local P, R, S, C, Cc, Cp, Ct, Cg = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cc, lpeg.Cp, lpeg.Ct, lpeg.Cg
  local space = S " \t\r\n\f\v" + P "\194\160"
  local border = space + S "|()" + -1
  local number = C(R "09" ^ 1)
  local function lexeme(kind, body)
    return Ct(Cg(Cp(), "at") * Cg(Cc(kind), "kind") * body * Cg(Cp(), "after"))
  end
  local function text(body)
    return Cg(body, "text")
  end
  local string = P '"' * text(C((1 - P '"') ^ 0)) * '"'
  local regex_text = lpeg.Cs((P "\\/" / "/" + P "\\" * 1 + (1 - S "/\\")) ^ 1)
  local piece_text = C((1 - border) ^ 1)
  local gap_bounds = P "{" * Cg(number ^ -1, "min") * (Cg(C ",", "comma") * Cg(number ^ -1, "max")) ^ -1 * "}"

  return Ct((space ^ 1
    + lexeme("(", "(") + lexeme(")", ")") + lexeme("|", "|")
    + lexeme("gap", "." * gap_bounds * #border)
    + lexeme("gap", "." * #border)
    + lexeme("actor", "@" * string)
    + lexeme("actor", "@" * text(piece_text))
    + lexeme("layer", "<" * text(C((1 - S "<>" - space) ^ 1)) * ">")
    + lexeme("regex", "/" * text(regex_text) * "/" * #border)
    + lexeme("stem", "stem:" * text(piece_text))
    + lexeme("exact", "=" * string)
    + lexeme("literal", string)
    + lexeme("unclosed", C(P '@"' + '="' + '"' + "/" + ".{"))
    + lexeme("bare", C(S "@<=" + P "stem:") * #border)
    + lexeme("unclosed", C "<")
    + lexeme("exact", "=" * text(piece_text))
    + lexeme("piece", text(piece_text))) ^ 0)
end

local lexer

local function lexemes(source)
  lexer = lexer or new_lexer()
  return lexer:match(source)
end

-- ---- mistakes ----

local SHOWN_BEFORE, SHOWN_AFTER = 60, 40 -- bytes of a long pattern around the caret

---The part of a long pattern around byte `at`, whole characters only; and where that byte is in it.
local function excerpt(source, at)
  local first, last = math.max(1, at - SHOWN_BEFORE), math.min(#source, at + SHOWN_AFTER)
  while first > 1 and source:find("^[\128-\191]", first) do
    first = first - 1
  end
  while last < #source and source:find("^[\128-\191]", last + 1) do
    last = last + 1
  end
  local head = first > 1 and "..." or ""
  return head .. source:sub(first, last) .. (last < #source and "..." or ""), at - first + 1 + #head
end

---Raise with the pattern and a caret under byte `at`.
local function mistake(source, at, message)
  local shown, place = excerpt(source:gsub("%c", " "), at)
  core.raise(("%s:\n  %s\n  %s^"):format(message, shown, (" "):rep(core.width(shown:sub(1, place - 1)))))
end

local unclosed = {
  ['"'] = 'this quotation mark is not closed; write "..." around words taken as they stand',
  ['@"'] = 'this name is not closed; write @"..."',
  ['="'] = 'this quotation mark is not closed; write ="..."',
  ["/"] = "this regular expression is not closed; write /.../",
  [".{"] = 'a gap is written .{0,3}: at least 0, at most 3 tokens',
  ["<"] = "a layer is written <dates>",
}
local bare = {
  ["@"] = 'a name is wanted behind @, as in @Putin or @"Marco Rubio"',
  ["="] = "a word is wanted behind =, as in =US",
  ["<"] = "a layer is written <dates>",
  ["stem:"] = "a word is wanted behind stem:, as in stem:negotiate",
}

-- ---- from pieces to words ----

-- Wildcards are letters while a piece is cut into tokens, so that they hang on to their word.
local STAR, MARK = "\u{A66E}", "\u{A500}"

local function has_wildcard(form)
  return form:find(STAR, 1, true) or form:find(MARK, 1, true)
end

---The words of a piece as nodes: exact spellings, globs or folded forms.
local function words(piece, exact, wild)
  local nodes, last = {}, nil
  if wild then
    piece = piece:gsub("%*", STAR):gsub("%?", MARK)
  end
  for _, token in ipairs(core.tokens(piece)) do
    if token.form then
      local text_found = exact and token.text or token.form
      local node = { kind = exact and "surface" or "form", text = text_found, joined = token.joined }
      if wild and has_wildcard(node.text) then
        if exact then
          return nil, "* and ? can't stand behind =; leave out the = or the wildcard"
        end
        node.kind, node.text = "glob", node.text:gsub("[\\*?]", "\\%0"):gsub(STAR, "*"):gsub(MARK, "?")
      end
      nodes[#nodes + 1], last = node, node
    end
  end
  if last then
    last.joined = nil
  end
  return nodes
end

-- Signs that are operators elsewhere, and how a pattern says it.
local foreign = {
  ["["] = "[ ] is no part of patterns; write (a|b) for one of several, or put quotes around it",
  ["{"] = "a repeat goes with a gap, as in talks .{0,2} paused",
  ["!"] = '! is no part of patterns; in Lua, c.sentences:containing "talks":lacking "paused" leaves sentences out',
}
foreign["]"], foreign["}"] = foreign["["], foreign["{"]

local function check_signs(lex, source)
  local at = lex.text:find "[%[%]{}]" or lex.text:find "^!"
  if at then
    mistake(source, lex.at + at - 1, foreign[lex.text:sub(at, at)])
  end
end

local readers = {}

function readers.piece(lex, source)
  if lex.kind == "piece" then
    check_signs(lex, source)
  end
  local wild = lex.text:find "[*?]"
  local nodes, message = words(lex.text, lex.kind == "exact", wild)
  if not nodes then
    mistake(source, lex.at, message)
  end
  return nodes
end

function readers.exact(lex, source)
  return readers.piece(lex, source)
end

function readers.literal(lex)
  return (words(lex.text, false, false))
end

function readers.stem(lex, source)
  local nodes = words(lex.text, false, false)
  if #nodes ~= 1 or lex.text:find "[*?]" then
    mistake(source, lex.at, "stem: takes one word without wildcards")
  end
  nodes[1].kind = "stem"
  return nodes
end

function readers.gap(lex, source)
  local least = tonumber(lex.min) or (lex.comma and 0) or 1
  local most = tonumber(lex.max) or (not lex.comma and least)
  if not most then
    mistake(source, lex.at, "this gap has no end; write .{" .. least .. "," .. least + 3 .. "}")
  elseif most < least then
    mistake(source, lex.at, ("this gap ends before it starts; write .{%d,%d}"):format(most, least))
  elseif most > GAP_MAX then
    mistake(source, lex.at, "a gap has at most " .. GAP_MAX .. " tokens")
  end
  return { { kind = "gap", min = least, max = most } }
end

function readers.regex(lex)
  return { { kind = "regex", text = lex.text } }
end

function readers.actor(lex)
  return { { kind = "actor", text = lex.text, at = lex.at } }
end

function readers.layer(lex)
  return { { kind = "layer", text = lex.text, at = lex.at } }
end

-- ---- from lexemes to the tree ----

local function joined_node(kind, nodes)
  if #nodes == 1 then
    return nodes[1]
  end
  nodes.kind = kind
  return nodes
end

local read_choice

local function read_sequence(state, depth)
  local nodes, start = {}, state.next
  while true do
    local lex = state[state.next]
    if not lex or lex.kind == "|" or lex.kind == ")" then
      break
    end
    state.next = state.next + 1
    if lex.kind == "(" then
      nodes[#nodes + 1] = read_choice(state, depth + 1, lex)
    else
      for _, node in ipairs(readers[lex.kind](lex, state.source)) do
        nodes[#nodes + 1] = node
      end
    end
  end
  if #nodes == 0 then
    local lex = state[start] or { at = #state.source + 1 }
    mistake(state.source, lex.at, state.next > start and "there is no word here: punctuation alone is not searched"
      or "a word is wanted here")
  end
  return joined_node("sequence", nodes)
end

function read_choice(state, depth, open)
  if depth > NESTING_MAX then
    mistake(state.source, open.at, "brackets are nested more than " .. NESTING_MAX .. " deep")
  end
  local nodes = { read_sequence(state, depth) }
  while state[state.next] and state[state.next].kind == "|" do
    state.next = state.next + 1
    nodes[#nodes + 1] = read_sequence(state, depth)
  end
  local close = state[state.next]
  if open and not close then
    mistake(state.source, open.at, "this bracket is not closed")
  elseif not open and close then
    mistake(state.source, close.at, "this bracket was never opened")
  end
  state.next = state.next + 1
  return joined_node("choice", nodes)
end

---Read a pattern into a tree of {kind =, ...}; raises with a caret under the mistake.
---@param source string
---@return table
function pattern.parse(source)
  if type(source) ~= "string" then
    core.raise("a pattern is a text in quotes, not a " .. type(source))
  end
  local state = lexemes(source)
  state.source, state.next = source, 1
  for _, lex in ipairs(state) do
    local wrong = lex.kind == "unclosed" and unclosed or lex.kind == "bare" and bare
    if wrong then
      mistake(source, lex.at, wrong[lex[1]])
    end
  end
  if #state == 0 then
    core.raise 'the pattern is empty; write c "talks" to find a word'
  end
  return (read_choice(state, 0))
end

-- Operators of other query languages: words or nothing here, so they are noted, not refused.
local operators = {
  ["&"] = '& is not searched; for both in one sentence write c"talks":near "peace"',
  AND = 'AND is searched as a word; for both in one sentence write c"talks":near "peace"',
  OR = "OR is searched as a word; write talks|peace",
  NOT = 'NOT is searched as a word; c.sentences:containing "talks":lacking "peace" leaves sentences out',
}

---What an analyst should know of a pattern that is right but may not mean what it looks like.
---@param source string
---@return string?
function pattern.note(source)
  for _, lex in ipairs(lexemes(source)) do
    if lex.kind == "piece" and operators[lex.text] then
      return operators[lex.text]
    end
  end
end

---Raise a mistake at a node of a tree that `pattern.parse` made from `source`.
function pattern.mistake(source, node, message)
  mistake(source, node.at, message)
end

---Read one entry of a list: words in a row, with * ? and . for any word; `=` and quotes as in patterns.
---@param source string
---@return table # list of nodes
function pattern.entry(source)
  local nodes = pattern.parse(source)
  nodes = nodes.kind == "sequence" and nodes or { nodes }
  for i, node in ipairs(nodes) do
    if node.kind == "gap" and node.min == 1 and node.max == 1 then
      nodes[i] = { kind = "glob", text = "*" }
    elseif node.kind ~= "form" and node.kind ~= "surface" and node.kind ~= "glob" then
      core.raise(("an entry of a list is words in a row; '%s' has more than that"):format(source))
    end
  end
  return nodes
end

---A tree in one line, for tests and `explain`.
---@param node table
---@return string
function pattern.show(node)
  local tail = node.joined and "~" or ""
  if node.kind == "sequence" or node.kind == "choice" then
    local parts = {}
    for i, child in ipairs(node) do
      parts[i] = pattern.show(child)
    end
    return (node.kind == "choice" and "{" or "[") .. table.concat(parts, node.kind == "choice" and " | " or " ")
      .. (node.kind == "choice" and "}" or "]")
  elseif node.kind == "gap" then
    return (".{%d,%d}"):format(node.min, node.max)
  elseif node.kind == "form" then
    return node.text .. tail
  end
  return node.kind .. ":" .. node.text .. tail
end

return pattern
