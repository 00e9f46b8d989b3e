--- English names of feasts whose day is computed by the moon, by the sun or by a rule of its own; written.lua turns
-- them into days.
local feasts = {}

local function add(names, feast)
  for name in names:gmatch "[^,]+" do
    feasts[name:match "^%s*(.-)%s*$"] = feast
  end
end

-- India, by lunar month and day; the hour is the time of day at which the lunar day has to hold.
add("ugadi, yugadi, gudi padwa, chaitra sukhladi, chaitra sukladi", { lunar = 1, tithi = 1 })
add("rama navami, ram navami", { lunar = 1, tithi = 9, hour = 12 })
add("mahavir jayanti, mahavira jayanti, mahaveer jayanti, mahaveer janma kalyanak, mahavir janma kalyanak",
  { lunar = 1, tithi = 13 })
add("hanuman jayanti", { lunar = 1, tithi = 15 })
add("akshaya tritiya", { lunar = 2, tithi = 3 })
add("vesak, wesak, vesakha, vaisakha, vesak day, buddha day, buddha purnima, buddha jayanti",
  { lunar = 2, tithi = 15, hour = 18 })
add("rath yatra, ratha yatra", { lunar = 4, tithi = 2 })
add("guru purnima", { lunar = 4, tithi = 15 })
add("raksha bandhan, rakhi, rakshabandhan", { lunar = 5, tithi = 15 })
add("janmashtami, krishna janmashtami, gokulashtami", { lunar = 5, tithi = 23, hour = 24 })
add("ganesh chaturthi, ganesha chaturthi, vinayaka chaturthi", { lunar = 6, tithi = 4, hour = 12 })
add("navaratri, navratri", { lunar = 7, tithi = 1 })
add("maha saptami", { lunar = 7, tithi = 7 })
add("dussehra, dasara, dashehra, vijayadashami, vijaya dashami", { lunar = 7, tithi = 10, hour = 14 })
add("valmiki jayanti, maharishi valmiki jayanti, pargat diwas, sharad purnima", { lunar = 7, tithi = 15 })
add("karva chauth, karwa chauth", { lunar = 7, tithi = 19, hour = 20 })
add("dhanteras, dhanatrayodashi", { lunar = 7, tithi = 28, hour = 20 })
add("kali chaudas, choti diwali, chhoti diwali", { lunar = 7, tithi = 29, hour = 18 })
add("diwali, divali, deepavali, dipavali, lakshmi puja", { lunar = 7, tithi = 30, hour = 18 })
add("govardhan puja", { lunar = 8, tithi = 1, hour = 14 })
add("bhai dooj, bhai duj, bhau beej", { lunar = 8, tithi = 2, hour = 14 })
add("chhath, chhath puja, dala puja, surya shashthi", { lunar = 8, tithi = 6 })
add("guru nanak jayanti, guru nanak gurpurab", { lunar = 8, tithi = 15 })
add("guru gobind singh jayanti, guru govind singh jayanti", { lunar = 10, tithi = 7 })
add("vasant panchami, basant panchami", { lunar = 11, tithi = 5 })
add("guru ravidas jayanti, guru ravidass jayanti", { lunar = 11, tithi = 15 })
add("dayananda saraswati jayanti, maharishi dayanand saraswati jayanti, saraswati jayanti", { lunar = 11, tithi = 25 })
add("maha shivaratri, mahashivaratri, maha shivratri, shivaratri", { lunar = 11, tithi = 29, hour = 24 })
add("holika dahan, chhoti holi, choti holi", { lunar = 12, tithi = 15, hour = 18 })
add("holi", { lunar = 12, tithi = 15, hour = 18, plus = 1 })

-- India, by the sun: its entry into a sign.
add("makar sankranti, makara sankranti, makara sankranthi, pongal, thai pongal, maghi", { sign = 9 })
add("bhogi, bogi, bhogi pandigai, bogi pandigai", { sign = 9, plus = -1 })
add("mattu pongal, maattu pongal", { sign = 9, plus = 1 })
add("kaanum pongal, kanum pongal, kanni pongal", { sign = 9, plus = 2 })
add("baisakhi, vaisakhi, vaishakhi, vaisakhadi", { sign = 0 })
add("rabindra jayanti, rabindranath jayanti", { month = 5, day = 9 })
add("parsi new year, jamshedi navroz", { vague = { 2018, 8, 17 } })

-- China, Islam, Israel.
add("chinese new year, chinese new years, chinese new year's day, chinese new years day, chinese lunar new year, "
  .. "chinese lunar new year's day, lunar new year, lunar new year's day", { chinese = true })
add("jamat ul-vida, jumat ul-vida, jumu'atul-wida, jamat-ul-vida", { islamic = 10, day = 1, friday = true })
add("isra and mi'raj, isra and miraj, the night journey, lailat al miraj", { islamic = 7, day = 26 })
add("sacrifice feast, feast of sacrifice", { islamic = 12, day = 10 })
add("laylat al kadr, laylat al qadr, night of power, the night of power", { islamic = 9, day = 27 })
add("tisha b'av", { hebrew = -51, deferred = true })
add("yom haatzmaut, yom ha'atzmaut", { hebrew = -143, moved = true })
add("tu bishvat, tu b'shvat", { hebrew = -222, before_adar = true })
add("rosh hashanna", { hebrew = 0 })
add("hannukkah, hannukah, chanukkah", { kislev = true })
add("succot, succos, sukkos, feast of tabernacles, feast of booths, feast of the ingathering", { hebrew = 14 })

-- By a rule of their own.
add("super tuesday", { primaries = true })
add("tax day", { tax = true })
add("emancipation day", { month = 4, day = 16, observed = true })
add("boss's day, boss day, bosses' day", { month = 10, day = 16, observed = true })
add("king's day, koningsdag", { month = 4, day = 27, not_sunday = true })
add("earth hour", { nth = -1, weekday = 6, month = 3, not_easter = true })
add("administrative professionals' day, administrative professionals day, administrative professional's day, "
  .. "secretaries' day, secretaries day", { nth = -1, weekday = 6, month = 4, plus = -3 })
add("military spouse day", { nth = 2, weekday = 7, month = 5, plus = -2 })
add("ems week", { nth = 3, weekday = 7, month = 5 })
add("lei day, loyalty day", { month = 5, day = 1 })
add("george washington day, daisy gatson bates day", { nth = 3, weekday = 1, month = 2 })
add("groundhogs day, groundhog's day", { month = 2, day = 2 })
add("ides of march, the ides of march", { month = 3, day = 15 })
add("world vegan day", { month = 11, day = 1 })
add("saint paddy's day, st paddy's day, st. paddy's day", { month = 3, day = 17 })
add("august bank holiday, late summer bank holiday", { nth = -1, weekday = 1, month = 8 })
add("martin luther kings day", { nth = 3, weekday = 1, month = 1 })
add("daylight saving start day, daylight savings start day", { nth = 2, weekday = 7, month = 3 })
add("daylight saving end day, daylight savings end day", { nth = 1, weekday = 7, month = 11 })
add("monday of the holy spirit", { easter = 50 })
add("thursday of mysteries, thu of mysteries", { easter = -3 })
add("branch sunday", { easter = -7 })
add("orthodox shrove monday", { pascha = -48 })

return feasts
