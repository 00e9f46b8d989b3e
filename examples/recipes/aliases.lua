-- Actors of your own: every spelling that means them, in any script.
local c = newsreel.open(arg[1])
local who = c:actors {
  Commission = { "European Commission", "Єврокомісія", "Brussels", "Брюссель" },
  Kremlin = { "Kremlin", "Peskov", "Кремль" },
}
who:by("actor"):count():print()
who:where { actor = "Commission" }:kwic(4)
