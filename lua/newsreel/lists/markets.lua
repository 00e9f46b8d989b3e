--- Tone of market news: words that say that something went up or down. They count only in texts about markets.
local list = {}

local function words(value, entries)
  for entry in entries:gmatch "[^,\n]+" do
    entry = entry:match "^%s*(.-)%s*$"
    if entry ~= "" then
      list[entry] = value
    end
  end
end

words(2, [[
  jump, jumps, jumped, surge, surges, surged, soar, soars, soared, soaring, rally, rallies, rallied, zoom*, climbs, climbed, climb, rises, rise, rose, rising, gains, bounce, bounces, bounced, bounces back, rebound*, uptick, uptrend, upside, upmove, buoy*, outperform*, overweight, all-time high, record high, at record high, new high, fresh high, hits high,
  beat estimates, beats estimates, beat expectations, beats, tops, top pick, strong buy, gainers, gainer, oversubscrib*, doubles, double, triples, two-fold, three-fold, highs, shines, sparkle*, bull, bulls, bullish, returns to profit, turns profitable, swings to profit, expands, recovers, recover, advance, advances, positive, firms up, extends gains, edges up, inches up, ends higher, opens higher, in the green, up, higher, win back
]])
words(-2, [[
  slump, slumps, slumped, slip, slips, slipped, slide, slides, slid, sliding, dip, dips, dipped, drop, drops, dropped, fall, falls, fell, falling, tumble, tumbles, tumbled, plunge, plunges, plunged, plummet*, sink, sinks, sank, skid, skids, sag, sags, drag, drags, dragged, tank, tanks, tanked, rout, downtrend, downturn, declines, decline, declined, low, lows, lowest, at record low, new low, fresh low, hits low, loser, losers, laggard*, lag, lags, lagging,
  profit-booking, profit booking, profit-taking, profit taking, book profits, sell-off, selloff, sell, selling, bear, bears, bearish, underweight, underperform*, overvalued, subdued, choppy, soften*, weigh, weighs, weighed on, pare, pares, pull back, pulls back, pullback, cools, below estimates, misses estimates, in the red, in red, edges down, inches down, ends lower, opens lower, halves, halved, down, lower, correction, turns negative, negative, weaken, weakens, weakened
]])

return list
