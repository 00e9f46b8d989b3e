--- What a written date means: fields (`month = 9, day = 24`) become a TIMEX3 value and a period.
-- Each function takes the fields of a match and the context and returns a meaning, or nil where the
-- words make no date after all. Nothing here knows a language.
local calendar = require "newsreel.dates.calendar"
local feast_day = require "newsreel.dates.feast_day"
local period = require "newsreel.dates.period"

local meaning = {}

local civil, make_day = calendar.civil, calendar.day
local era_year, full_year, of_day, of_week = period.era_year, period.full_year, period.of_day, period.of_week
local of_month, of_quarter, of_half, of_year = period.of_month, period.of_quarter, period.of_half, period.of_year
local of_season, of_years, bare, choose_year = period.of_season, period.of_years, period.bare, period.choose_year
local hemmed, timed = period.hemmed, period.timed

local function with_year(fields, year)
  local month, day = fields.month, fields.day
  if fields.era == "BC" then
    local value = era_year(year, "BC")
    if month then
      value = value .. ("-%02d"):format(month) .. (day and ("-%02d"):format(day) or "")
    elseif fields.season then
      value = value .. "-" .. fields.season
    end
    return bare("DATE", value, day and "day" or month and "month" or "year", "text")
  elseif month and day then
    local number = make_day(year, month, day)
    return number and of_day(number)
  elseif month then
    return of_month(year, month)
  elseif fields.season then
    return of_season(year, fields.season)
  elseif fields.quarter then
    return of_quarter(year, fields.quarter)
  elseif fields.half then
    return of_half(year, fields.half)
  end
  return of_year(year)
end

local LEAP_YEAR <const> = 2000 -- has every day that a year can have

local function unknown_year(fields)
  if fields.month then
    if fields.day and not make_day(LEAP_YEAR, fields.month, fields.day) then
      return nil -- 31 April
    end
    local day = fields.day and ("-%02d"):format(fields.day) or ""
    return bare("DATE", ("XXXX-%02d"):format(fields.month) .. day, fields.day and "day" or "month", "none")
  end
  local tail = fields.season or fields.quarter and "Q" .. fields.quarter or fields.half and "H" .. fields.half
  return bare("DATE", "XXXX-" .. tail, fields.season and "season" or fields.quarter and "quarter" or "half", "none")
end

---The last (-1), this (0) or next (1) month, season or quarter.
local function named_with_rel(fields, context)
  local year = context.year
  local day, rel = context.day, fields.rel
  local previous = context.narrative and context.previous
  if not year and not previous then
    return unknown_year(fields)
  end
  if previous then
    day, year = rel < 0 and previous.from or previous.to, civil(previous.from)
  end
  local one = with_year(fields, year)
  if rel < 0 then
    if one.to >= day then
      one = with_year(fields, year - 1)
    end
  elseif rel > 0 and one.from <= day then
    one = with_year(fields, year + 1)
  end
  one.anchor = previous and "previous" or "day"
  return one
end

local function weekday(fields, context)
  local want = fields.weekday
  local rel = fields.rel
  if not context.day then
    return bare("DATE", "XXXX-WXX-" .. want, "day", "none")
  end
  local day
  local today = calendar.weekday(context.day)
  local side = context.side()
  local back, ahead = (today - want) % 7, (want - today) % 7
  if rel and rel < 0 then
    day = context.day - (back == 0 and 7 or back)
  elseif rel == 0 then
    day = side == "past" and context.day - back or context.day + ahead
  elseif rel then
    day = context.day + (ahead == 0 and 7 or ahead)
  elseif context.alone then
    day = context.day + (ahead == 0 and 7 or ahead)
  else
    day = side == "future" and context.day + ahead or context.day - back
  end
  local one = of_day(day)
  one.anchor, one.side = "day", rel and "" or side
  return one
end

---"Friday, July 18": the nearest year in which that day is a Friday.
local function on_weekday(fields, context)
  for _, offset in ipairs { 0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6 } do
    local day = make_day(context.year + offset, fields.month, fields.day)
    if day and calendar.weekday(day) == fields.weekday then
      local one = of_day(day)
      one.anchor = "day"
      return one
    end
  end
end

local function partial(fields, context)
  if fields.rel then
    return named_with_rel(fields, context)
  elseif fields.weekday and fields.day and context.day and not context.narrative then
    local one = on_weekday(fields, context)
    if one and math.abs(one.from - context.day) < 1200 then
      return one
    end
  end
  local one, anchor, side = choose_year(context, function(year)
    return with_year(fields, year)
  end)
  if not one then
    return unknown_year(fields)
  end
  one.anchor, one.side = anchor, side
  return one
end

---A date by its parts, as far as they are written.
function meaning.date(fields, context)
  local one
  local year = fields.year
  if fields.yy and year then -- 1956-57
    if fields.yy <= year % 100 then
      return nil
    end
    year = year - year % 100 + fields.yy
  elseif year and not fields.old then
    year = full_year(year, context)
  end
  if fields.year_rel and context.year then
    year = context.year + fields.year_rel
  elseif fields.year_rel and not fields.month then
    return bare("DATE", "XXXX", "year", "none")
  elseif fields.year_same and context.previous and context.previous.from then
    year = civil(context.previous.from)
  end
  if year then
    one = with_year(fields, year)
    if one and not one.anchor then
      one.anchor = fields.year_rel and "day" or fields.year_same and "previous" or "text"
    end
  elseif fields.month or fields.season or fields.quarter or fields.half then
    one = partial(fields, context)
  elseif fields.weekday then
    one = weekday(fields, context)
  end
  return one and timed(hemmed(one, fields.edge), fields)
end

---A day of a month that is not named: "the 24th", "Tuesday the 19th", "the 20th of next month".
function meaning.month_day(fields, context)
  if not context.day then
    return bare("DATE", ("XXXX-XX-%02d"):format(fields.day), "day", "none")
  end
  local first = context.day - select(3, civil(context.day)) + 1
  local ahead = context.alone or context.side() == "future"
  for step = 0, fields.rel and 0 or 12 do
    local year, month = civil(calendar.add_months(first, fields.rel or (ahead and step or -step)))
    local day = make_day(year, month, fields.day)
    local right = day and (fields.rel or (ahead and day >= context.day or not ahead and day <= context.day))
    if right and (not fields.weekday or calendar.weekday(day) == fields.weekday) then
      local one = of_day(day)
      one.anchor = "day"
      return timed(one, fields)
    end
  end
end

---"the 1990s": three digits, as in TIMEX3.
function meaning.decade(fields, context)
  local tens = fields.decade
  if fields.year then
    tens = fields.year // 10
  elseif tens < 10 or tens > 99 then
    tens = (context.year and context.year % 100 < tens * 10 and tens * 10 > 10 and 190 or 190) + tens % 10
  end
  if fields.era == "BC" then
    return bare("DATE", ("BC%03d0"):format(tens), "decade", "text")
  end
  local one = of_years("decade", ("%03d"):format(tens), tens * 10, 10)
  one.anchor = fields.year and "text" or "day"
  return hemmed(one, fields.edge)
end

---A decade by its first year: "1940-ві роки".
function meaning.decade_of(fields, context)
  local year = fields.year
  if year < 100 then
    year = full_year(year, context)
  end
  return meaning.decade({ decade = year // 10, year = year, era = fields.era, edge = fields.edge }, context)
end

---"the 19th century" is 18.
function meaning.century(fields)
  local number = fields.century
  if fields.era == "BC" then
    return bare("DATE", ("BC%02d00"):format(number), "century", "text")
  end
  if number < 1 or number > 22 then
    return nil
  end
  local first = (number - 1) * 100
  local one = of_years("century", ("%02d"):format(number - 1), math.max(first, 1), first == 0 and 99 or 100)
  one.anchor = "text"
  return hemmed(one, fields.edge)
end

---The last feast before the day (`step` -1) or the next one (1); one of a few years may have to be looked for.
local function feast_beside(feast, context, step)
  for year = context.year, context.year + 5 * step, step do
    local day = feast_day(feast, year)
    if day and (step < 0 and day < context.day or step > 0 and day >= context.day) then
      return of_day(day)
    end
  end
end

---A feast of a written year, of the last or next, or the one the text means.
function meaning.feast(fields, context)
  local feast, year = fields.feast, fields.year and full_year(fields.year, context)
  local one, anchor, side
  local function at(number)
    local day = feast_day(feast, number)
    return day and of_day(day)
  end
  if context.year and (fields.year_rel or fields.years) then
    year = context.year + (fields.year_rel or fields.years * (fields.sign or 1))
  end
  if year then
    one, anchor = at(year), "text"
  elseif fields.rel and context.day then
    one, anchor = feast_beside(feast, context, fields.rel < 0 and -1 or 1), "day"
  else
    one, anchor, side = choose_year(context, at)
  end
  if not one then
    local value = feast.day and feast.month and ("XXXX-%02d-%02d"):format(feast.month, feast.day) or "XXXX-XX-XX"
    return bare("DATE", value, "day", "none")
  end
  one.anchor, one.side = anchor, side
  return timed(one, fields)
end

---"the third Tuesday of September 2014", "the last Sunday in March".
function meaning.nth_weekday(fields, context)
  local function at(year)
    local day = calendar.nth_weekday(year, fields.month, fields.weekday, fields.nth_of)
    return of_day(day)
  end
  if fields.year then
    local one = at(full_year(fields.year, context))
    one.anchor = "text"
    return one
  elseif fields.unit == "M" then
    if not context.day then
      return bare("DATE", "XXXX-XX-XX", "day", "none")
    end
    local year, month = civil(calendar.add_months(context.day, fields.rel or 0))
    local one = of_day(calendar.nth_weekday(year, month, fields.weekday, fields.nth_of))
    one.anchor = "day"
    return one
  end
  local one, anchor, side = choose_year(context, at)
  if not one then
    return bare("DATE", ("XXXX-%02d-XX"):format(fields.month), "day", "none")
  end
  one.anchor, one.side = anchor, side
  return one
end

---"the third quarter": in a report the one that ended last before the day.
local function piece_of_year(fields, context)
  if type(fields.back) == "number" and not fields.year and context.year then
    local one = meaning.date({ quarter = fields.quarter, half = fields.half }, context)
    return one.from and with_year(fields, (civil(one.from)) - fields.back) or one
  end
  return meaning.date(fields, context)
end

---"the third quarter", also with "a year earlier".
function meaning.quarter(fields, context)
  if fields.quarter < 1 or fields.quarter > 4 then
    return nil
  end
  return piece_of_year(fields, context)
end

---"the 1988 quarter": the quarter of the report in another year.
function meaning.quarter_of(fields, context)
  local quarter = context.quarter and select(2, civil(context.quarter.from)) // 3 + 1
  local one = quarter and of_quarter(fields.year, quarter) or of_year(fields.year)
  one.anchor = quarter and "previous" or "text"
  return one
end

---"the second half of 2024".
function meaning.half(fields, context)
  return fields.half <= 2 and piece_of_year(fields, context) or nil
end

---"the first week of October", "the last day of 2014".
function meaning.nth_unit(fields, context)
  local whole = meaning.date({ month = fields.month, year = fields.year, year_rel = fields.year_rel }, context)
  if not whole or not whole.from then
    return nil
  end
  local one
  local n = fields.nth_of
  if fields.unit == "D" then
    one = of_day(n > 0 and whole.from + n - 1 or whole.to + n + 1)
  elseif fields.unit == "W" then
    local monday = whole.from + (8 - calendar.weekday(whole.from)) % 7
    local last = whole.to - (calendar.weekday(whole.to)) % 7 - 6
    one = of_week(n > 0 and monday + 7 * (n - 1) or last + 7 * (n + 1))
  elseif fields.unit == "M" and whole.grain == "year" and n <= 12 then
    one = of_month((civil(whole.from)), n > 0 and n or 13 + n)
  else
    return nil
  end
  one.anchor = whole.anchor
  return one
end

return meaning
