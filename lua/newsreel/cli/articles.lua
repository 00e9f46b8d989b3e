--- newsreel articles CORPUS
local core = require "newsreel.core"
local arguments = require "newsreel.cli.arguments"
local newsreel = require "newsreel"

local verb = {
  usage = "articles CORPUS [--during PERIOD] [--where NAME=VALUE] [--undated] [--empty] [--json]",
  about = [[
List the articles in the order of their days, with where each day comes from: date_source is field,
header, meta, jsonld, url, given, inferred or none, and date_evidence the characters that said so.

  --undated   those without a day alone
  --empty     those without text alone

  newsreel articles talks.reel --during 2025-09
  newsreel articles talks.reel --where source=CNN --json
]],
  options = {
    ["--during"] = "value", ["--where"] = "list", ["--undated"] = "flag", ["--empty"] = "flag", ["--json"] = "flag",
  },
  least = 1,
  most = 1,
}

local function is_wanted(article, given)
  return not (given.undated and article.date) and not (given.empty and article.text:find "%S")
end

local columns = { "id", "date", "date_source", "date_evidence", "title", "tokens" }

---@param given table # options by name, the rest from 1
function verb.run(given)
  local corpus <close> = newsreel.open(given[1])
  local cells, rows = {}, 0
  for article in core.each_article(arguments.view(corpus, given)) do
    if is_wanted(article, given) then
      rows = rows + 1
      for i, name in ipairs(columns) do
        local value = article[name == "tokens" and "length" or name]
        cells[(rows - 1) * #columns + i] = value == nil and false or value
      end
    end
  end
  arguments.show(core.frame_of_cells(columns, cells, rows), given)
end

return verb
