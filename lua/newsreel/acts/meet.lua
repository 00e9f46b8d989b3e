--- Meetings: who met whom, and whether it has come to that.
return {
  name = "meet",
  triggers = "met, meet, meets, meeting with, met with, meet with, meets with, held talks with, hold talks with, "
    .. "holds talks with, holding talks with, talks with, talks between, meeting between, summit with, summit between, "
    .. "received, hosted, receives, hosts",
  verbs = "met meet meets held hold holds holding received hosted receives hosts",
  excluded = { ["meet the"] = "fulfil", ["met the"] = "fulfil", ["meet its"] = "fulfil", ["meet their"] = "fulfil",
    ["meet demand*"] = "fulfil", ["meets the"] = "fulfil", ["meet a"] = "fulfil", ["track meet"] = "sport",
    ["met a deadline"] = "fulfil", ["meet . deadline"] = "fulfil", ["meet these"] = "fulfil", ["meet those"] = "fulfil",
    ["received a"] = "got", ["received the"] = "got" },
  onto = "with between",
  object = "actor",
  sides = true,
  needs = "both",
  examples = {
    { "Trump met Putin in Anchorage.", "done", "Donald Trump", "Vladimir Putin" },
    { "Rubio and Lavrov met on Tuesday.", "done", "Marco Rubio", "Sergey Lavrov" },
    { "Zelensky will meet Macron in Paris.", "planned", "Volodymyr Zelenskyy", "Emmanuel Macron" },
    { "Merz did not meet Starmer.", "none", "Friedrich Merz", "Keir Starmer" },
  },
  counterexamples = { "Kyiv must meet the conditions.", "They met by chance." },
}
