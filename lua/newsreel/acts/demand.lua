--- Demands: who asks what of whom.
return {
  name = "demand",
  triggers = "demand, demands, demanded, demanding, insisted on, insists on, insist on, called on, calls on, calling on, urged, "
    .. "urges, urging, called for, calls for, calling for, appealed to, appeals to",
  verbs = "demand demands demanded demanding insisted insists insist called calls calling urged urges urging appealed appeals",
  excluded = { ["supply and demand"] = "market", ["demand for oil"] = "market", ["demand for gas"] = "market",
    ["domestic demand"] = "market", ["consumer demand"] = "market", ["high demand"] = "market", ["in demand"] = "market",
    ["strong demand"] = "market", ["weak demand"] = "market", ["global demand"] = "market", ["calls for help"] = "help" },
  onto = "from of",
  needs = "sender",
  examples = {
    { "Kyiv demanded guarantees.", "done", "Ukraine", "guarantees" },
    { "Merz urged Moscow to stop.", "done", "Friedrich Merz", "Russia" },
    { "The EU called for a ceasefire.", "done", "European Union", "ceasefire" },
  },
  counterexamples = { "Demand for oil fell in Asia." },
}
