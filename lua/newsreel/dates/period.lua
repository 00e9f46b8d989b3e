--- Periods of the calendar with their TIMEX3 values, and the choice of the one a text means.
local calendar = require "newsreel.dates.calendar"

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

---A value without a period: "XXXX-WXX-3", "PAST_REF", "P3D".
local function bare(type, value, grain, anchor)
  return { type = type, value = value, grain = grain, anchor = anchor }
end

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

---Of a period that comes back (month, weekday, season), the one the text means.
---`at(n)` gives the n-th after the one of the anchor's own cycle.
local function choose(context, at)
  local day, side = context.day, not context.attributive() and context.side() or nil
  local same, wanted = at(0), nil
  if side == "future" or side == "asked" then
    wanted = same.to >= day and same or at(1)
  elseif side == "past" then
    wanted = same.from <= day and same or at(-1)
  end
  -- Too far off, the verb was another phrase's business.
  local far = same.grain == "quarter" and 100 or side == "past" and 280 or same.grain == "day" and 220 or 270
  if wanted and (context.alone or wanted.from - day < far and day - wanted.to < far) then
    return wanted, side == "past" and "past" or "future"
  elseif same.grain == "quarter" then
    return same.from <= day and same or at(-1), "nearest" -- reports tell of quarters that are over
  end
  local best, gap = same, math.huge
  for n = -1, 1 do
    local one = at(n)
    local distance = one.from > day and one.from - day or day > one.to and day - one.to or 0
    if distance < gap then
      best, gap = one, distance
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
  if not at(0) then
    return nil -- 31 June: a day of no year
  end
  local one, side = choose(context, at)
  return one, "day", side
end

---The early, middle or late part of a period: thirds of it, but from the 11th and 21st of a month,
---from Friday of a week, and by whole months of a year. What is BEFORE or AFTER ends or begins with `day` where that lies
---in the period: "earlier this year".
local function hemmed(part, edge, day)
  if not edge or not part.from then
    return part
  end
  local inside = day and part.from <= day and day <= part.to
  if edge == "BEFORE" or edge == "AFTER" then
    local before = edge == "BEFORE"
    edge = before and "START" or "END"
    if inside then
      part.mod, part.from, part.to = edge, before and part.from or day, before and day or part.to
      return part
    end
  end
  local size = part.to - part.from + 1
  local first, last = size // 3, size // 3 * 2
  if part.grain == "month" then
    first, last = 10, 20
  elseif part.grain == "week" then
    first, last = 2, 4
  elseif part.grain == "year" then
    local year = civil(part.from)
    first, last = make_day(year, 5, 1) - part.from, make_day(year, 9, 1) - part.from
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
  local hour, minute = fields.hour, fields.minute or 0
  if hour then
    if hour % 1 ~= 0 then -- "dreieinhalb Uhr"
      hour, minute = hour // 1, 30
    end
    if hour > 24 or minute > 59 or minute % 1 ~= 0 then
      return nil
    end
    local half = fields.half_day
    local late = fields.part == "EV" or fields.part == "AF" or fields.part == "NI" and hour > 5
    if hour < 12 and (half == "PM" or half == nil and late) then
      hour = hour + 12
    elseif half == "AM" and hour == 12 then
      hour = 0
    end
    part.type, part.grain = "TIME", "minute"
    part.value = part.value .. ("T%02d:%02d"):format(math.tointeger(hour), math.tointeger(minute))
  elseif fields.part then
    part.type, part.grain, part.value = "TIME", "part", part.value .. "T" .. fields.part
  end
  return part
end

local grain_of =
  { D = "day", W = "week", WE = "weekend", M = "month", Q = "quarter", Y = "year", E = "decade", C = "century" }
local open_value = {
  D = "XXXX-XX-XX", W = "XXXX-WXX", WE = "XXXX-WXX-WE", M = "XXXX-XX", Q = "XXXX-QX", Y = "XXXX", E = "XXX", C = "XX",
}

-- Units that TIMEX3 counts in others.
local per_unit = { E = { "Y", 10 }, C = { "Y", 100 }, Q = { "M", 3 }, MIL = { "Y", 1000 }, WE = { "D", 2 },
  HY = { "M", 6 }, F = { "W", 2 } }

return {
  era_year = era_year,
  full_year = full_year,
  of_day = of_day,
  of_week = of_week,
  of_weekend = of_weekend,
  of_month = of_month,
  of_quarter = of_quarter,
  of_half = of_half,
  of_year = of_year,
  of_season = of_season,
  of_years = of_years,
  bare = bare,
  unit_at = unit_at,
  choose_year = choose_year,
  hemmed = hemmed,
  timed = timed,
  grain_of = grain_of,
  open_value = open_value,
  per_unit = per_unit,
}
