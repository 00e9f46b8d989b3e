--- newsreel dump CORPUS
local core = require "newsreel.core"

local dump = {}

local verb = {
  usage = "dump CORPUS [--during PERIOD] [--where NAME=VALUE]",
  about = [[
Write all articles as JSON Lines: id, date, title, text and every other field. 'newsreel add' reads
them back.

  newsreel dump talks.reel > talks.jsonl
  newsreel dump talks.reel --during 2025-09 | newsreel add september.reel -
]],
  options = { ["--during"] = "value", ["--where"] = "list" },
  least = 1,
  most = 1,
}

---An article as a table for JSON.
---@param article newsreel.Article
---@return table
function dump.record(article)
  local record = article:fields()
  record.id, record.title, record.text = article.id, article.title, article.text
  -- Undated: what was written in place of a day, else "", so that add does not look for one again.
  record.date = article.date or article.date_evidence or ""
  local repairs = article:repairs()
  if #repairs > 0 then
    record.repairs = {}
    for i, repair in ipairs(repairs) do
      record.repairs[i] = { at = repair.at - 1, bytes = { repair.bytes:byte(1, -1) } }
    end
  end
  return record
end

setmetatable(dump, {
  __call = function(_, ...)
    local arguments = require "newsreel.cli.arguments"
    local given, status = arguments.read(verb, ...)
    if not given then
      return status
    end
    local corpus <close> = require("newsreel").open(given[1])
    for article in core.each_article(arguments.view(corpus, given)) do
      core.write(core.json.encode(dump.record(article)) .. "\n")
    end
  end,
})

return dump
