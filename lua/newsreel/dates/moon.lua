--- Sun and moon, as far as feasts hang on them: those of India by month and lunar day (tithi), the Chinese new year.
-- The longitudes are short sums of the best-known terms, right to a few minutes of time; a feast may be kept a day
-- off where a lunar day ends at dawn, or where regions differ.
local calendar = require "newsreel.dates.calendar"

local moon = {}

local EPOCH = calendar.day(2000, 1, 1) + 0.5 -- J2000; instants are days and parts of them, in universal time
local INDIA, CHINA = 5.5 / 24, 8 / 24
local LUNATION = 29.530589

local function sine(degrees)
  return math.sin(math.rad(degrees % 360))
end

---The longitude of the sun.
local function sun_at(instant)
  local t = (instant - EPOCH) / 36525
  local anomaly = 357.5291 + 35999.0503 * t
  return 280.4665 + 36000.7698 * t + 1.9146 * sine(anomaly) + 0.02 * sine(2 * anomaly)
end

---The longitude of the moon.
local function moon_at(instant)
  local t = (instant - EPOCH) / 36525
  local d, m = 297.8502 + 445267.1114 * t, 357.5291 + 35999.0503 * t
  local n, f = 134.9634 + 477198.8675 * t, 93.2721 + 483202.0175 * t
  return 218.3164 + 481267.8812 * t + 6.2888 * sine(n) + 1.2740 * sine(2 * d - n) + 0.6583 * sine(2 * d)
    + 0.2136 * sine(2 * n) - 0.1851 * sine(m) - 0.1143 * sine(2 * f) + 0.0588 * sine(2 * d - 2 * n)
    + 0.0571 * sine(2 * d - m - n) + 0.0533 * sine(2 * d + n) + 0.0458 * sine(2 * d - m) - 0.0409 * sine(m - n)
    - 0.0347 * sine(d) - 0.0304 * sine(m + n)
end

---The longitude of the sun among the fixed stars.
local function sidereal(instant)
  return (sun_at(instant) - 23.853 - (instant - EPOCH) * 3.8247e-5) % 360
end

---The instant near `guess` at which `angle(instant)` is `want` degrees; it grows by `speed` a day.
local function when(angle, want, speed, guess)
  for _ = 1, 5 do
    guess = guess + ((want - angle(guess) + 180) % 360 - 180) / speed
  end
  return guess
end

---How far the moon is ahead of the sun.
local function phase(instant)
  return moon_at(instant) - sun_at(instant)
end

local function new_moon(guess)
  return when(phase, 0, 360 / LUNATION, guess)
end

---The day of lunar day `tithi` behind a new moon: the one that holds it at `hour` (in India).
local function day_of_tithi(start, tithi, hour)
  local from = when(phase, (tithi - 1) * 12, 360 / LUNATION, start + (tithi - 1) * LUNATION / 30)
  local to = when(phase, tithi * 12, 360 / LUNATION, start + tithi * LUNATION / 30)
  local day = math.ceil(from + INDIA - hour / 24)
  return day + hour / 24 < to + INDIA and day or math.floor((from + to) / 2 + INDIA)
end

---The day in `year` of a feast of the Hindu calendar: `lunar` is the month (1 is Chaitra; months run from new moon to
---new moon), `tithi` 1 to 30, `hour` the time of day that counts.
---@param feast table
---@param year integer
---@return integer?
function moon.hindu(feast, year)
  local start = new_moon(calendar.day(year - 1, 12, 1))
  for _ = 1, 14 do
    local following = new_moon(start + LUNATION)
    local sign = sidereal(start) // 30
    if (sign + 1) % 12 + 1 == feast.lunar and sidereal(following) // 30 ~= sign then
      local day = day_of_tithi(start, feast.tithi, feast.hour or 6) + (feast.plus or 0)
      if calendar.civil(day) == year then
        return day
      end
    end
    start = following
  end
end

---The day in `year` on which the sun enters a sign of the zodiac (0 is Aries); after sunset the next day counts.
---@param sign integer
---@param year integer
---@return integer
function moon.solar(sign, year)
  local guess = calendar.day(year, 4, 14) + (sign > 8 and sign - 12 or sign) * 30.44
  return math.floor(when(sidereal, sign * 30, 360 / 365.2422, guess) + INDIA + 6 / 24)
end

---The Chinese new year: the first new moon from 21 January on.
---@param year integer
---@return integer
function moon.chinese_new_year(year)
  local first = calendar.day(year, 1, 21)
  local day = math.floor(new_moon(first) + CHINA)
  return day >= first and day or math.floor(new_moon(first + LUNATION) + CHINA)
end

return moon
