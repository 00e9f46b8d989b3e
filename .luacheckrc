std = "lua54"
max_line_length = 120
read_globals = { "newsreel" }
files["lua/newsreel/lists"] = { max_line_length = false } -- an entry a line
files["tests/spec"] = { allow_defined_top = true, ignore = { "131", "212/self" } } -- luaunit finds suites by their global names
