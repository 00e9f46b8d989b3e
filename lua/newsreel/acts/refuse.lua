--- Refusals: who turned what or whom down.
return {
  name = "refuse",
  triggers = "refus*, reject*, rebuff*, spurn*, turned down, turns down, turn down, ruled out, rules out, rule out, ruling out, "
    .. "declined to, declines to, vetoed, vetoes",
  verbs = "refuse refuses refused refusing reject rejects rejected rejecting rebuff rebuffs rebuffed rebuffing spurned spurns spurn "
    .. "turned turns turn ruled rules rule ruling declined declines vetoed vetoes",
  excluded = { ["refuse collect*"] = "waste", ["refuse bin*"] = "waste", ["refuseniks"] = "people" },
  onto = "to of from",
  needs = "sender",
  examples = {
    { "Moscow rejected the plan.", "done", "Russia", "plan" },
    { "Poland has refused to send troops.", "done", "Poland", "send troops" },
    { "Hungary did not reject the loan.", "none", "Hungary", "loan" },
    { "Iran may reject the offer.", "possible", "Iran", "offer" },
  },
  counterexamples = { "The offer was refused." },
}
