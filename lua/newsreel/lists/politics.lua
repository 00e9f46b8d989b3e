--- Tone of political news: words that speak well or ill of what is told, -4 to 4.
--
-- Written for news prose: "attack", "crisis" and "reform" have the weight they have there. Negation
-- ("not safe") is left to :flip, phrases win over their words (longest match). Globs cover the forms
-- of one word; a form that means something else has an entry of its own (value 0 takes it out).
local list = {}

local function words(value, entries)
  for entry in entries:gmatch "[^,\n]+" do
    entry = entry:match "^%s*(.-)%s*$"
    if entry ~= "" then
      list[entry] = value
    end
  end
end

words(3, [[
  triumph*, victor*, breakthrough*, heroic, heroes, heroism, hero, magnificent, superb*, brilliant*, excellent*, excellence, outstanding,
  wonderful*, marvelous*, marvellous*, glorious*, beautiful*, delight*, joy, joys, joyful*, joyous*, love, loved, loves, loving, beloved, lovely, adore*,
  masterpiece*, masterful*, exquisite*, splendid*, spectacular*, fantastic*, amazing*, awesome, thrill, thrilled, thrilling, ecstatic, jubila*,
  blessing*, paradise, happiness, happiest, best, celebrat*, finest, greatest, dazzling*, sublime, peace deal, historic peace, peace and prosperity,
  freedom, liberation, liberated, perfect*, genius, flourish*, thriv*, prosper, prospered, prospers, prospering, prosperity, prosperous, bravery, gallant*, win-win
]])
words(2, [[
  win, wins, winning, winner*, won, success, successes, successful*, succeed*, achiev*, accomplish*, progress*, gain, gains, gained, boost*, improv*, recover, recovered, recovering, recovery,
  strengthen*, robust, resilien*, hope, hopes, hopeful*, hoping, hoped, optimis*, confiden*, promising, promise, inspir*, courag*, brave*, honest*, honor*, honour*, integrity, noble, generous*,
  generosity, kind, kindness, kindly, compassion*, warm, warmth, warmly, friendly, friendship*, ally, allies, partnership*, cooperat*, co-operat*, accord, accords, reconcil*,
  peace, peaceful*, peacekeep*, safe, safely, safer, safest, secured, rescue*, relief, relieved, save, saved, saves, helped, helps, helping, helpful*, aid,
  supportive, praise*, praising, applaud*, welcom*, commend*, admir*, respect, respected, respects, respectful*, acclaim*, popularity, great, good, better, nice, nicely, fine,
  happy, happily, happier, enjoy*, glad, gladly, proud, proudly, pride, funny, humor, humorous, witty, wit, laugh*, smile*, smiling, charm*, elegant*, elegance, grace, graceful*, graceful, beauty, attractive, appealing, favor, favored,
  favors, favorite*, favour*, benefit, benefits, benefited, benefiting, beneficial, effective*, efficient*, efficiency, constructive, productive*, innovat*, creative*, creativity, talent*, gifted, skill, skilled, skillful*, smart, smarter, wise, wisdom, wisely,
  intelligent, clever*, bright, brighter, brightest, fair, fairly, fairness, liberty, democracy, democratic values, equality, dignity, trust, trusted, trustworthy, loyal*, faithful*, sincer*, truth*, legitimate, credible, credibility, healthy,
  healthier, heal, healed, healing, cure, cured, strong, stronger, strongest, strongly, strength*, powerful*, richly, valuable, valued, precious, treasure*, gift, gifts, award*, prize*, medal, reward*, rewarding, champion*, thank*, grateful*, gratitude, appreciat*,
  congratulat*, commitment*, committed, dedicat*, devot*, passion, passionate*, excit*, enthusias*, eager*, vibrant, lively, comfort, comfortable, comfortably, comforting, calm, calmly, calmed, stable, stability, stabilis*, stabiliz*, upturn, surged,
  outperform*, upgrade*, profit*, record upbeat, bullish, rebound*, ceasefire, cease-fire, truce, detente, thaw, goodwill, good faith, common ground, consensus, unity, united front, solidarity, landmark deal, historic, remarkabl*, impressive*, impress, impressed, notable, renowned, distinguished, celebrated,
  elated, hail, hailed, hails, endorse*, free and fair, relaxed, romantic, sweet*, tender, tenderness, delicious, luxur*, rejoice*, revive*, revival, renaissance, uplift*, vindicat*, exonerat*, acquitted, freed, refreshing, dream*, blessed
]])
words(1, [[
  agree, agrees, agreed, accept, accepted, accepts, acceptable, ability, capable, readiness, willing*, opportunit*,
  advance, advances, advanced, advancing, rebuild*, modern*, solution*, solve*, resolv*, settled, settlement, negotiat*, dialogue, diplomacy, diplomatic solution,
  cooperate, contribut*, approve*, approval, assur*, reassur*, guarantee*, ensure*, enable*, empower*, encourag*, incentive*, motivate*,
  clarity, easy, easier, easily, reasonable, rational, sensible, solid, balanced, moderate, mature, careful*, thoughtful*, polite*, civil, decent, decency, modest*, humble, cheer*, entertain*,
  high quality, first-rate, well-known, famous, fame, best-selling, bonus, dividend*, outlook positive, increase in, ease, eased, easing,
  restor*, repair*, return to, welcome, reunion, reunite*, wedding, feast*, sunny, sunshine, scholar*, charit*, donat*, volunteer*, merit*, worth, worthy, deserve*, pure, agreeable, ambitio*, vigor*, vital, lucky, luck, fortun*, wish*, want to help
]])
words(-1, [[
  concern, concerns, concerned, worry, worries, worried, worrying, doubt*, uncertain*, unclear, unsure, caution*, warn, warned, warning, warnings, warns, alarm, alarmed, alarming, skeptic*, sceptic*, hesita*, reluctan*, delay*, postpone*, slow, slower, slowly, slowdown, sluggish*, stall*, pause, paused, on pause, limits,
  limitation*, lack, lacks, lacked, lacking, lack of, shortage*, short of, decline, declines, declined, declining, lose, loses, losing, costly, expens*, debt, debts, deficit*, burden*, pressure*, tension*, strain*, difficult*,
  hardship*, tough, tougher, challeng*, problem*, issue at hand, trouble*, complicat*, confus*, mistake*, error*, wrong, wrongly, fault*, flaw*, weak, weaker, weakness*, weaken*, poor, poorly, bad, badly, worse, missed, missing, fail to, tired, tiring, boring, bored, bore, dull, bland, lame, aging, darkness, gloomy, gloom*, sad, sadly, sadness,
  lonely, loneliness, nervous*, anxious*, anxiety, uneasy, unease, disagree*, dispute*, disput*, argument*, controvers*, critic, criticis*, criticiz*, object, objected, objection*, oppose*, opposing, rival*, against, protest*, demonstrat*, resist*, refus*, reject*, deny, denied, denies, denial, dismiss*, ignore*, neglect*, avoid*,
  unwilling*, unable, impossible, unlikely, unfortunately, regret*, apolog*, blame*, excus*, suspect*, suspicio*, alleg*, accus*, probe, charge, charged, charges, lawsuit*, sued, sues, suing, penalt*, fine of, fined, sanction*, ban, bans, banned, banning, embargo*, restrict*, blocked, blocking, barrier*, border dispute, stalemate*, impasse, deadlock*, gridlock,
  standoff, stand-off, split, divide, divided, division, divisions, fracture*, vulnerable, vulnerabilit*, risk, risks, risky, unpopular, unhappy, unfair*, unjust*, unrest, instab*, unstable, volatil*, uncertain, layoff*, laid off, unemploy*, jobless, recession, inflation, bankrupt*, downturn, downgrade*, bearish, sell-off, sank, sink*, shrink*, shed, miss estimates, underperform*,
  exaggerat*, overstat*, awkward*, clumsy, silly, absurd*, ridicul*, odd, strange, bizarre, ugly, mess, messy, noise, noisy, dirt, dirty, wasting, trash, garbage, cheap, fake, false, falsely, mislead*, misled, error, leak, leaked, scrap, scrapped, quit, quits, resign*, ousted, oust, fired, retreat*, withdraw*, withdrew, surrender*, concession*, abandon*, evacuat*, fled, flee, fleeing, shut shutdown, closure*, nuclear weapon*, missile*, weapon*, military buildup, drone*, arms race
]])
words(-2, [[
  fail, failed, failing, fails, failure*, loss, losses, lost, defeat*, damage*, damaging, harm, harmed, harmful*, harming, hurt, hurts, hurting, pain, pains, painful*, suffer*, injur*, wound, wounded, wounds, casualt*, threat, threats, threaten*, danger*, hazard*, fear, fears, feared, fearful*, fearing, afraid, scare*, scary, fright*, panic*, crisis, crises, conflict*, clash*, battle, battles, battled, confront*,
  aggressi*, hostil*, enem*, angry, anger*, angrily, fury, furious*, outrage*, rage, raged, resent*, hate, hated, hates, hatred, hating, hateful, despis*, disgust*, contempt*, insult*, offens*, abuse*, abusive, abusing, bully*, bullied, harass*, intimidat*, coerc*, force to, oppress*, repress*, suppress*, censor*, persecut*, racis*, sexis*, bigot*, prejudice*, xenophob*, anti-semit*, antisemit*, extremis*, radicali*, fanatic*, corrupt*, scam*, bribe*, brib*, embezzl*, launder*, steal*, stole, stolen, theft, thief, thieves, rob, robbed, robber*, looting, looted,
  illegal*, unlawful*, illicit, guilt*, convict*, jail*, imprison*, arrest*, detain*, detention, handcuff*, lie, lied, lies, lying, liar*, deceiv*, decept*, deceit*, dishonest*, cheat*, betray*, treason*, traitor*, conspir*, scandal*, disgrac*, shame*, shameful, embarrass*, humiliat*, mock*, ridicule*, condemn*, denounc*, slam, slammed, slams, slamming, blast, blasted, blasts, lash out, lashed out, lashes out, attack on, attacked by, attack*, assault*, strike on, airstrike*, air strike*, bomb*, shell, shelled, shelling, shot, shoot*, gunman, gunmen, fire on,
  invade*, invasion*, invader*, occup*, occupation, annex*, hostage*, kidnap*, abduct*, blackmail*, extort*, provoc*, provok*, escalat*, destabili*, undermin*, sabotage*, disrupt*, chaos, chaotic, turmoil, turbulen*, havoc, disorder*, riot*, revolt*, rebel*, insurgen*, militant*, mercenar*, collaps*, crash*, crumbl*, ruin*, wreck*, broke breakdown*, destroy*, destruct*, demolish*, devast*, burn*, blackout*, outage*, disease*, sick, sickness, ill, illness*, infect*, virus*, pandemic, epidemic*, toxic*, poison*, pollut*, contaminat*, addict*, overdos*, obes*, cancer*, hungry, hunger, starv*, poverty, homeless*, desperat*, despair*, hopeless*, helpless*, miser*, depress*, grief, griev*, mourn*, sorrow*, tears, cry, cried, crying, weep*, wept, bitter*, cruel*, brutal*, harsh*, savage*, vicious*, ruthless*, merciless*, severe*,
  dire, grim*, bleak*, ominous, sinister, menac*, doom*, nightmar*, dread*, terribl*, awful*, horribl*, poor quality, disappoint*, frustrat*, annoy*, irritat*, upset*, disturb*, distress*, shock*, stupid*, idiot*, fool*, ignoran*, incompeten*, inept*, reckless*, irresponsib*, negligen*, careless*, arrogan*, selfish*, greed*, hypocri*, cynic*, disastrous handling, debacle, fiasco, setback*, backlash, boycott*, unacceptable, unbearable, intolerab*, useless, worthless, meaningless, pathetic, default, defaulted, foreclos*, meltdown, paper tiger, propaganda, disinformation, misinformation, puppet, regime, dictator*, authoritarian*, autocra*, tyran*, despot*, war of attrition, blockade*, siege, besieg*, smuggl*, traffick*, missile strike*, drone attack*, drone strike*, vandal*, accident*
]])
words(-3, [[
  war, wars, warfare, kill, killed, killer*, killing*, kills, deadly, deadlier, deadliest, die, died, dies, dying, fatal*, lethal, murder*, massacre*, slaughter*, genocid*, ethnic cleansing, atrocit*, war crimes against humanity, tortur*, rape*, rapist*, terror*, terrorist*, terrorism, suicid*, execut* by, behead*, mass grave*, holocaust, nazi*, evil*, wicked*, monster*, monstrous*, horrif*, horror*, catastroph*, disaster*, tragic*, tragedy, tragedies, calamit*, cataclysm*, apocalyp*,
  worst, nuclear war, nuclear strike*, annihilat*, exterminat*, assassinat*, bloodshed, bloody, bloodbath, carnage, barbar*, heinous, vile, sadist*, inhuman*, agony, agoniz*, anguish*, devastated, traumat*, trauma, slave*, famine, molest*, pedophil*, lynch*, mutilat*, strangl*, stabbed, stabbing*, drown*, corpse*, funeral*, hell
]])
words(1, [[
  protect*, support, supports, supported, supporting, supporter*, safety, justice, agreement*, friend, friends, supportive, advantage*, growth, grow, growing, grew, aid, reform*, rights,
  popular, lead the way, talent, momentum, legacy, passion, milestone, milestones, thanks, applause, ovation, legend*, iconic, pioneer*, veteran*, endors*, invite, invited, invitation,
  defeated, favorable, favorably, favourable, favourabl*, bringing together, sacrifice*, prepared, on track, in good shape, in demand, underdog, credited, dramatic improvement, good news
]])
words(-1, [[
  death, deaths, dead, fraud*, crime, crimes, criminal*, victim*, discriminat*, investigat*, fight*, fought, prison*, miss, complain*, cautious, adequate at best, face charges, inappropriate, unnamed, troubling, indict*, controversial, controversy, improper*, motivated by, blame,
  crooked, revelation*, scrutiny, hoax, accusation*, misconduct, unfit, contradict*, firing, rant, contentious, divisive, silence, phony, explosive, so-called, self-styled, deny, secretly, behind closed doors, without evidence, no evidence, under fire, under investigation, under pressure, caught, yelled, shouted, uncomfortable, suggest wrongdoing
]])
words(1, [[
  learn*, magic*, genuine*, spirit*, original*, art, arts, artist*, music*, heart, hearts, vision*, important, significant*, ready,
  young, energy, teach*, vibran*, wonder, wondrous, astonish*, fascinat*, delicate*, pretty, remarkably, admirably, lasting peace,
  opportunity, applau*, devoted, well-deserved, credit, improve, inspirational, prosperous, graceful, rich, unique, clear, light,
  quality, golden, fresh, clean, star, celebrities, feast, garden, gardens, play, playful, novel, bloom*, dance*, song*
]])
words(-1, [[
  narrow*, surprised, complain*, faced with, inappropriate*, ineffective*, barely, nothing but, blaming, misuse*, unqualified,
  critic, critics, question whether, questions about, questioned, debate, shrug*, stubborn*, obstacle*, costs, cost, taxes, guns,
  ignorance, unclear, misguided, misplaced, shortsight*, half-hearted, empty promise*, hollow, squander*, mishandl*, mismanag*,
  overblown, blunder*, bungl*, dubious*, excessive*, exploit*, extravagan*, flimsy, futile, grudg*, hamper*, hinder*, hypocrisy,
  imped*, inadequate*, inequ*, inferior*, insufficien*, lax, loathe*, mediocre, menace*, needless*, notorious*, obsess*, overdue,
  paranoi*, perilous*, plague*, pretend*, rash, regrettabl*, rigid*, ruse, shaky, sham, shoddy, stagna*, stifl*, struggl*, sour*,
  tarnish*, tedious, troublesome, unaccountab*, unconvincing*, undemocratic*, uneven*, unfortunate*, unjustif*, unlawful*,
  unnecessar*, unpleasant*, unqualif*, unreason*, unreliab*, unsafe, unsustainab*, untrue, unwarrant*, vain, vex*, wasteful,
  alarmist*, antagoni*, backfir*, bias*, burden*, callous*, clumsi*, complacen*, concoct*, convolut*, cripple*, decay*, defian*,
  demean*, derid*, deteriorat*, detriment*, disarray, discontent*, discourag*, dismal*, disregard*, distort*, distrust*, dodg*,
  erod*, erosion, evasi*, fiasco*, flout*, fractur*, frail*, infuriat*, insecur*, lament*, malign*, manipulat*, misconduct*, misery,
  nasty, objectionable, ostraci*, outcry, overreach*, pretext*, quarrel*, rift*, rot, rotten, scapegoat*, scorn*, smear*, snub*,
  sordid, spite*, stifling, strife, turmoil*, unravel*, upheaval*, victimi*, weary, worrisome, wrongdo*
]])
-- Words that look like tone and are none.
words(0, [[
  executive*, like, war on drugs, prime minister, interest rate*, interest rates, state of the art, fine arts, fair trade, good morning, good friday, good luck to, kind of, well as, as as well as, war room, star wars, cold war, world war, world war ii,
  civil war, civil great britain, peace corps, rich text, new york, new york times, new year*, new zealand, new delhi, new jersey, new hampshire, new mexico, new orleans, right wing, right-wing, right now, security council, national security, trade union*, united states, united nations, united kingdom, labor free trade,
  white house, supreme court, justice department, department of defense department, secretary of defense, ministry of defence, air force, task force, work force, workforce, labor force, in force, hard drive, hard copy, cut glass, party leader*, opposition leader*, opposition conservative republican democratic prize money, shell company, challenger, charge of, in charge, in charge of,
  issue*, shot of vodka, big shot, bomb threat hoax, cold weather, dark horse, drop in, fall of 20*, last this falls church, battle of, battleground, battleground state*, gun control, birth certificate, high school*, high court, high commissioner, higher education, top official*, increase, limited liability, open source, arts council, play a role, played a role, plays a role, major general, energy prices, energy minister, energy infrastructure, real estate, gold coast, silver spring, miss world, home secretary, homeland security, home depot, special envoy, special counsel, special forces, unique selling
]])

return list
