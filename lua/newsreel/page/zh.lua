--- Chinese wording around articles; see en.lua.
return {
  furniture = [[
责任编辑*
分享到*
]],
  teasers = [[
相关阅读
相关新闻
推荐阅读
]],
  comments = [[
发表评论
]],
  date = [[
发布时间*
发布日期*
]],
  updated = [[
更新时间*
]],
}
