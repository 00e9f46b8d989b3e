--- newsreel info CORPUS
local core = require "newsreel.core"
local newsreel = require "newsreel"

local verb = {
  usage = "info CORPUS [--sections] [--json]",
  about = [[
Sizes and counts of a corpus: articles, how many are undated, words on the line and in the margin,
bytes of text and of the file.

  --sections   what the file is spent on, the largest first, and its share of the text

  newsreel info talks.reel
]],
  options = { ["--json"] = "flag", ["--sections"] = "flag" },
  least = 1,
  most = 1,
}

---@param given table # options by name, the rest from 1
function verb.run(given)
  local corpus <close> = newsreel.open(given[1])
  local counts = core.counts(corpus)
  counts.undated_left_out = nil
  local sections = given.sections and core.sections(corpus) or nil
  if sections then
    table.sort(sections, function(a, b)
      return a.bytes ~= b.bytes and a.bytes > b.bytes or a.bytes == b.bytes and a.name < b.name
    end)
  end
  local first, last
  for article in core.each_article(corpus) do
    if article.date then
      first, last = first or article.date, article.date
    end
  end
  if given.json then
    counts.first, counts.last, counts.sections = first, last, sections
    core.write(core.json.encode(counts) .. "\n")
    return 0
  end
  for _, line in ipairs {
    { "articles", counts.articles }, { "undated", counts.undated },
    { "first", first or "none" }, { "last", last or "none" },
    { "tokens", counts.tokens }, { "margin", counts.margin },
    { "text", counts.content_bytes .. " bytes" .. (counts.compressed and ", compressed" or "") },
    { "file", counts.file_bytes .. " bytes" },
    { "segments", counts.segments }, { "commit", counts.commit },
  } do
    core.write(("%-10s %s\n"):format(line[1], line[2]))
  end
  for _, section in ipairs(sections or {}) do
    if section.bytes > 0 then
      local share = section.bytes / math.max(counts.content_bytes, 1)
      core.write(("%-18s %12d %7.4f\n"):format(section.name, section.bytes, share))
    end
  end
end

return verb
