/* engine_match_test.c: the string functions of a sandbox against Lua's own, on patterns and texts by chance.
 *
 * One script makes cases from a seed and writes down what each call gives, errors too. A trusted engine runs
 * it with Lua's matcher, a sandbox with ours (match.c); the two accounts must be the same, line by line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "newsreel.h"

enum { cases = 5000, cases_a_run = 250 };

static const char code[] =
    "local state, count = ...\n"
    "local function chance(n) state = (state * 1103515245 + 12345) % 2147483648 return state // 65536 % n + "
    "1 end\n"
    "local function any(of) return of[chance(#of)] end\n"
    "local letters = { 'a', 'b', 'A', '1', ' ', '.', '%', '-', '\\0', '\\xE9', '(', ']' }\n"
    "local singles = { 'a', 'b', '.', '%a', '%d', '%s', '%W', '%x', '%p', '%g', '%%', '[ab]', '[^ab]', "
    "'[a-z%d]', '[%]%-]',\n"
    "  '[]]', '[^]a]', '\\0', '%.', '%U', '%c' }\n"
    "local repeats = { '', '', '', '*', '+', '-', '?' }\n"
    "local specials = { '^', '$', '()', '%b()', '%bab', '%f[%a]', '%f[^%w]', '%1', '%2', '(', ')', '[', '%', "
    "'%f', '%b', '[a-',\n"
    "  '[%' }\n"
    "local function text(most) local t = {} for i = 1, chance(most) - 1 do t[i] = any(letters) end return "
    "table.concat(t) end\n"
    "local function pattern()\n"
    "  local p, open = {}, 0\n"
    "  for i = 1, chance(5) do\n"
    "    local kind = chance(12)\n"
    "    if kind == 1 then p[#p + 1] = any(specials)\n"
    "    elseif kind <= 3 then p[#p + 1] = '(' .. any(singles) .. any(repeats) .. ')'\n"
    "    elseif kind == 4 then p[#p + 1] = '(' open = open + 1\n"
    "    else p[#p + 1] = any(singles) .. any(repeats) end\n"
    "  end\n"
    "  return (chance(6) == 1 and '^' or '') .. table.concat(p) .. (')'):rep(open) .. (chance(8) == 1 and "
    "'$' or '')\n"
    "end\n"
    "local replacements = { 'x', '<%0>', '%1', '%2%1', '%%', '', '%', '%9', { a = 'z', b = false, ['1'] = 7 "
    "},\n"
    "  function(...) return select('#', ...) % 2 == 0 and table.concat({ '[', tostring((...)), ']' }) or nil "
    "end,\n"
    "  function() return {} end }\n"
    "local lines = {}\n"
    "local function note(...)\n"
    "  local t = table.pack(...)\n"
    "  for i = 1, t.n do t[i] = type(t[i]) == 'string' and ('%q'):format(t[i]) or tostring(t[i]) end\n"
    "  lines[#lines + 1] = (table.concat(t, ' '):gsub('\\n', 'n'))\n"
    "end\n"
    "local function walk(s, p)\n"
    "  local found = {}\n"
    "  for a, b in s:gmatch(p) do found[#found + 1] = tostring(a) .. '|' .. tostring(b) end\n"
    "  return table.concat(found, ';')\n"
    "end\n"
    "for i = 1, count do\n"
    "  local s, p, from, how = text(14), pattern(), chance(18) - 9, any(replacements)\n"
    "  note('case', i, s, p, from)\n"
    "  note('find', pcall(string.find, s, p, from))\n"
    "  note('plain', pcall(string.find, s, p, from, true))\n"
    "  note('match', pcall(string.match, s, p, from))\n"
    "  note('gmatch', pcall(walk, s, p))\n"
    "  note('gsub', pcall(string.gsub, s, p, how, chance(3) == 1 and chance(4) - 1 or nil))\n"
    "end\n"
    "return table.concat(lines, '\\n'), state\n";

static newsreel_engine *new_engine(newsreel_profile profile)
{
  newsreel_options options = {.size = sizeof options, .profile = profile};
  newsreel_engine *engine = NULL;
  assert_int_equal(newsreel_engine_new(&options, &engine, NULL), NEWSREEL_OK);
  return engine;
}

static newsreel_result *run(newsreel_engine *engine, const newsreel_script *script, int64_t seed)
{
  newsreel_value arguments[] = {{.type = NEWSREEL_INTEGER, .integer = seed},
                                {.type = NEWSREEL_INTEGER, .integer = cases_a_run}};
  newsreel_error error = {.size = sizeof error};
  newsreel_result *result = NULL;
  if (newsreel_run(engine, script, arguments, 2, &result, &error) != NEWSREEL_OK)
    fail_msg("%s", error.message);
  return result;
}

/* Show the case and the first line that differs. */
static void compare(const char *own, const char *stock)
{
  const char *shown = own, *line = own;
  size_t same = 0;
  while (own[same] != '\0' && own[same] == stock[same])
    if (own[same++] == '\n') {
      line = own + same;
      shown = strncmp(line, "\"case\"", 6) == 0 ? line : shown;
    }
  if (own[same] != stock[same])
    fail_msg("%.*s\n  sandbox: %.*s\n  Lua:     %.*s", (int)strcspn(shown, "\n"), shown,
             (int)strcspn(line, "\n"), line, (int)strcspn(stock + (line - own), "\n"), stock + (line - own));
}

static void patterns_in_a_sandbox_give_what_those_of_lua_give(void **state)
{
  (void)state;
  newsreel_engine *stock = new_engine(NEWSREEL_TRUSTED), *own = new_engine(NEWSREEL_SANDBOX);
  newsreel_script *script = NULL;
  int64_t seed = 7;
  assert_int_equal(newsreel_script_new("match", code, sizeof code - 1, &script, NULL), NEWSREEL_OK);
  for (int done = 0; done < cases; done += cases_a_run) {
    newsreel_result *a = run(own, script, seed), *b = run(stock, script, seed);
    newsreel_value mine = newsreel_result_value(a, 0), theirs = newsreel_result_value(b, 0);
    compare(mine.text, theirs.text);
    assert_true(mine.size == theirs.size && mine.size > 100 * (size_t)cases_a_run);
    seed = newsreel_result_value(b, 1).integer;
    newsreel_result_free(a);
    newsreel_result_free(b);
  }
  newsreel_script_free(script);
  newsreel_engine_free(own);
  newsreel_engine_free(stock);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(patterns_in_a_sandbox_give_what_those_of_lua_give)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
