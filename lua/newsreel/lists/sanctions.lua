--- Words that tell of economic sanctions. `category` says which measure.
return {
  sanctions = { "sanction*", "sanctions package*", "sanctions regime*", "санкці*", "санкци*", "Sanktion*" },
  embargo = { "embargo*", "oil embargo", "arms embargo", "import ban", "export ban", "trade ban", "ембарго", "эмбарго" },
  ["price cap"] = { "price cap", "oil price cap", "price ceiling", "цінов* стел*", "потолк* цен" },
  freeze = { "asset freeze*", "frozen asset*", "frozen Russian asset*", "freez* . asset*", "blocked asset*", "immobilised asset*", "immobilized asset*", "заморожен* актив*" },
  tariffs = { "secondary tariff*", "punitive tariff*" },
  blacklist = { "blacklist*", "sanctions list", "entity list", "designated national*" },
  restrictions = { "export control*", "export restriction*", "trade restriction*", "travel ban*", "visa ban*" },
  ["shadow fleet"] = { "shadow fleet", "shadow tanker*", "dark fleet", "тіньов* флот*", "тенев* флот*" },

  examples = {
    { "The new sanctions package includes a price cap.", "sanctions package = sanctions", "price cap = price cap" },
    { "An import ban followed the asset freezes.", "import ban = embargo", "asset freezes = freeze" },
    { "Санкції проти тіньового флоту.", "Санкції = sanctions", "тіньового флоту = shadow fleet" },
  },
  counter_examples = { "Banning the book was unwise.", "Water froze in the pipes." },
}
