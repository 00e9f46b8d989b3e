-- Writes src/text/char_table.h from the Unicode character database (Debian: package unicode-data, 15.0).
--   lua5.4 src/text/make_tables.lua [/usr/share/unicode] > src/text/char_table.h
-- Every code point has a record of properties; records are shared, and found over two stages of 128.
local root = arg[1] or "/usr/share/unicode"

local last_code, stage_bits = 0x10FFFF, 7

---Call `use(first, last, fields)` for each line of a file of the database.
local function each_line(name, use)
  for line in assert(io.open(root .. "/" .. name)):lines() do
    local range, rest = line:gsub("#.*", ""):match "^%s*([%x.]+)%s*;%s*(.-)%s*$"
    if range then
      local first, last = range:match "^(%x+)%.%.(%x+)$"
      local fields = {}
      for field in (rest .. ";"):gmatch "%s*([^;]-)%s*;" do fields[#fields + 1] = field end
      use(tonumber(first or range, 16), tonumber(last or range, 16), fields)
    end
  end
end

---A property whose values are names: code point to number, numbers in the order of `names`.
---Names that `names` lacks count as the first one.
local function property(names, file, column, only)
  local number, values = {}, {}
  for i, name in ipairs(names) do number[name] = i - 1 end
  each_line(file, function(first, last, fields)
    local value = number[fields[column]]
    if only and fields[column] ~= only then return end
    for code = first, last do values[code] = value or 0 end
  end)
  return values
end

local words = { "Other", "ALetter", "Hebrew_Letter", "Numeric", "Katakana", "ExtendNumLet", "Extend", "Format", "ZWJ",
  "MidLetter", "MidNum", "MidNumLet", "Single_Quote", "Double_Quote", "WSegSpace", "Newline", "CR", "LF",
  "Regional_Indicator" }
local sentences = { "Other", "Sep", "CR", "LF", "Sp", "Extend", "Format", "Lower", "Upper", "OLetter", "Numeric",
  "ATerm", "STerm", "Close", "SContinue" }
local graphemes = { "Other", "CR", "LF", "Control", "Extend", "ZWJ", "Regional_Indicator", "Prepend", "SpacingMark",
  "L", "V", "T", "LV", "LVT" }
local widths = { "N", "W", "F" }
local scripts = { "Other", "Latin", "Cyrillic", "Greek", "Arabic", "Hebrew", "Han", "Hiragana", "Katakana", "Hangul",
  "Armenian", "Devanagari", "Tamil", "Thai", "Georgian", "Ethiopic" }
local categories = { "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe",
  "Pi", "Pf", "Po", "Sc", "Sm", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co" }

local word = property(words, "auxiliary/WordBreakProperty.txt", 1)
local sentence = property(sentences, "auxiliary/SentenceBreakProperty.txt", 1)
local grapheme = property(graphemes, "auxiliary/GraphemeBreakProperty.txt", 1)
local wide = property(widths, "EastAsianWidth.txt", 1)
local script = property(scripts, "Scripts.txt", 1)
local category = property(categories, "extracted/DerivedGeneralCategory.txt", 1)
local pictographic = property({ "No", "Extended_Pictographic" }, "emoji/emoji-data.txt", 1, "Extended_Pictographic")

local no_width = { [6] = true, [8] = true, [26] = true, [27] = true } -- Mn, Me, Cc, Cf

local function width(code)
  if code == 0xAD then return 1 end
  if no_width[category[code] or 0] or code >= 0x1160 and code <= 0x11FF then return 0 end
  return (wide[code] or 0) > 0 and 2 or 1
end

---Share equal values: gives the number of `key`, counted from 0.
local function pool()
  local number, list = {}, {}
  return list, function(key, value)
    if not number[key] then
      number[key] = #list
      list[#list + 1] = value
    end
    return number[key]
  end
end

local records, record_of = pool()
local blocks, block_of = pool()
local stage = {}
for first = 0, last_code, 1 << stage_bits do
  local block = {}
  for code = first, first + (1 << stage_bits) - 1 do
    local record = string.format("{%d, %d, %d, %d, %d, %d, %d}", word[code] or 0, sentence[code] or 0,
      grapheme[code] or 0, pictographic[code] or 0, width(code), category[code] or 0, script[code] or 0)
    block[#block + 1] = record_of(record, record)
  end
  local key = table.concat(block, ", ")
  stage[#stage + 1] = block_of(key, block)
end

---Print a list of numbers, some 100 characters a line.
local function print_numbers(list)
  local line = " "
  for _, number in ipairs(list) do
    local item = " " .. number .. ","
    if #line + #item > 108 then
      print(line)
      line = " "
    end
    line = line .. item
  end
  print(line)
end

---The smallest C type that holds 0..count-1.
local function type_for(count)
  return count <= 256 and "uint8_t" or "uint16_t"
end

local function print_enum(prefix, names)
  print "enum {"
  local list = {}
  for i, name in ipairs(names) do list[i] = "  " .. prefix .. name end
  print(table.concat(list, ",\n"))
  print "};\n"
end

print [[
/* char_table.h: properties of characters, Unicode 15.0. Made by make_tables.lua; do not edit.
 * Floor 1: includes nothing of ours.
 *
 * Derived from the Unicode Character Database, Copyright 1991-2022 Unicode, Inc., under the
 * Unicode License (https://www.unicode.org/license.txt). */
#ifndef NR_CHAR_TABLE_H
#define NR_CHAR_TABLE_H

#include <stdint.h>

/* clang-format off */]]
print_enum("NR_WB_", words)
print_enum("NR_SB_", sentences)
print_enum("NR_GB_", graphemes)
print_enum("NR_GC_", categories)
print_enum("NR_SCRIPT_", scripts)
print [[
typedef struct nr_char {
  uint8_t word, sentence, grapheme; /* NR_WB_, NR_SB_, NR_GB_ */
  uint8_t pictographic;             /* 1 for Extended_Pictographic */
  uint8_t width;                    /* terminal columns: 0, 1 or 2 */
  uint8_t category, script;         /* NR_GC_, NR_SCRIPT_ */
} nr_char;
]]
print [[
extern const nr_char nr_char_records[];]]
print(string.format("extern const %s nr_char_blocks[][%d];", type_for(#records), 1 << stage_bits))
print(string.format("extern const %s nr_char_stage[];\n", type_for(#blocks)))
print [==[
/* Properties of a code point up to U+10FFFF. */
static inline const nr_char *nr_char_of(uint32_t code)
{
  return &nr_char_records[nr_char_blocks[nr_char_stage[code >> 7]][code & 127]];
}

#ifdef NR_CHAR_TABLE_DEFINE /* by char.c alone */]==]
print(string.format("const nr_char nr_char_records[%d] = {\n  %s\n};\n", #records,
  table.concat(records, ",\n  ")))
print(string.format("const %s nr_char_blocks[%d][%d] = {", type_for(#records), #blocks, 1 << stage_bits))
for _, block in ipairs(blocks) do
  print "  {"
  print_numbers(block)
  print "  },"
end
print "};\n"
print(string.format("const %s nr_char_stage[%d] = {", type_for(#blocks), #stage))
print_numbers(stage)
print "};"
print [[
#endif
/* clang-format on */
#endif]]
