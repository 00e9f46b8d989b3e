--- Where a speaker stands toward talks and agreement: +1 open, -1 closed.
--
-- Negation is not written into the list; the analyst turns it with :flip(...).
return {
  ready = 1, readiness = 1, willing = 1, willingness = 1, ["open to"] = 1, openness = 1, committed = 1, serious = 1,
  seriousness = 1, constructive = 1, agree = 1, agrees = 1, agreed = 1, agreement = 1, accept = 1, accepts = 1, accepted = 1,
  compromise = 1, compromises = 1, concession = 1, concessions = 1, ["good faith"] = 1, support = 1, supports = 1, supported = 1,
  welcome = 1, welcomes = 1, welcomed = 1, endorse = 1, endorses = 1, endorsed = 1, ["back the plan"] = 1, ["common ground"] = 1,
  ["prepared to"] = 1, ["in favour of"] = 1, ["in favor of"] = 1, consent = 1, consents = 1, consented = 1, optimistic = 1, hopeful = 1,
  progress = 1, breakthrough = 1, ["готов*"] = 1, ["погод*"] = 1, ["підтрим*"] = 1, ["соглас*"] = 1, ["поддерж*"] = 1,

  refuse = -1, refuses = -1, refused = -1, refusing = -1, refusal = -1, reject = -1, rejects = -1, rejected = -1,
  rejecting = -1, rejection = -1, unwilling = -1, unwillingness = -1, ["rule out"] = -1, ["rules out"] = -1, ["ruled out"] = -1,
  ["ruling out"] = -1, ["on pause"] = -1, stalled = -1, stall = -1, stalls = -1, stalling = -1, deadlock = -1, deadlocked = -1,
  stalemate = -1, impasse = -1, ultimatum = -1, ultimatums = -1, unacceptable = -1, ["red line"] = -1, ["red lines"] = -1,
  dismiss = -1, dismisses = -1, dismissed = -1, deny = -1, denies = -1, denied = -1, oppose = -1, opposes = -1, opposed = -1,
  opposition = -1, ["walk away"] = -1, ["walked away"] = -1, ["break off"] = -1, ["broke off"] = -1, suspend = -1, suspends = -1,
  suspended = -1, obstruct = -1, obstructs = -1, obstructed = -1, sabotage = -1, sabotages = -1, sabotaged = -1, ["drag out"] = -1,
  ["buy time"] = -1, ["buy more time"] = -1, ["no deal"] = -1, ["non-starter"] = -1, ["відмов*"] = -1, ["відкида*"] = -1,
  ["отказ*"] = -1, ["отверг*"] = -1, ["неприйнятн*"] = -1, ["неприемлем*"] = -1,

  examples = {
    { "Both sides are open to compromise.", "open to = 1", "compromise = 1" },
    { "He ruled out talks and called the plan a non-starter.", "ruled out = -1", "non-starter = -1" },
    { "У Києві підтримали план, у Москві відмовилися.", "підтримали = 1", "відмовилися = -1" },
  },
  counter_examples = { "The ministers met on Monday.", "The door was open." },
}
