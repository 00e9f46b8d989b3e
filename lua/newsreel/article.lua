--- Articles.
local core = require "newsreel.core"

---An article. Its fields are fields here too (`article.source`); nil where only other articles have one.
---@class newsreel.Article
---@field id string
---@field text string # as stored
---@field title string?
---@field day string? # "2025-09-26"; nil when it is undated, or known less exactly
---@field date string? # as exactly as it is known: "2025-09-26", "2025-09", "2025-09-01/2025-09-15"
---@field date_source string # field, header, meta, jsonld, url, given, inferred or none
---@field date_evidence string? # the characters that said so
---@field length integer # tokens on the line
local article = core.types.article.methods

---Its tokens, as newsreel.tokens gives them; `margin` where cleaning set them aside.
---@return newsreel.Token[]
function article:tokens()
  return core.article_tokens(self)
end

---Its sentences on the line: text, first and last byte.
---@return {text: string, first: integer, last: integer}[]
function article:sentences()
  return core.article_sentences(self)
end

---What each stretch of its text is: kind, first and last byte, whether it is in the margin, and for what reason.
---@return {kind: string, reason: string, first: integer, last: integer, margin: boolean}[]
function article:blocks()
  return core.article_blocks(self)
end

---What was not UTF-8 when it came: place and bytes.
---@return {at: integer, bytes: string}[]
function article:repairs()
  return core.article_repairs(self)
end

---All its fields besides id, date, title and text.
---@return table<string, any>
function article:fields()
  return core.article_fields(self)
end

core.types.article.hints = {
  body = "write article.text",
  published = "write article.day",
}

require("newsreel.methods").guard(core.types.article, "article")

return article
