--- Days, weeks, months and feasts of the proleptic Gregorian calendar.
-- A day is a whole number, days since 1970-01-01, as in the C core. No clock is read.
local calendar = {}

local month_days = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

local function leap(year)
  return year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
end

---How many days a month has.
---@param year integer
---@param month integer
---@return integer
function calendar.days_in(year, month)
  return month == 2 and leap(year) and 29 or month_days[month]
end

---The day of a civil date; nil where there is no such date.
---@param year integer
---@param month integer
---@param day integer
---@return integer?
function calendar.day(year, month, day)
  if month < 1 or month > 12 or day < 1 or day > calendar.days_in(year, month) then
    return nil
  end
  local y = month <= 2 and year - 1 or year
  local era = y // 400
  local yoe = y - era * 400
  local doy = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
  return era * 146097 + yoe * 365 + yoe // 4 - yoe // 100 + doy - 719468
end

---Split a day into year, month and day of the month.
---@param day integer
---@return integer, integer, integer
function calendar.civil(day)
  local z = day + 719468
  local era = z // 146097
  local doe = z - era * 146097
  local yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
  local doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
  local mp = (5 * doy + 2) // 153
  local month = mp < 10 and mp + 3 or mp - 9
  return yoe + era * 400 + (month <= 2 and 1 or 0), month, doy - (153 * mp + 2) // 5 + 1
end

---Monday is 1, Sunday 7.
---@param day integer
---@return integer
function calendar.weekday(day)
  return (day + 3) % 7 + 1
end

---The ISO year and week that hold a day.
---@param day integer
---@return integer, integer
function calendar.week(day)
  local thursday = day - calendar.weekday(day) + 4
  local year = calendar.civil(thursday)
  return year, (thursday - calendar.day(year, 1, 1)) // 7 + 1
end

---The Monday of an ISO week.
---@param year integer
---@param week integer
---@return integer
function calendar.week_start(year, week)
  local fourth = calendar.day(year, 1, 4)
  return fourth - calendar.weekday(fourth) + 1 + (week - 1) * 7
end

---Add months to a day; the day of the month is cut to the length of the new month.
---@param day integer
---@param months integer
---@return integer
function calendar.add_months(day, months)
  local year, month, mday = calendar.civil(day)
  local index = year * 12 + month - 1 + months
  year, month = index // 12, index % 12 + 1
  return calendar.day(year, month, math.min(mday, calendar.days_in(year, month)))
end

---Easter Sunday; `orthodox` counts by the Julian calendar.
---@param year integer
---@param orthodox? boolean
---@return integer
function calendar.easter(year, orthodox)
  if orthodox then
    local d = (19 * (year % 19) + 15) % 30
    local e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    local sum = d + e + 114
    return calendar.day(year, sum // 31, sum % 31 + 1) + year // 100 - year // 400 - 2
  end
  local a, b, c = year % 19, year // 100, year % 100
  local h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
  local l = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
  local m = (a + 11 * h + 22 * l) // 451
  local sum = h + l - 7 * m + 114
  return calendar.day(year, sum // 31, sum % 31 + 1)
end

---Days of the Hebrew calendar up to the new year of Hebrew year `year`, before postponements.
local function hebrew_elapsed(year)
  local months = (235 * year - 234) // 19
  local day = 29 * months + (12084 + 13753 * months) // 25920
  return (3 * (day + 1)) % 7 < 3 and day + 1 or day
end

---The first day (1 Tishri) of a Hebrew year.
---@param year integer
---@return integer
function calendar.hebrew_new_year(year)
  local before, here, after = hebrew_elapsed(year - 1), hebrew_elapsed(year), hebrew_elapsed(year + 1)
  local late = after - here == 356 and 2 or here - before == 382 and 1 or 0
  return here + late - 1373427 - 719163
end

---The day of a date of the tabular Islamic calendar; the moon may be seen a day sooner or later.
---@param year integer
---@param month integer
---@param day integer
---@return integer
function calendar.islamic(year, month, day)
  return (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day - 385 + 1948440 - 2440588 - 1
end

---The n-th `weekday` of a month; n = -1 is the last one.
---@param year integer
---@param month integer
---@param weekday integer
---@param n integer
---@return integer
function calendar.nth_weekday(year, month, weekday, n)
  if n > 0 then
    local first = calendar.day(year, month, 1)
    return first + (weekday - calendar.weekday(first)) % 7 + (n - 1) * 7
  end
  local last = calendar.day(year, month, calendar.days_in(year, month))
  return last - (calendar.weekday(last) - weekday) % 7 + (n + 1) * 7
end

local written, written_count = {}, 0 -- day -> 2025-09-26; texts name the same days again and again
local WRITTEN_MAX = 20000

---Write a day as 2025-09-26.
---@param day integer
---@return string
function calendar.format(day)
  local text = written[day]
  if not text then
    text = string.format("%04d-%02d-%02d", calendar.civil(day))
    if written_count == WRITTEN_MAX then
      written, written_count = {}, 0
    end
    written[day], written_count = text, written_count + 1
  end
  return text
end

---Read 2025-09-26, with or without a time behind it.
---@param text string
---@return integer? day
---@return integer? minute # minutes since midnight, where a time is given
function calendar.parse(text)
  local year, month, day, rest = text:match "^(%d%d%d%d)-(%d%d)-(%d%d)(.*)$"
  if not year then
    return nil
  end
  local hour, minute = rest:match "^[T ](%d%d):(%d%d)"
  return calendar.day(tonumber(year), tonumber(month), tonumber(day)),
    hour and tonumber(hour) * 60 + tonumber(minute) or nil
end

return calendar
