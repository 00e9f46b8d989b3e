-- Writes src/text/lang_table.h: the commonest small words of languages, as a hash table.
--   lua5.4 src/text/make_languages.lua > src/text/lang_table.h
local languages = {
  { "en", "Latin", "the of and to in is that for with was on are by from this has his have not were said" },
  { "de", "Latin", "der die und den von zu das mit sich des auf für ist im dem nicht ein eine als auch" },
  { "fr", "Latin", "le la les de des et à du en un une que est pour dans qui par sur pas au avec ce" },
  { "es", "Latin", "el la los las de que y en un una del se por con para su al lo como más" },
  { "it", "Latin", "il la di che e in un una per del con non della sono gli alla dei le si è" },
  { "pt", "Latin", "o a os as de que e em um uma do da para com não por no na dos ao mais" },
  { "ca", "Latin", "el la els les de que i en un una del amb per és al dels no com més seva" },
  { "ro", "Latin", "de și în la cu pe nu din care să că un o este pentru mai sunt au fost prin" },
  { "nl", "Latin", "de het een van en in is dat op te zijn voor met niet aan door ook naar bij wordt" },
  { "sv", "Latin", "och att det i en som är på av för med den till har inte om ett de var från" },
  { "da", "Latin", "og at det i en er på af for med den til har ikke om et de var fra som blev" },
  { "no", "Latin", "og å det i en er på av for med den til har ikke om et de var fra som ble" },
  { "fi", "Latin", "ja on että ei se oli hän mutta myös kun kuin ovat ole joka sen jo vain mukaan" },
  { "pl", "Latin", "i w na z do nie się że jest to o za od po przez jak dla oraz był który" },
  { "cs", "Latin", "a v na je se z že do s o i to jako pro by za jsou ve který byl" },
  { "sk", "Latin", "a v na je sa z že do s o aj to ako pre by za sú vo ktorý bol" },
  { "hr", "Latin", "i u na je se da za od s su o iz a koji što ne će bi kao godine" },
  { "sl", "Latin", "in v na je se da za so z o ki pa bi po ne ob tudi kot leta bil" },
  { "hu", "Latin", "a az és hogy nem is egy meg van volt ez de csak már azt mint lesz ki el szerint" },
  { "tr", "Latin", "ve bir bu da de için ile olarak çok daha olan sonra gibi kadar ne en ki oldu göre dedi" },
  { "id", "Latin", "yang dan di dari ini untuk dengan itu tidak pada dalam akan ke oleh juga tersebut kata ada" },
  { "lt", "Latin", "ir kad yra iš su į tai bet buvo ne už po dėl kaip metų nuo apie jau jo prie" },
  { "lv", "Latin", "un ir ka ar no uz par kas arī bet tika gada bija kā pēc nav viņš to pie līdz" },
  { "et", "Latin", "ja on ei et see oli ta ka mis kui oma aga ning nagu kes olid pole aasta selle või" },
  { "vi", "Latin", "và của là có được cho trong các không những với một người này đã để khi năm từ" },
  { "sw", "Latin", "na ya wa kwa ni katika za la kuwa hiyo huo cha hii alisema baada watu yake" },
  { "ha", "Latin", "da na a ta ya ba cewa wata kuma ga sun an wani cikin domin suka shi" },
  { "sq", "Latin", "të e në dhe për një me i që nga është se ka si më janë u ishte" },
  { "ru", "Cyrillic", "и в не на что с по он как к из его за от для это но был о у также" },
  { "uk", "Cyrillic", "і в на не що з до та у за від як це він але для про його був або також" },
  { "be", "Cyrillic", "і ў на не што з у да як па ад за для гэта яго але быў каб таксама" },
  { "bg", "Cyrillic", "на и в да се за от с е не че по са като до ще той при беше" },
  { "sr", "Cyrillic", "и у је да се на за од са су о из који не што као би године" },
  { "mk", "Cyrillic", "на и во да се од за со е не што ќе ги по како го беше кои" },
}

local masks, words = {}, {}
for i, language in ipairs(languages) do
  for word in language[3]:gmatch "%S+" do
    if not masks[word] then
      masks[word] = 0
      words[#words + 1] = word
    end
    masks[word] = masks[word] | 1 << (i - 1)
  end
end
table.sort(words)

-- Open addressing by the word's 16 bytes as two numbers. A byte of the hash stands in a table of its own, so
-- small that it stays in the cache: most words that are asked for are in no list, and this tells.
local slot_count = 2048
assert(#words * 2 < slot_count, "the table is too full")
local slots, tags = {}, {}
for _, word in ipairs(words) do
  assert(#word < 16, word)
  local low, high = ("<I8I8"):unpack(word .. ("\0"):rep(16 - #word))
  local hash = low * 0x9E3779B97F4A7C15 + high * 0xD6E8FEB86659FD93
  local slot = hash >> 53
  while slots[slot] do slot = (slot + 1) % slot_count end
  slots[slot], tags[slot] = word, hash >> 45 & 255 | 1
end

print [[
/* lang_table.h: languages and their commonest small words. Made by make_languages.lua; do not edit. */
#ifndef NR_LANG_TABLE_H
#define NR_LANG_TABLE_H

#include "text/char_table.h"

/* clang-format off */
static const struct language {
  char code[3];
  uint8_t script;
} languages[] = {]]
for _, language in ipairs(languages) do
  print(('  {"%s", NR_SCRIPT_%s},'):format(language[1], language[2]))
end
print(("};\n\nenum { language_count = %d, word_slot_count = %d };\n"):format(#languages, slot_count))
print "static const uint8_t word_tags[word_slot_count] = { /* 0: the slot is free */"
for row = 0, slot_count - 1, 16 do
  local bytes = {}
  for slot = row, row + 15 do bytes[#bytes + 1] = tags[slot] or 0 end
  print("  " .. table.concat(bytes, ", ") .. ",")
end
print [[
};

static const struct word_slot {
  char word[16];
  uint64_t languages; /* one bit a language */
  float weight; /* the more the fewer languages have it */
} word_slots[word_slot_count] = {]]
for slot = 0, slot_count - 1 do
  local word = slots[slot]
  if word then
    local having = 0
    for bit = 0, #languages - 1 do having = having + (masks[word] >> bit & 1) end
    print(('  [%d] = {"%s", UINT64_C(0x%X), 1.0F + 1.0F / %d},'):format(slot, word, masks[word], having))
  end
end
print [[
};
/* clang-format on */

#endif]]
