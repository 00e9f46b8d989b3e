--- newsreel info CORPUS
local core = require "newsreel.core"
local arguments = require "newsreel.cli.arguments"
local newsreel = require "newsreel"

local verb = {
  usage = "info CORPUS [--json]",
  about = [[
Sizes and counts of a corpus: articles, how many are undated, words on the line and in the margin,
bytes of text and of the file.

  newsreel info talks.reel
]],
  options = { ["--json"] = "flag" },
  least = 1,
  most = 1,
}

return function(...)
  local given, status = arguments.read(verb, ...)
  if not given then
    return status
  end
  local corpus <close> = newsreel.open(given[1])
  local counts = core.counts(corpus)
  counts.undated_left_out = nil
  local first, last
  for article in core.each_article(corpus) do
    if article.date then
      first, last = first or article.date, article.date
    end
  end
  if given.json then
    counts.first, counts.last = first, last
    core.write(core.json.encode(counts) .. "\n")
    return 0
  end
  for _, line in ipairs {
    { "articles", counts.articles }, { "undated", counts.undated },
    { "first", first or "none" }, { "last", last or "none" },
    { "tokens", counts.tokens }, { "margin", counts.margin },
    { "text", counts.content_bytes .. " bytes" }, { "file", counts.file_bytes .. " bytes" },
    { "segments", counts.segments }, { "commit", counts.commit },
  } do
    core.write(("%-10s %s\n"):format(line[1], line[2]))
  end
end
