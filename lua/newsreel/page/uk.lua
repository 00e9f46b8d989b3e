--- Ukrainian wording around articles; see en.lua.
return {
  furniture = [[
реклама
читайте нас*
слідкуйте за*
якщо ви помітили помилку*
© *
джерело:*
читайте також:*
поділитися
]],
  caption = [[
фото:*
фото *
]],
  byline = [[
автор:*
]],
  teasers = [[
схожі новини
]],
  comments = [[
0 коментарів
]],
  credit = [[
(укрінформ)
(уніан)
фото
]],
}
