--- What a matched rule means: fields (`month = 9, day = 24`) become a TIMEX3 value and a period.
-- Each function takes the fields and the context and returns a meaning, or nil where the words
-- make no date after all. Nothing here knows a language.
local calendar = require "newsreel.dates.calendar"

local meaning = {}

local civil, make_day, format = calendar.civil, calendar.day, calendar.format
local season_month = { SP = 3, SU = 6, FA = 9, WI = 12 }

local function era_year(year, era)
  return era == "BC" and ("BC%04d"):format(year) or ("%04d"):format(year)
end

---The year that two digits mean: not more than twenty years ahead of the anchor.
local function full_year(year, context)
  if year >= 100 then
    return year
  end
  local now = context.year or 2000
  local full = now - now % 100 + year
  return full > now + 20 and full - 100 or full
end

-- ---------------------------------------------------------------- periods of a grain

local function of_day(day)
  return { type = "DATE", grain = "day", value = format(day), from = day, to = day }
end

local function of_week(day)
  local year, week = calendar.week(day)
  local monday = day - calendar.weekday(day) + 1
  return { type = "DATE", grain = "week", value = ("%04d-W%02d"):format(year, week), from = monday, to = monday + 6 }
end

local function of_weekend(day)
  local year, week = calendar.week(day)
  local saturday = day - calendar.weekday(day) + 6
  local value = ("%04d-W%02d-WE"):format(year, week)
  return { type = "DATE", grain = "weekend", value = value, from = saturday, to = saturday + 1 }
end

local function months(grain, value, year, month, count)
  local from = make_day(year, month, 1)
  return { type = "DATE", grain = grain, value = value, from = from, to = calendar.add_months(from, count) - 1 }
end

local function of_month(year, month)
  return months("month", ("%04d-%02d"):format(year, month), year, month, 1)
end

local function of_quarter(year, quarter)
  return months("quarter", ("%04d-Q%d"):format(year, quarter), year, quarter * 3 - 2, 3)
end

local function of_half(year, half)
  return months("half", ("%04d-H%d"):format(year, half), year, half * 6 - 5, 6)
end

local function of_year(year)
  return months("year", ("%04d"):format(year), year, 1, 12)
end

local function of_season(year, season)
  return months("season", ("%04d-%s"):format(year, season), year, season_month[season], 3)
end

local function of_years(grain, value, first, count)
  return months(grain, value, first, 1, count * 12)
end

meaning.of_day = of_day

---A value without a period: "XXXX-WXX-3", "PAST_REF", "P3D".
local function bare(type, value, grain, anchor)
  return { type = type, value = value, grain = grain, anchor = anchor }
end

-- ---------------------------------------------------------------- choosing a side

---Of a period that comes back (month, weekday, season), the one the text means.
---`at(n)` gives the n-th after the one of the anchor's own cycle.
local function choose(context, at)
  local day, side = context.day, context.side()
  local before, same, after = at(-1), at(0), at(1)
  local wanted
  if side == "future" then
    wanted = same.to >= day and same or after
  elseif side == "past" then
    wanted = same.from <= day and same or before
  elseif side == "asked" then
    wanted, side = same.to >= day and same or after, "future"
  end
  -- Too far off, the verb was another phrase's business.
  local far = same.grain == "day" and 220 or same.grain == "quarter" and 100 or 270
  if wanted and (context.alone or wanted.from - day < far and day - wanted.to < far) then
    return wanted, side
  end
  local best, far = same, math.huge
  for _, one in ipairs { before, same, after } do
    local distance = one.from > day and one.from - day or day > one.to and day - one.to or 0
    if distance < far then
      best, far = one, distance
    end
  end
  return best, "nearest"
end

---The year of a month or day that is written without one.
local function choose_year(context, make)
  local previous = context.previous
  if context.narrative then
    if not previous then
      return nil
    end
    local year = civil(previous.from)
    local best = make(year)
    if best and previous.grain ~= "year" then
      -- The story goes on over New Year: take the neighbour when it is much nearer.
      for _, other in ipairs { make(year + 1), make(year - 1) } do
        if math.abs(other.from - previous.to) < 75 and math.abs(best.from - previous.to) > 230 then
          best = other
        end
      end
    end
    return best, "previous"
  end
  if not context.day then
    return nil
  end
  local year = context.year
  local function at(n)
    return make(year + n) or make(year + n - 1) or make(year + n + 1) or make(year + n + 2)
  end
  local one, side = choose(context, at)
  return one, "day", side
end

-- ---------------------------------------------------------------- partial and full dates

---The early, middle or late part of a period: thirds of it, but from the 11th and 21st of a month
---and from Friday of a week.
local function hemmed(part, edge)
  if not edge or not part.from then
    return part
  end
  local size = part.to - part.from + 1
  local first, last = size // 3, size // 3 * 2
  if part.grain == "month" then
    first, last = 10, 20
  elseif part.grain == "week" then
    first, last = 2, 4
  end
  part.mod = edge
  if edge == "START" then
    part.to = part.from + math.max(first, 1) - 1
  elseif edge == "END" and size > 1 then
    part.from = part.from + last
  elseif edge == "MID" then
    part.from, part.to = part.from + first, part.from + math.max(last, 1) - 1
  end
  return part
end

---Add a part of the day or a clock time to a day.
local function timed(part, fields)
  local hour = fields.hour
  if hour then
    local half = fields.half_day
    local late = fields.part == "EV" or fields.part == "AF" or fields.part == "NI" and hour > 5
    if hour < 12 and (half == "PM" or half == nil and late) then
      hour = hour + 12
    elseif half == "AM" and hour == 12 then
      hour = 0
    end
    part.type, part.grain = "TIME", "minute"
    part.value = part.value .. ("T%02d:%02d"):format(hour, fields.minute or 0)
  elseif fields.part then
    part.type, part.grain, part.value = "TIME", "part", part.value .. "T" .. fields.part
  end
  return part
end

local function with_year(fields, context, year)
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

local function unknown_year(fields)
  if fields.month then
    local day = fields.day and ("-%02d"):format(fields.day) or ""
    return bare("DATE", ("XXXX-%02d"):format(fields.month) .. day, fields.day and "day" or "month", "none")
  end
  local tail = fields.season or fields.quarter and "Q" .. fields.quarter or fields.half and "H" .. fields.half
  return bare("DATE", "XXXX-" .. tail, fields.season and "season" or fields.quarter and "quarter" or "half", "none")
end

---The last (-1), this (0) or next (1) month, season or quarter.
local function named_with_rel(fields, context)
  local year = context.year
  if not year then
    return unknown_year(fields)
  end
  local day, rel = context.day, fields.rel
  local one = with_year(fields, context, year)
  if rel < 0 then
    if one.to >= day then
      one = with_year(fields, context, year - 1)
    end
  elseif rel > 0 and one.from <= day then
    one = with_year(fields, context, year + 1)
  end
  one.anchor = "day"
  return one
end

local function weekday(fields, context)
  local want = fields.weekday
  local rel = fields.rel
  if not context.day or context.narrative then
    return bare("DATE", "XXXX-WXX-" .. want, "day", "none")
  end
  local today, day = calendar.weekday(context.day), nil
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
    return with_year(fields, context, year)
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
    one = with_year(fields, context, year)
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

-- ---------------------------------------------------------------- from the anchor

---The period of `unit` that holds a day, moved by `count` units.
local function unit_at(unit, day, count)
  if unit == "D" then
    return of_day(day + count)
  elseif unit == "W" then
    return of_week(day + 7 * count)
  elseif unit == "WE" then
    return of_weekend(day + 7 * count)
  elseif unit == "M" then
    local year, month = civil(calendar.add_months(day, count))
    return of_month(year, month)
  elseif unit == "Q" then
    local year, month = civil(calendar.add_months(day, 3 * count))
    return of_quarter(year, (month + 2) // 3)
  end
  local year = civil(day)
  if unit == "Y" then
    return of_year(year + count)
  elseif unit == "E" then
    local tens = year // 10 + count
    return of_years("decade", ("%03d"):format(tens), tens * 10, 10)
  elseif unit == "C" then
    local hundreds = year // 100 + count
    return of_years("century", ("%02d"):format(hundreds), hundreds * 100, 100)
  end
end

local grain_of =
  { D = "day", W = "week", WE = "weekend", M = "month", Q = "quarter", Y = "year", E = "decade", C = "century" }
local open_value = {
  D = "XXXX-XX-XX", W = "XXXX-WXX", WE = "XXXX-WXX-WE", M = "XXXX-XX", Q = "XXXX-QX", Y = "XXXX", E = "XXX", C = "XX",
}

---"today", "yesterday": `offset` days from the anchor.
function meaning.today(fields, context)
  if not context.day then
    return timed(bare("DATE", "XXXX-XX-XX", "day", "none"), fields)
  end
  if context.narrative and fields.offset == 0 and not fields.part and not fields.hour then
    return bare("DATE", "PRESENT_REF", nil, "none")
  end
  local one = of_day(context.day + fields.offset)
  one.anchor = "day"
  return timed(one, fields)
end

---"last week", "this year", "next quarter", and with a weekday "Tuesday of next week".
function meaning.relative(fields, context)
  local unit, rel = fields.unit, fields.rel
  if context.narrative and context.previous then
    return meaning.previous(fields, context)
  elseif not context.day then
    return bare("DATE", open_value[unit], grain_of[unit], "none")
  end
  local shift = rel
  if unit == "WE" then
    local today, side = calendar.weekday(context.day), context.side()
    if rel == 0 and today < 6 and (side == "past" or side == nil and today < 4) then
      shift = -1 -- "over the weekend" told on a Monday
    elseif rel < 0 and today == 7 then
      shift = -1
    end
  end
  local one = unit_at(unit, context.day, shift)
  if one and fields.weekday then
    one = of_day(one.from + fields.weekday - 1)
  end
  if one then
    one.anchor = "day"
    return timed(hemmed(one, fields.edge), fields)
  end
end

local per_unit = { E = { "Y", 10 }, C = { "Y", 100 }, Q = { "M", 3 }, MIL = { "Y", 1000 }, WE = { "D", 2 }, HY = { "M", 6 } }

---"three weeks ago", "in two days": `sign` says the side.
function meaning.shift(fields, context)
  local unit, count = fields.unit, fields.count
  if fields.half_unit then
    count = count + 0.5
  end
  if count == "X" or fields.vague then
    return bare("DATE", fields.sign < 0 and "PAST_REF" or "FUTURE_REF", nil, "none")
  end
  local base = per_unit[unit]
  local exact_unit = unit
  if base then
    unit, count = base[1], count * base[2]
  end
  if unit == "H" or unit == "MIN" or unit == "S" then
    return meaning.clock_shift(unit, count * fields.sign, context)
  end
  if not context.day then
    return bare("DATE", open_value[unit], grain_of[unit], "none")
  end
  if unit == "Y" and count ~= count // 1 then
    unit, count = "M", count * 12
  end
  count = math.floor(count) * fields.sign
  if math.abs(count) > 6000 then
    return nil
  end
  local one = unit_at(unit, context.day, count)
  if exact_unit == "E" then
    one.grain = "year"
  end
  one.anchor = "day"
  if unit == "Y" or unit == "M" then
    one.near = calendar.add_months(context.day, unit == "Y" and count * 12 or count)
  elseif unit == "W" then
    one.near = context.day + 7 * count
  end
  return timed(one, fields)
end

function meaning.clock_shift(unit, count, context)
  if not context.day then
    return bare("TIME", "XXXX-XX-XXTXX:XX", "minute", "none")
  end
  if not context.minute then
    local one = of_day(context.day + (unit == "H" and math.abs(count) >= 24 and math.floor(count / 24) or 0))
    one.type, one.grain, one.value, one.anchor = "TIME", "minute", one.value .. "TXX:XX", "day"
    return one
  end
  local minutes = context.minute + math.floor(count * (unit == "H" and 60 or unit == "MIN" and 1 or 1 / 60))
  local one = of_day(context.day + minutes // 1440)
  local minute = minutes % 1440
  one.type, one.grain, one.anchor = "TIME", "minute", "day"
  one.value = one.value .. ("T%02d:%02d"):format(minute // 60, minute % 60)
  return one
end

---A clock time with or without a day: a day that is not written is the anchor's.
function meaning.time(fields, context)
  local one
  if fields.offset then
    return meaning.today(fields, context)
  elseif fields.month or fields.weekday then
    return meaning.date(fields, context)
  elseif context.previous_day and (context.narrative or context.first - context.previous_day_stop < 60) then
    one = of_day(context.previous_day)
    one.anchor = "previous"
  elseif context.day then
    one = of_day(context.day)
    one.anchor = "day"
  else
    one = bare("DATE", "XXXX-XX-XX", "day", "none")
  end
  one = timed(one, fields)
  if context.alone and context.minute and fields.rolls and fields.half_day == "AM" and one.from and (fields.hour % 12) * 60 < context.minute then
    return timed(of_day(one.from + 1), fields)
  end
  return one
end

-- ---------------------------------------------------------------- from the date before

---"that year", "the next day", "the following month": counted from the date told last.
function meaning.previous(fields, context)
  local unit, previous = fields.unit, context.previous
  if not previous or not previous.from then
    return bare("DATE", open_value[unit] or "PAST_REF", grain_of[unit], "none")
  end
  if unit == "D" and previous.grain ~= "day" then
    return timed(bare("DATE", "XXXX-XX-XX", "day", "none"), fields)
  end
  local one = unit_at(unit, previous.from, fields.rel or (fields.count or 0) * (fields.sign or 1))
  if one then
    one.anchor = "previous"
    return timed(hemmed(one, fields.edge), fields)
  end
end

---"the quarter", "the year" of a report: the one told last, else the last that has ended.
function meaning.report(fields, context)
  local unit = fields.unit
  if unit == "Q" and context.quarter then
    local one = unit_at("Q", context.quarter.from, 0)
    one.anchor = "previous"
    return one
  elseif not context.day then
    return bare("DATE", open_value[unit], grain_of[unit], "none")
  end
  local one = unit_at(unit, context.day, unit == "Q" and -1 or 0)
  one.anchor = "day"
  return one
end

---"a year ago", "the year-earlier period": in a report, the same quarter a year back.
function meaning.year_ago(fields, context)
  local quarter, previous = context.quarter, context.previous
  local one
  if quarter and context.first - quarter.stop < 2000 then
    one = unit_at("Q", quarter.from, -4)
  elseif fields.earlier and previous and previous.grain == "year" and context.first - previous.stop < 200 then
    one = unit_at("Y", previous.from, -1)
  else
    return meaning.shift({ unit = "Y", count = 1, sign = -1 }, context)
  end
  one.anchor = "previous"
  return one
end

-- ---------------------------------------------------------------- durations, sets, references

local function amount(count)
  return type(count) == "number" and ("%g"):format(count) or "X"
end

local function stretch(count, unit)
  local base = per_unit[unit]
  if base and unit ~= "Q" or base and type(count) == "number" then
    unit, count = base[1], type(count) == "number" and count * base[2] or count
  end
  if unit == "H" or unit == "MIN" or unit == "S" then
    return "T" .. amount(count) .. unit:sub(1, 1)
  end
  return amount(count) .. unit
end

local loose = { E = "PXE", C = "PXC" }

---@param fields table
function meaning.duration(fields)
  fields.count = fields.count or 1
  if fields.value then
    return bare("DURATION", fields.value, nil, "text")
  end
  local count = fields.count
  if fields.half_unit and type(count) == "number" then
    count = count + 0.5
  end
  local unit = fields.unit
  if loose[unit] and type(count) ~= "number" then
    return bare("DURATION", loose[unit], grain_of[unit], "text")
  end
  local value = "P" .. stretch(count, unit)
  if fields.unit2 then
    local more = stretch(fields.count2, fields.unit2)
    value = value .. (value:find "T" and more:gsub("^T", "") or more)
  end
  local one = bare("DURATION", value, nil, "text")
  one.mod = fields.mod
  return one
end

---"every year", "daily", "each Thursday".
function meaning.set(fields)
  if fields.value then
    return bare("SET", fields.value, nil, "text")
  elseif fields.weekday then
    return timed(bare("SET", "XXXX-WXX-" .. fields.weekday, "day", "text"), { part = fields.part })
  elseif fields.month then
    return bare("SET", ("XXXX-%02d"):format(fields.month), "month", "text")
  elseif fields.season then
    return bare("SET", "XXXX-" .. fields.season, "season", "text")
  elseif fields.part then
    return bare("SET", "XXXX-XX-XXT" .. fields.part, "part", "text")
  end
  return bare("SET", "P" .. stretch(fields.count or 1, fields.unit), grain_of[fields.unit], "text")
end

function meaning.ref(fields)
  local one = bare("DATE", fields.ref, nil, "none")
  return one
end

-- ---------------------------------------------------------------- feasts

local function feast_day(feast, year)
  if feast.easter then
    return calendar.easter(year) + feast.easter
  elseif feast.pascha then
    return calendar.easter(year, true) + feast.pascha
  elseif feast.nth then
    return calendar.nth_weekday(year, feast.month, feast.weekday, feast.nth) + (feast.plus or 0)
  elseif feast.advent then
    local eve = make_day(year, 12, 24)
    return eve - calendar.weekday(eve) % 7 - feast.advent
  end
  return make_day(year, feast.month, feast.day)
end

function meaning.feast(fields, context)
  local feast, year = fields.feast, fields.year and full_year(fields.year, context)
  local one, anchor, side
  local function at(number)
    return of_day(feast_day(feast, number))
  end
  if context.year and (fields.year_rel or fields.years) then
    year = context.year + (fields.year_rel or fields.years * (fields.sign or 1))
  end
  if year then
    one, anchor = at(year), "text"
  elseif fields.rel and context.day then
    one, anchor = at(context.year), "day"
    if fields.rel < 0 and one.from >= context.day then
      one = at(context.year - 1)
    elseif fields.rel >= 0 and one.from < context.day then
      one = at(context.year + 1)
    end
  else
    one, anchor, side = choose_year(context, at)
  end
  if not one then
    local value = feast.day and ("XXXX-%02d-%02d"):format(feast.month, feast.day) or "XXXX-XX-XX"
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
    return one.from and with_year(fields, context, (civil(one.from)) - fields.back) or one
  end
  return meaning.date(fields, context)
end

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

function meaning.half(fields, context)
  return fields.half <= 2 and piece_of_year(fields, context) or nil
end

---"in the morning": of the day told last, where there is one.
function meaning.part(fields, context)
  local one = context.previous_day and of_day(context.previous_day) or context.day and of_day(context.day)
  if one then
    one.anchor = context.previous_day and "previous" or "day"
  else
    one = bare("DATE", "XXXX-XX-XX", "day", "none")
  end
  return timed(one, fields)
end

---"in three days": a point when the text looks ahead, else how long something took.
function meaning.in_unit(fields, context)
  local clock = fields.unit == "H" or fields.unit == "MIN" or fields.unit == "S"
  local side = context.side()
  if fields.count == "X" and context.alone and clock then
    fields.count = 3
  end
  if context.alone or fields.count ~= "X" and (side == "future" or clock and side ~= "past") then
    return meaning.shift(fields, context)
  end
  return meaning.duration(fields)
end

---"через два дні", "two days later": from the date told just before, else from the day.
function meaning.later(fields, context)
  fields.count = fields.count or 1
  local unit = fields.unit
  local previous = context.previous
  local clock = unit == "H" or unit == "MIN" or unit == "S"
  if context.alone or not clock and not context.narrative and context.side() == "future" then
    return meaning.shift(fields, context)
  elseif fields.count ~= "X" and not clock and previous and context.first - previous.stop < 600
    and (unit ~= "D" and unit ~= "W" or previous.grain == "day") and (not context.day or context.narrative) then
    local base = per_unit[unit]
    local count = math.floor(fields.count * (base and base[2] or 1)) * fields.sign
    local one = unit == "W" and unit_at("D", previous.from, count * 7) or unit_at(base and base[1] or unit, previous.from, count)
    one.anchor = "previous"
    return one
  end
  return meaning.duration(fields)
end

---"два тижні тому": always from the day.
function meaning.ago_unit(fields, context)
  fields.count = fields.count or 1
  return meaning.shift(fields, context)
end

---"наступного дня": in a story the day after the one told last.
function meaning.relative_or_next(fields, context)
  if context.narrative or fields.unit == "D" and not context.alone then
    return meaning.previous(fields, context)
  end
  return meaning.relative(fields, context)
end

---"the last two years": how long, and the periods meant, the current one left out.
function meaning.span_rel(fields, context)
  local one = meaning.duration(fields)
  local unit, count, rel = fields.unit, fields.count, fields.rel
  if type(count) == "number" and grain_of[unit] and context.day and rel ~= 0 and not fields.half_unit and count < 1000 then
    count = math.max(math.floor(count), 1)
    one.from = unit_at(unit, context.day, rel < 0 and -count or 1).from
    one.to = unit_at(unit, context.day, rel < 0 and -1 or count).to
    one.anchor, one.reach = "day", true
  elseif context.alone and type(count) == "number" and context.day and one.value:find "T" then
    local point = meaning.clock_shift(unit, rel < 0 and -count or 0, context)
    one.from, one.to, one.anchor, one.reach = point.from, context.day, "day", true
  end
  return one
end

---"the first week of October", "the last day of 2014".
function meaning.nth_unit(fields, context)
  local whole = meaning.date({ month = fields.month, year = fields.year, year_rel = fields.year_rel }, context)
  if not whole or not whole.from then
    return nil
  end
  local n, one = fields.nth_of, nil
  if fields.unit == "D" then
    one = of_day(n > 0 and whole.from + n - 1 or whole.to + n + 1)
  elseif fields.unit == "W" then
    local monday = whole.from + (8 - calendar.weekday(whole.from)) % 7
    local last = whole.to - (calendar.weekday(whole.to)) % 7 - 6
    one = of_week(n > 0 and monday + 7 * (n - 1) or last + 7 * (n + 1))
  else
    return nil
  end
  one.anchor = whole.anchor
  return one
end

function meaning.decade_of(fields, context)
  local year = fields.year
  if year < 100 then
    year = full_year(year, context)
  end
  return meaning.decade({ decade = year // 10, year = year, era = fields.era, edge = fields.edge }, context)
end

---"3 Fridays from now".
function meaning.nth_from(fields, context)
  if not context.day then
    return bare("DATE", "XXXX-WXX-" .. fields.weekday, "day", "none")
  end
  local ahead = (fields.weekday - calendar.weekday(context.day)) % 7
  local one = of_day(context.day + (ahead == 0 and 7 or ahead) + 7 * (fields.count - 1))
  one.anchor = "day"
  return one
end

---"vor drei Jahren": how long, and the time that it leads to.
function meaning.ago(fields, context)
  local point = meaning.shift(fields, context)
  if context.alone or not point or point.grain == "minute" then
    return point
  end
  local one = meaning.duration(fields)
  one.from, one.to, one.near, one.anchor, one.reach = point.from, point.to, point.near, point.anchor, true
  return one
end
meaning.in_ago = meaning.ago

---"den vergangenen Jahren", "in diesen Tagen".
function meaning.years_ref(fields)
  if fields.rel > 0 then
    return bare("DATE", "FUTURE_REF", nil, "none")
  end
  return bare("DURATION", "P" .. stretch("X", fields.unit), nil, "none")
end

---"heute": the day itself, or "nowadays" in a text that knows no other day.
function meaning.today_soft(fields, context)
  if context.daily or not context.day then
    return meaning.today(fields, context)
  end
  return bare("DATE", "PRESENT_REF", nil, "none")
end

meaning.gone = meaning.ref
meaning.per = meaning.set

return meaning
