-- Kinds of trouble that news archives hold, each as a tiny file, and what the program says about it.
--   newsreel run tests/golden/troubles.lua      prints the table kept in troubles.txt
--
-- A trouble is { what it is, name of the file, its bytes, more }: `more.options` for `add`, `more.find` patterns to be
-- found, `more.fields` to be shown, `more.make` a command that makes the file, `more.with` other files beside it.
local function wide(text) -- ASCII as UTF-16
  return "\xFF\xFE" .. text:gsub(".", "%0\0")
end

local function story(text)
  return text .. "\n\nThe ministers met for three hours on the island, officials said.\n"
    .. "They will meet again in the spring.\n"
end

local function page(head, body)
  return "<html><head><title>Grain talks resume</title>" .. head .. "</head><body><h1>Grain talks resume</h1>" .. body
    .. "<p>The ministers met for three hours on the island, officials said.</p></body></html>"
end

local laughs = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
for i = 98, 107 do -- each entity is ten of the one before
  laughs = laughs .. ('<!ENTITY %c "%s">'):format(i, ("&%c;"):format(i - 1):rep(10))
end

local wires = {}
for i = 1, 40 do
  wires[i] = ('{"id":"w%d","source":"Wire","text":"Story %d tells of a port.\\n\\nThe Wire, Port Street\\n"}\n')
    :format(i, i)
end

local TROUBLES = {
  "Encodings",
  { "windows-1251, undeclared", "a.txt",
    "\xCF\xE5\xF0\xE5\xE3\xEE\xE2\xEE\xF0\xFB \xE8\xE4\xF3\xF2 \xE2 \xCC\xEE\xF1\xEA\xE2\xE5.\n" },
  { "KOI8-R, undeclared", "a.txt",
    "\xF0\xC5\xD2\xC5\xC7\xCF\xD7\xCF\xD2\xD9 \xC9\xC4\xD5\xD4 \xD7 \xED\xCF\xD3\xCB\xD7\xC5.\n" },
  { "windows-1252, undeclared", "a.txt", "The caf\xE9 is closed.\n" },
  { "UTF-16", "a.txt", wide "Talks resume.\n" },
  { "a byte order mark, CRLF", "a.txt", "\u{FEFF}Talks resume.\r\n\r\nThey met on the island.\r\n" },
  { "some bytes that are not UTF-8", "a.txt", "Café, naïve, rosé and caf\xE9.\n" },
  { "a page that declares what it is not", "a.html",
    page("<meta charset=utf-8>", "<p>\xCF\xE5\xF0\xE5\xE3\xEE\xE2\xEE\xF0\xFB \xE8\xE4\xF3\xF2 \xE2 "
      .. "\xCC\xEE\xF1\xEA\xE2\xE5 \xE4\xEE \xE2\xE5\xF7\xE5\xF0\xE0.</p>") },
  { "UTF-8 encoded twice", "a.txt", "The cafÃ© stayed naÃ¯ve.\n", { find = { "café" } } },
  { "the same with --repair", "a.txt", "The cafÃ© stayed naÃ¯ve.\n", { options = "--repair", find = { "café" } } },
  { "entities in plain text", "a.txt", "Moody&#8217;s &amp; Co said so.\n", { find = { "Moody's" } } },
  { "the same with --repair", "a.txt",
    "Moody&#8217;s &amp; Co said so.\n", { options = "--repair", find = { "Moody's" } } },
  { "the line separator of Unicode", "a.txt", "Talks resume.\u{2028}They met on the island.\n" },
  { "a NUL byte in JSON", "a.jsonl", '{"id":"a","text":"Talks\\u0000 resume."}\n' },
  "Days",
  { "a day as teleprinters wrote it", "a.jsonl", '{"id":"a","date":" 9-MAR-1987 04:58:41.12","text":"Talks."}\n' },
  { "a day with a time in German", "a.txt", story "Gespräche gehen weiter\n\n30.04.2020, 12.18 Uhr" },
  { "a time on twelve hours", "a.txt", story "Talks resume\nPublished: Feb 27, 2026 6:40 pm" },
  { "month or day first?", "a.jsonl", '{"id":"a","date":"03/04/2025","text":"Talks."}\n' },
  { "a day that never was", "a.jsonl", '{"id":"a","date":"2025-02-30","text":"Talks."}\n' },
  { "a year out of all bounds", "a.jsonl", '{"id":"a","date":"0019-01-02","text":"Talks."}\n' },
  { "a month alone", "a.jsonl", '{"id":"a","date":"2025-09","text":"Talks."}\n' },
  { "a day without a year", "a.txt", story "Talks resume\n24 September" },
  { "field and text say different days", "a.jsonl",
    '{"id":"a","date":"2025-09-24","title":"Talks","text":"Talks\\nPublished: 12 May 2021\\n\\nThe ministers '
      .. 'met for three hours on the island, officials said.\\n"}\n' },
  { "first published, then changed", "a.txt", story "Talks resume\nUpdated: 3 June 2025\nPublished: 1 June 2025" },
  { "a day in the address alone", "a.html",
    page('<link rel="canonical" href="https://sample.example/2025/09/24/talks">', "") },
  { "a page of two minds", "a.html",
    page('<meta property="article:published_time" content="2025-09-24"><meta name="date" content="2019-01-01">', "") },
  "Furniture",
  { "a menu above the story", "a.txt", story "Home\nWorld\nSport\nGrain talks resume\n\n24 September 2025" },
  { "the headline twice", "a.txt", story "Grain talks resume\n\nGrain talks resume" },
  { "a caption with its credit", "a.txt",
    story "Grain talks resume\n\nShips wait off the coast. Photo: Ann Author/Getty Images" },
  { "buttons to share", "a.txt", story "Grain talks resume\n\nShare on Facebook" },
  { "a teaser inside the story", "a.txt", story "Grain talks resume\n\nRead more: Ferry strike ends" },
  { "comments below", "a.txt",
    story "Grain talks resume"
      .. "Leave a comment\nYour email address will not be published.\nI never liked grain.\n" },
  { "a line that all stories of a source have", "a.jsonl", table.concat(wires), { only = "w40" } },
  { "front matter", "a.md",
    "---\ntitle: Grain\ndate: 2025-09-24\ntags: [port, grain]\n---\n# Grain\n\nThey met.\n", { fields = { "tags" } } },
  "Names and words",
  { "five apostrophes", "a.txt",
    "Trump's, Trump’s, Trump‘s, Trumpʼs and Trump´s men.\n", { find = { "Trump" } } },
  { "marks left off", "a.txt",
    "Erdoğan and Erdogan met Zelenskyy and ZELENSKYY.\n", { find = { "Erdogan", "zelenskyy" } } },
  { "soft hyphens and zero-width marks inside words", "a.txt",
    "The minis\u{AD}ters nego\u{2060}tiate.\n", { find = { "ministers", "negotiate" } } },
  { "wide letters", "a.txt", "ＮＡＴＯ met.\n", { find = { "NATO" } } },
  { "Cyrillic letters in a Latin word", "a.txt", "Talks in P\u{430}ris.\n", { find = { "Paris" } } },
  { "abbreviations and initials", "a.txt",
    "U.S. Sen. J. D. Vance spoke on Sept. 24. He left.\n", { sentences = true } },
  "Bombs and traps",
  { "an article of over 64 MiB", "a.txt", nil, { make = "head -c 70000000 /dev/zero | tr '\\0' a > a.txt" } },
  { "a compressed bomb", "a.jsonl.gz",
    nil, { make = "head -c 110000000 /dev/zero | tr '\\0' a | gzip -9 > a.jsonl.gz" } },
  { "entities that multiply", "a.xml",
    laughs .. "]><rss><channel><item><guid>a</guid><description>Talks &k;</description></item></channel></rss>" },
  { "elements nested without end", "a.html", "<html><body>" .. ("<div>"):rep(5000) .. "<p>Talks." },
  { "a name that leads out of an archive", "a.tar",
    nil, { make = "mkdir in && echo Out. > out.txt && cd in && tar -cPf ../a.tar ../out.txt && cd .. "
      .. "&& rm -r in out.txt" } },
  { "an archive that ends too early", "a.tgz",
    nil, { make = "echo Talks. > t.txt && tar -czf t.tgz t.txt && head -c 60 t.tgz > a.tgz && rm t.txt t.tgz" } },
  { "two articles of one id", "a.jsonl", '{"id":"a","text":"One."}\n{"id":"a","text":"Two."}\n' },
  { "half a line of JSON", "a.jsonl", '{"id":"a","text":"One."}\n{"id":"b","te' },
  { "a row with too many cells", "a.csv", "id,text\na,One.\nb,Two.,three\n" },
}

local folder = "trouble.tmp"

local function quoted(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

---@return string # what a command prints, both streams together
local function shell(command)
  local pipe <close> = assert(io.popen(("cd %s && { %s; } 2>&1"):format(folder, command)))
  return pipe:read "a"
end

local function write(name, bytes)
  local file <close> = assert(io.open(folder .. "/" .. name, "wb"))
  file:write(bytes)
end

local function say(name, text)
  text = text:gsub("[\0-\8\11-\31\127]", function(byte)
    return ("\\x%02x"):format(byte:byte())
  end)
  print(("    %-7s %s"):format(name, text))
end

local function short(text)
  text = text:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", "")
  return #text <= 72 and text or text:sub(1, utf8.offset(text, 0, 70) - 1) .. "..."
end

---Say what became of one article: its day, its title, what stands on the line, what in the margin.
local function tell(article, corpus, more)
  if article.date or article.date_evidence then
    say("day", ("%s (%s%s)"):format(article.date or "none", article.date_source,
      article.date_evidence and ": " .. article.date_evidence or ""))
  end
  if article.title then
    say("title", article.title)
  end
  local line = {}
  for _, block in ipairs(article:blocks()) do
    local text = article.text:sub(block.first, block.last)
    if not block.margin then
      line[#line + 1] = text
    elseif more.margin ~= false then
      say("margin", ("%s (%s, %s)"):format(short(text), block.kind, block.reason))
    end
  end
  say("line", short(table.concat(line, " ")))
  for _, name in ipairs(more.fields or {}) do
    say(name, newsreel.json.encode(article[name]))
  end
  for _, pattern in ipairs(more.find or {}) do
    say("find", ("%s: %d"):format(pattern, #corpus:find(pattern)))
  end
  if more.sentences then
    say("", ("%d sentences"):format(#corpus.sentences))
  end
end

local function try(number, what, name, bytes, more)
  os.execute("rm -rf " .. folder .. " && mkdir " .. folder)
  print(("%2d. %s"):format(number, what))
  if more.make then
    shell(more.make)
  else
    write(name, bytes)
  end
  local said = shell(("newsreel add t.reel %s %s"):format(quoted(name), more.options or ""))
  for line in said:gmatch "[^\n]+" do
    if not line:find "^%d+ article" and not line:find "^  " then
      say("says", line)
    end
  end
  local ok, corpus = pcall(newsreel.open, folder .. "/t.reel")
  for article in ok and corpus:each() or function() end do
    if not more.only or article.id == more.only then
      tell(article, corpus, more)
    end
  end
end

local number = 0
for _, trouble in ipairs(TROUBLES) do
  if type(trouble) == "string" then
    print(("%s%s"):format(number == 0 and "" or "\n", trouble))
  else
    number = number + 1
    try(number, trouble[1], trouble[2], trouble[3], trouble[4] or {})
  end
end
os.execute("rm -rf " .. folder)
