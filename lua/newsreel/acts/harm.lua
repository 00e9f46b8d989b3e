--- Harm to people, with numbers: how many, at least or about, of which kind, where. "Rescued" is no harm.
return {
  name = "harm",
  reader = "harm",
  triggers = {
    ["kill"] = "killed", ["kills"] = "killed", ["killed"] = "killed", ["killing"] = "killed", ["dead"] = "killed",
    ["died"] = "killed", ["dies"] = "killed", ["death toll"] = "killed", ["deaths"] = "killed", ["fatalities"] = "killed",
    ["lives"] = "killed", ["wounded"] = "wounded", ["wounding"] = "wounded", ["injured"] = "wounded", ["injuring"] = "wounded",
    ["injuries"] = "wounded", ["hurt"] = "wounded", ["missing"] = "missing", ["displaced"] = "displaced",
    ["evacuated"] = "displaced", ["homeless"] = "displaced", ["captured"] = "captured", ["detained"] = "captured",
    ["arrested"] = "captured", ["hostage"] = "captured", ["hostages"] = "captured", ["rescued"] = "rescued",
    ["saved"] = "rescued", ["survived"] = "rescued", ["unhurt"] = "rescued",
    ["загинул*"] = "killed", ["загибл*"] = "killed", ["поранен*"] = "wounded", ["погибл*"] = "killed", ["ранен*"] = "wounded",
  },
  excluded = { ["kill the bill"] = "law", ["killed the bill"] = "law", ["dead end"] = "phrase", ["dead heat"] = "phrase",
    ["saved money"] = "money", ["missing link"] = "phrase", ["dead on arrival"] = "phrase" },
  tells = { "measure", "number", "bound", "place" }, -- of the examples
  examples = {
    { "At least 12 people were killed in Kharkiv.", "killed", 12, "at least", "Kharkiv" },
    { "The strike on Odesa wounded twenty-one people.", "wounded", 21, "exactly", "Odesa" },
    { "A blast killed more than 1,200 soldiers and injured 40.", "killed", 1200, "more than", "" },
    { "Two children died.", "killed", 2, "exactly", "" },
    { "The attack left 3 dead and dozens wounded.", "killed", 3, "exactly", "" },
  },
  counterexamples = { "Twelve miners were rescued in Sumy.", "It killed time.", "In 2014 the plan was dead." },
}
