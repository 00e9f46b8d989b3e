--- Chinese wording around articles; see en.lua.
return {
  updated = [[
更新时间*
]],
}
