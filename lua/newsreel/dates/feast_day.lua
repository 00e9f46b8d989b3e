--- The day of a feast in a year. A feast is a table: { month, day }, { nth, weekday, month, plus }, { easter } or
-- { pascha } (days after it), { hebrew }, { islamic, day }, { lunar, tithi, hour }, { sign } or a rule of its own.
local calendar = require "newsreel.dates.calendar"
local moon = require "newsreel.dates.moon"

local civil, make_day, weekday_of = calendar.civil, calendar.day, calendar.weekday

local MONDAY, FRIDAY, SATURDAY, SUNDAY = 1, 5, 6, 7

---A feast of the Hebrew year: so many days after its new year in autumn or before the next one. It
---begins at sunset of the day before, which is the day given.
local function hebrew(feast, year)
  local autumn = calendar.hebrew_new_year(year + 3761)
  if feast.kislev then
    local size = calendar.hebrew_new_year(year + 3762) - autumn
    return autumn + (size % 10 == 5 and 84 or 83) - 1
  end
  local day = autumn + feast.hebrew
  local weekday = weekday_of(day)
  if feast.before_adar and autumn - calendar.hebrew_new_year(year + 3760) > 380 then
    day = day - 30 -- a year with two months of Adar
  elseif feast.deferred and weekday == SATURDAY or feast.moved and weekday == MONDAY then
    day = day + 1
  elseif feast.moved and (weekday == FRIDAY or weekday == SATURDAY) then
    day = day - weekday + FRIDAY - 1
  end
  return day - 1
end

---A feast of the Islamic year falls once, rarely twice in a year of ours; the first is taken.
local function islamic(feast, year)
  local lunar = (year - 622) * 33 // 32
  for number = lunar - 1, lunar + 2 do
    local day = calendar.islamic(number, feast.islamic, feast.day)
    if feast.friday then -- the last one before
      day = day - (weekday_of(day) - FRIDAY - 1) % 7 - 1
    end
    if civil(day) == year then
      return day
    end
  end
end

---The working day on which a feast that falls on a weekend is kept.
local function observed(day)
  local weekday = weekday_of(day)
  return weekday == SATURDAY and day - 1 or weekday == SUNDAY and day + 1 or day
end

---15 April, or the next working day that is not Emancipation Day in Washington.
local function tax_day(year)
  local day, free = make_day(year, 4, 15), observed(make_day(year, 4, 16))
  while weekday_of(day) >= SATURDAY or day == free do
    day = day + 1
  end
  return day
end

---The Tuesday of most primaries of an election year: the first of March, in 2008 of February.
local function super_tuesday(year)
  if year % 4 ~= 0 then
    return nil
  end
  return calendar.nth_weekday(year, year == 2008 and 2 or 3, 2, 1)
end

local function nth(feast, year)
  local day = calendar.nth_weekday(year, feast.month, feast.weekday, feast.nth) + (feast.plus or 0)
  return feast.not_easter and day == calendar.easter(year) - 1 and day - 7 or day
end

local function fixed(feast, year)
  local day = make_day(year, feast.month, feast.day)
  if feast.observed then
    return observed(day)
  end
  return feast.not_sunday and weekday_of(day) == SUNDAY and day - 1 or day
end

local function advent(feast, year)
  local eve = make_day(year, 12, 24)
  return eve - weekday_of(eve) % 7 - feast.advent
end

local function day_in(feast, year)
  if feast.hebrew or feast.kislev then
    return hebrew(feast, year)
  elseif feast.islamic then
    return islamic(feast, year) or make_day(year, 1, 1)
  elseif feast.lunar then
    return moon.hindu(feast, year)
  elseif feast.sign then
    return moon.solar(feast.sign, year) + (feast.plus or 0)
  elseif feast.chinese then
    return moon.chinese_new_year(year)
  elseif feast.vague then -- a year of 365 days
    return make_day(table.unpack(feast.vague)) + 365 * (year - feast.vague[1])
  elseif feast.primaries then
    return super_tuesday(year)
  elseif feast.tax then
    return tax_day(year)
  elseif feast.easter then
    return calendar.easter(year) + feast.easter
  elseif feast.pascha then
    return calendar.easter(year, true) + feast.pascha
  elseif feast.nth then
    return nth(feast, year)
  elseif feast.advent then
    return advent(feast, year)
  end
  return fixed(feast, year)
end

local known = setmetatable({}, { __mode = "k" }) -- feast -> year -> day; texts name the same feasts again and again

---The day of `feast` in `year`; nil where the year has none.
---@param feast table
---@param year integer
---@return integer?
return function(feast, year)
  local days = known[feast] or {}
  known[feast] = days
  if days[year] == nil then
    days[year] = day_in(feast, year) or false
  end
  return days[year] or nil
end
