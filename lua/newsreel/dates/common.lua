--- What the rules of all languages share: macros, and guards. A guard says of a match whether it is a date after all. It is
--- called with the first and last byte, the text, the text in small letters and what was found.
local common = {}

---A language may give one of its own.
common.macros = {
  iso = "<year>^-^<mm>^-^<day>(^<tee>^<hour>^:^<minute>(^:^<second>)?(^<tail>)?)?",
  wd = "<weekday>",
  y = "(<year> | '^<yy>)",
  n = "(<count> | <decimal> | <vague:count>)",
}

local LAST_YEAR <const> = 2060 -- "1941-45" is a range of years, "2025-99" none

---Forms trusted only where a text is nothing but them.
function common.alone(first, last, _, low)
  return low:find "%S" >= first and not low:find("[%w\x80-\xFF]", last + 1)
end

---What goes on behind a numeric date is the number of something else.
function common.ends(_, last, _, low)
  return not low:find("^[%-/]%w", last + 1)
end

---1956-57, but not 2014-10.
function common.range(_, _, _, _, found)
  local year, yy = found[1].year, found[2].yy
  return not yy or yy > year % 100 and year - year % 100 + yy <= LAST_YEAR
end

---Is the year that ends at `last` the head of a longer number: 2025-13-45, 2025-99? The year of 2014-10 is one.
function common.in_number(last, low)
  local digits = low:match("^%-(%d+)", last + 1)
  return digits ~= nil and (#digits ~= 2 or low:find("^%-%w", last + 4) ~= nil or tonumber(digits) > 12 or digits == "00")
    and #digits ~= 4
end

return common
