--- Any script to plain lower-case Latin letters, for comparing names.
--
-- One spelling, not a reversible romanisation: each letter gives what English news would write,
-- marks are dropped. Sources: Ukrainian resolution 55 (2010), BGN/PCGN 1947 for Russian, ISO 843 for
-- Greek, ISO 9985 and 9984 for Armenian and Georgian, Hepburn for kana, Revised Romanization for
-- Hangul; Arabic and Hebrew give their consonants and long vowels.
local latin = {}

-- Pairs "letters=latin": every letter of the left side gives the right side.
local groups = {
  "àáâãäåāăąǎạảấầẩẫậắằẳẵặ=a", "æ=ae", "çćĉċč=c", "ðďđ=d", "èéêëēĕėęěẹẻẽếềểễệə=e", "ĝğġģǧ=g", "ĥħ=h",
  "ìíîïĩīĭįıǐịỉ=i", "ĵ=j", "ķ=k", "ĺļľŀł=l", "ñńņňŋ=n", "òóôõöøōŏőơǒọỏốồổỗộớờởỡợ=o", "œ=oe", "ŕŗř=r",
  "śŝşšș=s", "ß=ss", "ţťŧț=t", "þ=th", "ùúûüũūŭůűųưǔụủứừửữự=u", "ŵ=w", "ýÿŷỳỵỷỹ=y", "źżž=z",
  -- Cyrillic: Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Kazakh
  "аә=a", "б=b", "в=v", "гґғ=g", "д=d", "еэё=e", "є=ye", "ж=zh", "з=z", "иі=i", "ї=yi", "йы=y", "ј=j", "кқ=k", "л=l",
  "љ=lj", "м=m", "нңһ=n", "њ=nj", "оө=o", "п=p", "р=r", "с=s", "т=t", "ћ=c", "ђ=dj", "уұүў=u", "ф=f", "х=kh", "ц=ts",
  "ч=ch", "џ=dz", "ш=sh", "щ=shch", "ъь=", "ю=yu", "я=ya",
  -- Greek
  "αά=a", "β=v", "γ=g", "δ=d", "εέ=e", "ζ=z", "ηήιίϊΐυύϋΰ=i", "θ=th", "κ=k", "λ=l", "μ=m", "ν=n", "ξ=x", "οόωώ=o",
    "π=p",
  "ρ=r", "σς=s", "τ=t", "φ=f", "χ=ch", "ψ=ps",
  -- Armenian, Georgian
  "աա=a", "բ=b", "գ=g", "դ=d", "եէը=e", "զ=z", "թտ=t", "ժ=zh", "ի=i", "լ=l", "խ=kh", "ծց=ts", "կք=k", "հ=h",
    "ձ=dz", "ղ=gh",
  "ճչ=ch", "մ=m", "յ=y", "ն=n", "շ=sh", "ոօ=o", "պփ=p", "ջ=j", "ռր=r", "ս=s", "վւ=v", "ֆ=f", "և=ev",
  "ა=a", "ბ=b", "გ=g", "დ=d", "ე=e", "ვ=v", "ზ=z", "თტ=t", "ი=i", "კქ=k", "ლ=l", "მ=m", "ნ=n", "ო=o", "პფ=p",
    "ჟ=zh", "რ=r",
  "ს=s", "უ=u", "ღ=gh", "ყ=q", "შ=sh", "ჩჭ=ch", "ცწ=ts", "ძ=dz", "ხ=kh", "ჯ=j", "ჰ=h",
  -- Arabic, Persian
  "اآأإٱىة=a", "بپ=b", "تط=t", "ث=th", "ج=j", "چ=ch", "حه=h", "خ=kh", "دض=d", "ذ=dh", "ر=r", "زظ=z", "ژ=zh",
    "سص=s", "ش=sh",
  "عءئؤ=", "غ=gh", "ف=f", "ق=q", "كک=k", "گ=g", "ل=l", "م=m", "ن=n", "و=u", "يی=i",
  "ًٌٍَُِّْـ=",
  -- Hebrew
  "אע=a", "ב=b", "ג=g", "ד=d", "ה=h", "ו=v", "ז=z", "ח=h", "טת=t", "י=i", "כךק=k", "ל=l", "םמ=m", "ןנ=n", "ס=s",
    "פף=p",
  "צץ=ts", "ר=r", "ש=sh",
  -- Katakana
  "アァ=a", "イィ=i", "ウゥ=u", "エェ=e", "オォ=o", "カ=ka", "キ=ki", "ク=ku", "ケ=ke", "コ=ko", "ガ=ga", "ギ=gi", "グ=gu", "ゲ=ge",
  "ゴ=go", "サ=sa", "シ=shi", "ス=su", "セ=se", "ソ=so", "ザ=za", "ジ=ji", "ズ=zu", "ゼ=ze", "ゾ=zo", "タ=ta", "チ=chi", "ツッ=tsu",
  "テ=te", "ト=to", "ダ=da", "ヂ=ji", "ヅ=zu", "デ=de", "ド=do", "ナ=na", "ニ=ni", "ヌ=nu", "ネ=ne", "ノ=no", "ハ=ha", "ヒ=hi",
  "フ=fu", "ヘ=he", "ホ=ho", "バ=ba", "ビ=bi", "ブ=bu", "ベ=be", "ボ=bo", "パ=pa", "ピ=pi", "プ=pu", "ペ=pe", "ポ=po", "マ=ma",
  "ミ=mi", "ム=mu", "メ=me", "モ=mo", "ヤャ=ya", "ユュ=yu", "ヨョ=yo", "ラ=ra", "リ=ri", "ル=ru", "レ=re", "ロ=ro", "ワ=wa", "ヲ=o",
  "ン=n", "ヴ=v", "ー=",
}

-- Upper case of the letters above, where it is a letter of its own; code points, not bytes.
local upper = {
  { 0x00C0, 0x00DE, 32 }, { 0x0410, 0x042F, 32 }, { 0x0400, 0x040F, 80 }, { 0x0391, 0x03A9, 32 }, { 0x0531,
  0x0556, 48 },
}
local upper_pairs = { { 0x0100, 0x0137 }, { 0x014A, 0x0177 }, { 0x0218, 0x021B }, { 0x1E00, 0x1EFF }, { 0x0490,
  0x04FF } }
local upper_odd = { { 0x0139, 0x0148 }, { 0x0179, 0x017E }, { 0x01CD, 0x01DC } }
local upper_single = {
  [0x0178] = 0xFF, [0x0386] = 0x3AC, [0x0388] = 0x3AD, [0x0389] = 0x3AE, [0x038A] = 0x3AF, [0x038C] = 0x3CC,
    [0x038E] = 0x3CD,
  [0x038F] = 0x3CE, [0x018F] = 0x259, [0x01A0] = 0x1A1, [0x01AF] = 0x1B0, [0x0130] = 0x69,
}

local function lower(code)
  if code < 0x80 then
    return code >= 65 and code <= 90 and code + 32 or code
  end
  if upper_single[code] then
    return upper_single[code]
  end
  for _, range in ipairs(upper) do
    if code >= range[1] and code <= range[2] then
      return code + range[3]
    end
  end
  for _, range in ipairs(upper_pairs) do
    if code >= range[1] and code <= range[2] then
      return code | 1
    end
  end
  for _, range in ipairs(upper_odd) do
    if code >= range[1] and code <= range[2] then
      return code % 2 == 1 and code + 1 or code
    end
  end
  return code
end

local letters = {}
for _, group in ipairs(groups) do
  local from, to = group:match "^(.-)=(.*)$"
  for _, code in utf8.codes(from) do
    letters[code] = to
  end
end

-- A Hangul syllable is lead, vowel and tail by arithmetic (Unicode 15, chapter 3.12).
local leads = { "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h" }
local vowels = { "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
  "wi", "yu", "eu", "ui", "i" }
local tails = { "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t",
  "t", "ng", "t", "t", "k", "t", "p", "t" }

local function hangul(code)
  local index = code - 0xAC00
  return leads[index // 588 + 1] .. vowels[index % 588 // 28 + 1] .. tails[index % 28 + 1]
end

---Write a text in lower-case Latin letters.
---@param text string UTF-8; bytes that are not are left out
---@return string # letters, digits and blanks; anything else gives a blank, apostrophes nothing
---@return boolean vowelless # true where the script writes few vowels (Arabic, Hebrew)
function latin.of(text)
  local out, vowelless = {}, false
  local position = 1
  while position <= #text do
    local ok, code = pcall(utf8.codepoint, text, position)
    if not ok then
      position = position + 1
    else
      position = position + #utf8.char(code)
      code = lower(code)
      if code < 0x80 then
        local char = string.char(code)
        if char:find "[%w&]" then
          out[#out + 1] = char
        elseif char ~= "'" and char ~= "`" then
          out[#out + 1] = " "
        end
      elseif letters[code] then
        out[#out + 1] = letters[code]
        vowelless = vowelless or code >= 0x590 and code <= 0x6FF
      elseif code >= 0xAC00 and code <= 0xD7A3 then
        out[#out + 1] = hangul(code)
      elseif code >= 0x4E00 and code <= 0x9FFF then
        out[#out + 1] = " " .. utf8.char(code) .. " " -- an ideograph stands for itself
      elseif code < 0x300 or code > 0x36F then -- combining marks vanish
        if code ~= 0x2019 and code ~= 0x2BC and code ~= 0x2BB and code ~= 0x2018 then
          out[#out + 1] = " "
        end
      end
    end
  end
  return table.concat(out), vowelless
end

return latin
