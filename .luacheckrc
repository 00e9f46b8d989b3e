std = "lua54"
max_line_length = 120
max_string_line_length = false
max_comment_line_length = false -- an annotation is one line
read_globals = { "newsreel" }
files["lua/newsreel/lists"] = { max_line_length = false } -- an entry a line
files["lua/newsreel/dates"] = { max_line_length = false } -- a rule a line
files["lua/newsreel/acts"] = { max_line_length = false } -- an entry a line
files["tests/spec"] = { max_line_length = false, allow_defined_top = true, ignore = { "131", "212/self" } } -- luaunit finds suites by their global names
