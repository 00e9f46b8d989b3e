--- Tone of market news: words that say that something went up or down. They count only in texts about markets.
local entries = require("newsreel.words").entries

local list = {}

entries([[
  advance, advances, all-time high, at record high, beat estimates, beat expectations, beats, beats estimates, bounce,
  bounced, bounces, bounces back, bull, bullish, bulls, buoy*, climb, climbed, climbs, double, doubles, edges up,
  ends higher, expands, extends gains, firms up, fresh high, gainer, gainers, gains, higher, highs, hits high,
  in the green, inches up, jump, jumped, jumps, new high, opens higher, outperform*, oversubscrib*, overweight,
  positive, rallied, rallies, rally, rebound*, record high, recover, recovers, returns to profit, rise, rises, rising,
  rose, shines, soar, soared, soaring, soars, sparkle*, strong buy, surge, surged, surges, swings to profit,
  three-fold, top pick, tops, triples, turns profitable, two-fold, up, upmove, upside, uptick, uptrend, win back,
  zoom*
]], 2, list)

entries([[
  at record low, bear, bearish, bears, below estimates, book profits, choppy, cools, correction, decline, declined,
  declines, dip, dipped, dips, down, downtrend, downturn, drag, dragged, drags, drop, dropped, drops, edges down,
  ends lower, fall, falling, falls, fell, fresh low, halved, halves, hits low, in red, in the red, inches down, lag,
  laggard*, lagging, lags, loser, losers, low, lower, lowest, lows, misses estimates, negative, new low, opens lower,
  overvalued, pare, pares, plummet*, plunge, plunged, plunges, profit booking, profit taking, profit-booking,
  profit-taking, pull back, pullback, pulls back, rout, sag, sags, sank, sell, sell-off, selling, selloff, sink, sinks,
  skid, skids, slid, slide, slides, sliding, slip, slipped, slips, slump, slumped, slumps, soften*, subdued, tank,
  tanked, tanks, tumble, tumbled, tumbles, turns negative, underperform*, underweight, weaken, weakened, weakens,
  weigh, weighed on, weighs
]], -2, list)

-- Names of firms and words of the trade, which are no tone here.
entries([[
  appointed, charge, credit, crude, crude oil, energy, fine, guidance, hero, rights, risk, spirit*, star, worth
]], 0, list)

return list
