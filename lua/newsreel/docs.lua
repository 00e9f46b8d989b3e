--- What our modules say about themselves: classes, fields and functions, read from their comments.
local core = require "newsreel.core"

local docs = {}

-- Which module tells of a class, and which of its tables holds the class's methods.
local MODULES = {
  ["newsreel.Corpus"] = "newsreel.corpus",
  ["newsreel.Spans"] = "newsreel.spans",
  ["newsreel.Frame"] = "newsreel.frame",
  ["newsreel.Article"] = "newsreel.article",
  ["newsreel.Hit"] = "newsreel.spans",
  ["newsreel.Row"] = "newsreel.frame",
  ["newsreel.Grouping"] = "newsreel.grouping",
  ["newsreel"] = "newsreel",
}
---The classes, in the order of the reference.
docs.order = { "newsreel", "newsreel.Corpus", "newsreel.Spans", "newsreel.Frame", "newsreel.Grouping",
  "newsreel.Article", "newsreel.Hit", "newsreel.Row" }

---Everything that one module documents: classes with text and fields, functions with text and tags.
local function parse(source)
  local found, comment = { functions = {}, classes = {} }, {}
  local class
  for line in source:gmatch "[^\n]*" do
    local text = line:match "^%-%-%-(.*)$"
    if text then
      local name = text:match "^@class%s+([%w.]+)"
      if name then
        class = { name = name, fields = {}, text = table.concat(comment, "\n") }
        found.classes[name], comment = class, {}
      elseif text:match "^@field%s+%w" and class then
        local field, rest = text:match "^@field%s+([%w_]+)%??%s*(.*)$"
        class.fields[#class.fields + 1] = { name = field, text = rest }
      elseif not text:match "^@operator" and not text:match "^@field" then
        comment[#comment + 1] = text
      end
    else
      local owner, sign, name, arguments = line:match "^function ([%w_]+)([.:])([%w_]+)(%b())"
      if owner and #comment > 0 then
        found.functions[#found.functions + 1] =
          { owner = owner, sign = sign, name = name, arguments = arguments, comment = comment }
      end
      comment = {}
      class = line:match "^%s*$" and class or nil
    end
  end
  return found
end

local parsed = {}

local function module_docs(module)
  parsed[module] = parsed[module] or parse(core.source(module) or "")
  return parsed[module]
end

---The lines of a comment without its tags.
---@param comment string[]
---@return string[]
function docs.plain_lines(comment)
  local text = {}
  for _, line in ipairs(comment) do
    if not line:match "^@" then
      text[#text + 1] = line
    end
  end
  return text
end

---The first sentence of a comment.
---@param comment string[]
---@return string
function docs.first_sentence(comment)
  local text = table.concat(docs.plain_lines(comment), " ")
  return text:match "^(.-[.:])%s" or text:match "^(.-)%.?$" or text
end

-- Which table of a module stands for which class.
docs.owners = { corpus = "newsreel.Corpus", spans = "newsreel.Spans", frame = "newsreel.Frame",
  article = "newsreel.Article", row = "newsreel.Row", grouping = "newsreel.Grouping", newsreel = "newsreel" }

---The documented functions of a class, in the order of its module.
---@param class string
---@return {sign: string, name: string, arguments: string, comment: string[]}[]
function docs.functions(class)
  local list = {}
  for _, one in ipairs(module_docs(MODULES[class]).functions) do
    if docs.owners[one.owner] == class then
      list[#list + 1] = one
    end
  end
  return list
end

---What a class says of itself, and its fields; nil where none is known.
---@param class string
---@return {text: string, fields: {name: string, text: string}[]}?
function docs.class(class)
  return MODULES[class] and module_docs(MODULES[class]).classes[class]
end

-- ---- the reference ----

local function field_line(field)
  local kind, text = field.text:match "^(%S+)%s*#?%s*(.*)$"
  return ("- `.%s` (%s)%s"):format(field.name, kind or field.text, text and text ~= "" and ": " .. text or "")
end

local function write_function(out, class, one)
  local lead = class == "newsreel" and "newsreel" or class:match "%.(%w+)$":lower()
  out[#out + 1] = ("### %s%s%s%s\n"):format(lead, one.sign, one.name, one.arguments)
  out[#out + 1] = table.concat(docs.plain_lines(one.comment), "\n") .. "\n"
  for _, line in ipairs(one.comment) do
    local name, rest = line:match "^@param%s+(%S+)%s+(.*)$"
    local result = line:match "^@return%s+(.*)$"
    if name then
      out[#out + 1] = ("- `%s`: %s"):format(name, rest)
    elseif result then
      out[#out + 1] = "- gives " .. result
    end
  end
  out[#out + 1] = ""
end

---The reference of everything a script can call, in Markdown.
---@return string
function docs.markdown()
  local out = {
    "# What a script can call\n",
    "Made from the comments in `lua/newsreel/` by",
    '`newsreel -e \'io.open("lua/README.md", "w"):write(require("newsreel.docs").markdown())\'`;',
    "a test holds it up to date. At the prompt `help(x)` shows the same.\n",
  }
  for _, class in ipairs(docs.order) do
    local about = docs.class(class)
    out[#out + 1] = ("## %s\n"):format(class)
    if about and about.text ~= "" then
      out[#out + 1] = about.text .. "\n"
    end
    for _, field in ipairs(about and about.fields or {}) do
      out[#out + 1] = field_line(field)
    end
    out[#out + 1] = ""
    for _, one in ipairs(docs.functions(class)) do
      write_function(out, class, one)
    end
  end
  return (table.concat(out, "\n"):gsub("\n\n\n+", "\n\n"))
end

return docs
