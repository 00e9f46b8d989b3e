--- How far an act told by a verb has come: what leads to the verb, in its clause. The order decides.
return {
  { "refused", [[refus* to, declin* to, unwilling to, reluctan* to, rule* out,
    oppos*, stop* short of, fail* to, avoid*]] },
  { "demanded", [[should, must, ought to, urg* . to, urg* to, call* on . to, called on . . to, ask* . to, ask* . . to,
    demand* that, tell* . to, told . to, press* . to, pressur* . to, want* . to, invite* . to, need* to]] },
  { "threatened", "threat* to, warn* . would, warn* it would, would, ready to, prepared to" },
  { "planned", [[will, 'll, shall, plan* to, intend* to, vow* to, pledg* to, promis* to, set to, expected to, due to,
    about to, going to, prepar* to, agre* to, want* to, hope* to, aim* to, scheduled to, decid* to, offer* to, try* to,
    tri* to, seek* to, sought to, to]] },
  { "possible", "may, might, could, can, if, whether, possib*" },
}
