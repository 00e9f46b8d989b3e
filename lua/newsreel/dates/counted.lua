--- What a date means that is counted: from the day of the text, from the date told before, or not at
-- all (durations, sets, references). The functions are as in written.lua.
local calendar = require "newsreel.dates.calendar"
local period = require "newsreel.dates.period"

local written = require "newsreel.dates.written"

local meaning = {}

local of_day, bare, unit_at, hemmed = period.of_day, period.bare, period.unit_at, period.hemmed
local timed, grain_of, open_value, per_unit = period.timed, period.grain_of, period.open_value, period.per_unit

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

---"heute": the day itself, or "nowadays" in a text that knows no other day.
function meaning.today_soft(fields, context)
  if context.daily or not context.day then
    return meaning.today(fields, context)
  end
  return bare("DATE", "PRESENT_REF", nil, "none")
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
    return timed(hemmed(one, fields.edge, context.day), fields)
  end
end

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

---"two hours ago": to the minute where the clock of the day is given, else some time of the day.
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

local part_of_day = { H = 1 / 24, MIN = 1 / 1440, S = 1 / 86400, D = 1, W = 7 }

---"in 1d 2hr 5min": a sum of units.
function meaning.shift_sum(fields, context)
  local size = 0
  for _, which in ipairs { "", "2", "3" } do
    size = size + (fields["count" .. which] or 0) * (part_of_day[fields["unit" .. which]] or 0)
  end
  if fields.unit == "D" and not context.minute then
    return meaning.shift({ count = size, unit = "D", sign = fields.sign }, context)
  end
  return meaning.shift({ count = size * 1440, unit = "MIN", sign = fields.sign }, context)
end

---"2 weeks after yesterday", "3 days before next Friday": counted from another date.
function meaning.shift_from(fields, context)
  local base = fields.offset and meaning.today({ offset = fields.offset }, context)
    or written.date({ weekday = fields.weekday, rel = fields.rel, month = fields.month, day = fields.day,
      year = fields.year }, context)
  if not base or not base.from then
    return nil
  end
  local from = setmetatable({ day = base.from, year = (calendar.civil(base.from)) }, { __index = context })
  local one = meaning.shift({ count = fields.count, unit = fields.unit, sign = fields.sign }, from)
  if one and one.near then
    one = of_day(one.near)
    one.anchor = "day"
  end
  return one
end

---"by the end of the month": from the day until then.
function meaning.by_then(fields, context)
  local one = meaning.relative(fields, context)
  if one and one.to and context.day and one.to >= context.day then
    one.from = context.day
  end
  return one
end

---"the week of October 6".
function meaning.week_of(fields, context)
  local day = written.date(fields, context)
  if day and day.from then
    local one = unit_at("W", day.from, 0)
    one.anchor = day.anchor
    return one
  end
end

---"March after next".
function meaning.month_after(fields, context)
  local one = written.date({ month = fields.month, rel = 1 }, context)
  if one and one.from then
    one = unit_at("M", one.from, 12)
    one.anchor = "day"
  end
  return one
end

---A clock time with or without a day: a day that is not written is the anchor's.
function meaning.time(fields, context)
  local one
  if fields.offset then
    return meaning.today(fields, context)
  elseif fields.month or fields.weekday then
    return written.date(fields, context)
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
  if one and context.alone and one.from and fields.hour == 24 then
    return timed(of_day(one.from + 1), { hour = 0 })
  elseif one and context.alone and context.minute and fields.rolls and fields.half_day == "AM" and one.from
    and (fields.hour % 12) * 60 < context.minute then
    return timed(of_day(one.from + 1), fields)
  end
  return one
end

---"in the morning": of the day told last, where there is one.
function meaning.part(fields, context)
  local near = context.previous_day and (context.narrative or context.first - context.previous_day_stop < 200)
  local one = near and of_day(context.previous_day) or context.day and of_day(context.day)
  if one then
    one.anchor = near and "previous" or "day"
  else
    one = bare("DATE", "XXXX-XX-XX", "day", "none")
  end
  return timed(one, fields)
end

---"3 Fridays from now".
function meaning.nth_from(fields, context)
  if not context.day then
    return bare("DATE", "XXXX-WXX-" .. fields.weekday, "day", "none")
  end
  local ahead = (fields.weekday - calendar.weekday(context.day)) % 7
  if fields.sign < 0 then
    ahead = ahead - 7 * fields.count
    local one = of_day(context.day + ahead)
    one.anchor = "day"
    return one
  end
  local one = of_day(context.day + (ahead == 0 and 7 or ahead) + 7 * (fields.count - 1))
  one.anchor = "day"
  return one
end

---"in three days": a point when the text looks ahead, else how long something took.
function meaning.in_unit(fields, context)
  local clock = fields.unit == "H" or fields.unit == "MIN" or fields.unit == "S"
  local side = context.side()
  if fields.count == "X" and context.alone then
    fields = { unit = fields.unit, sign = fields.sign, count = 3 }
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
    local one = unit == "W" and unit_at("D", previous.from, count * 7) or unit_at(base and base[1] or unit,
      previous.from, count)
    one.anchor = "previous"
    return one
  end
  local one = meaning.duration(fields)
  one.anchor = "event"
  return one
end

---How long after or before an event that is told in words; the day is left open.
local function open_end(fields)
  local one = meaning.duration(fields)
  one.anchor = "event"
  return one
end

---"three weeks later": of what, is told elsewhere; it stays a length.
function meaning.from_event(fields, context)
  if context.alone then
    return meaning.shift(fields, context)
  end
  return open_end(fields)
end

---"два тижні тому": always from the day.
function meaning.ago_unit(fields, context)
  fields.count = fields.count or 1
  return meaning.shift(fields, context)
end

---"that year", "the next day", "the following month": counted from the date told last.
function meaning.previous(fields, context)
  local unit, previous = fields.unit, context.previous
  if context.alone and context.day and fields.rel and not previous then
    return meaning.relative(fields, context)
  elseif not previous or not previous.from then
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

---"наступного дня": in a story the day after the one told last.
function meaning.relative_or_next(fields, context)
  if context.narrative or fields.unit == "D" and fields.rel > 0 and not context.alone then
    return meaning.previous(fields, context)
  end
  return meaning.relative(fields, context)
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
function meaning.duration(fields, context)
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
  if context and context.alone and context.day and value:find "^PT%d" then -- asked for: from now on
    one.from, one.to, one.anchor, one.reach = context.day, context.day, "day", true
  end
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

---"the last two years": how long, and the periods meant, the current one left out.
function meaning.span_rel(fields, context)
  local one = meaning.duration(fields)
  local unit, count, rel = fields.unit, fields.count, fields.rel
  if type(count) == "number" and grain_of[unit] and context.day and rel ~= 0 and not fields.half_unit
    and count < 1000 then
    count = math.max(math.floor(count), 1)
    if not context.alone then -- "over the past five years": up to the day
      local far = meaning.shift({ unit = unit, count = count, sign = rel < 0 and -1 or 1 }, context)
      local edge = far and (far.near or far.from)
      one.from, one.to = rel < 0 and edge or context.day, rel < 0 and context.day or edge
      one.anchor, one.reach = "day", true
      return one
    end
    one.from = unit_at(unit, context.day, rel < 0 and -count or 1).from
    one.to = unit_at(unit, context.day, rel < 0 and -1 or count).to
    one.anchor, one.reach = "day", true
  elseif context.alone and type(count) == "number" and context.day and one.value:find "T" then
    local point = meaning.clock_shift(unit, rel < 0 and -count or 0, context)
    one.from, one.to, one.anchor, one.reach = point.from, context.day, "day", true
  end
  return one
end

---"the first 11 months of the year": how long, and the days meant.
function meaning.first_of(fields, context)
  local one = meaning.duration(fields)
  local whole = written.date({ year = fields.year, year_rel = fields.year_rel or not fields.year and 0 or nil }, context)
  if whole and whole.from and fields.unit == "M" and type(fields.count) == "number" then
    one.from, one.to = whole.from, calendar.add_months(whole.from, math.floor(fields.count)) - 1
    one.anchor, one.reach = whole.anchor, true
  end
  return one
end

---"den vergangenen Jahren", "in diesen Tagen".
function meaning.years_ref(fields)
  if fields.rel > 0 then
    return bare("DATE", "FUTURE_REF", nil, "none")
  end
  return bare("DURATION", "P" .. stretch("X", fields.unit), nil, "none")
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

---"now", "recently", "soon".
function meaning.ref(fields, context)
  local one = bare("DATE", fields.ref, nil, "none")
  if fields.ref == "PRESENT_REF" and context.alone and context.day then
    one.from, one.to, one.anchor = context.day, context.day, "day"
  end
  return one
end

return meaning
