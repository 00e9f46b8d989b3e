--- newsreel dump CORPUS
local core = require "newsreel.core"
local arguments = require "newsreel.cli.arguments"
local newsreel = require "newsreel"

local dump = {
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

---The blocks of an article that reading its text again would not give: where markup made some of them, or
---where lines belong together. Bytes of the text, end out, kind; a reason stands behind those in the margin.
---@param article newsreel.Article
---@return table?
function dump.blocks(article)
  local blocks, marked, text = {}, false, article.text
  for i, block in ipairs(article:blocks()) do
    marked = marked or block.reason == "markup" or block.reason == "links"
      or text:find("\n", block.first, true) and text:find("\n", block.first, true) < block.last
    blocks[i] = { block.first - 1, block.last, block.kind, block.margin and block.reason or nil }
  end
  return marked and blocks or nil
end

---An article as a table for JSON.
---@param article newsreel.Article
---@return table
function dump.record(article)
  local record = article:fields()
  record.id, record.title, record.text = article.id, article.title, article.text
  -- Undated: what was written in place of a day, else "", so that add does not look for one again.
  record.date = article.date or article.date_evidence or ""
  record.blocks = dump.blocks(article)
  local repairs = article:repairs()
  if #repairs > 0 then
    record.repairs = {}
    for i, repair in ipairs(repairs) do
      record.repairs[i] = { at = repair.at - 1, bytes = { repair.bytes:byte(1, -1) } }
    end
  end
  return record
end

---@param given table # options by name, the rest from 1
function dump.run(given)
  local corpus <close> = newsreel.open(given[1])
  for article in core.each_article(arguments.view(corpus, given)) do
    core.write(core.json.encode(dump.record(article)) .. "\n")
  end
end

return dump
