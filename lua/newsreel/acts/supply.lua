--- Supplies of arms and aid: who gives what to whom.
return {
  name = "supply",
  triggers = "supply, supplies, supplied, supplying, delivered, delivers, deliver, delivering, deliveries to, delivery to, sent, "
    .. "sends, send, sending, provided, provides, provide, providing, arms sale* to, sold, sells, donated, donates, shipped",
  verbs = "supply supplies supplied supplying delivered delivers deliver delivering sent sends send sending provided provides provide "
    .. "providing sold sells donated donates shipped",
  with = "weapon* arms missile* ammunition tank* drone* jet* aircraft rocket* shell* system* munition* equipment aid gas oil "
    .. "grain fuel money loan* howitzer* artillery helicopter* vehicle* patriot* tomahawk* atacms medicine* generator*",
  excluded = { ["provided that"] = "condition", ["sent a message"] = "words", ["sent a letter"] = "words",
    ["delivered a speech"] = "words", ["delivers a speech"] = "words", ["power suppl*"] = "power", ["suppl* and demand"] = "market" },
  onto = "to",
  needs = "sender",
  examples = {
    { "Germany supplied Ukraine with tanks.", "done", "Germany", "Ukraine" },
    { "The U.S. sent missiles to Israel.", "done", "United States", "Israel" },
    { "Norway will send generators to Ukraine.", "planned", "Norway", "Ukraine" },
  },
  counterexamples = { "Iran sent a message.", "He sent flowers to France." },
}
