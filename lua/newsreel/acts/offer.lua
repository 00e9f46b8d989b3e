--- Offers: who holds out what to whom.
return {
  name = "offer",
  triggers = "offer, offers, offered, offering, proposed, proposes, proposing, proposal*, pledged, pledges, pledging, promised, "
    .. "promises, promising",
  verbs = "offer offers offered offering proposed proposes proposing pledged pledges pledging promised promises promising",
  excluded = { ["public offering*"] = "shares", ["job offer*"] = "work", ["on offer"] = "trade", ["promising"] = "hopeful",
    ["campaign promise*"] = "vote" },
  onto = "to",
  needs = "sender",
  examples = {
    { "Turkey offered to host the talks.", "done", "Turkey", "host the talks" },
    { "Washington has offered security guarantees.", "done", "United States", "security guarantees" },
    { "Russia's offer to Ukraine was short.", "done", "Russia", "Ukraine" },
  },
  counterexamples = { "The company offers insurance." },
}
