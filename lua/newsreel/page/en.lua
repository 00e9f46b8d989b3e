--- English: the wording of lines that stand around an article. A phrase a line: "x" is the whole line, but for closing
--- punctuation, "x*" its first words, "*x" its last words, "*x*" stands anywhere in it; a star inside is any words.
--- Case, the kind of apostrophes and of blanks do not count. The lists:
---   furniture  the line goes to the margin: share, sign up, cookies, print, menus
---   caption    so does this one: it describes a picture
---   teasers    such a line opens a list of other stories; text that goes on behind it comes back to the line
---   comments   the comments or their form follow, up to the end
---   over       the article ends above it
---   byline     names the author, above the text
---   date       stands before the day of publication
---   updated    stands before the day of a change
---   body       never goes to the margin
---   credit     words that a parenthesis at a line's end holds when it credits a picture; "(x)" is all of it
---   button     names of share buttons: a row of them goes to the margin
return {
  furniture = [[
advertisement
continue reading below
read more
more
share
share this
share on facebook
print
email
comment
comments
join the conversation
subscribe
sign up
sign me up
be the first to know
now playing
loading
close
pin
replay
scroll to top of page
search
view comments
source link
save
link copied
facebook
twitter
whatsapp
more stories
sign up for*
*all rights reserved.
sign up to*
advertisement continue*
subscribe to*
subscribe for*
follow us*
follow @*
like us on*
join us on*
click here*
click to*
copyright ©*
read more:*
read more about*
read or share this story*
also read*
read also*
see also*
read:*
related:*
more:*
more from*
visited *
never miss *
get the latest*
get our*
get breaking news*
download the*
share this*
share on*
write to *
contact us*
(reporting by*
additional reporting by*
don't miss*
this article was originally published*
this story was originally published*
this article originally appeared*
watch more*
the views expressed*
story continues*
the associated press contributed*
interested in*as an interest*
thank you for signing up*
unlimited digital access*
*sign up here.
*delivered to your inbox*
*your inbox every*
*may not be published, broadcast, rewritten or redistributed.
*on twitter
*contributed to this report.
*contributed to this story.
*contributed to this article.
video
youtube
just watched*
*listen ·*
follow *on twitter*
now playing:*
*contributed to this report
*contributed
*contributed.
contributing:*
*by signing up you agree*
*. sign up to receive*
got a tip*
send a tip*
read more from*
(additional reporting by*
the opinions expressed*
you are signed in*
your weather is*
]],
  caption = [[
photo:*
photos:*
image:*
photo credit:*
file photo*
file -*
video:*
image copyright*
image caption*
graphic:*
enlarge this image*
in this photo*
in this image*
*hide caption*
*toggle caption*
*getty images*
*ap photo*
*(photo by*
*(photo:*
*photograph by*
*/shutterstock*
*via reuters*
*/reuters)*
*afp/getty*
*/epa*
*/ap
*/reuters
*/afp
*/epa
*, associated press
*, ap
*, reuters
media playback*
credit:*
*... more
*) less
]],
  teasers = [[
trending *
related article
related articles
related stories
related content
related
recommended stories
most popular
]],
  comments = [[
leave a reply
leave a comment
]],
  over = [[
tags
]],
  byline = [[
by *
analysis by*
]],
  date = [[
date*
published*
posted*
originally published*
first published*
]],
  updated = [[
updated*
this story was updated*
this report was updated*
]],
  credit = [[
photo
pictures
images
picture
getty
courtesy
handout
screengrab
file)
via
credit
pool)
(ap)
(afp)
(reuters)
(epa)
(tass)
(dpa)
(xinhua)
(pti)
]],
  button = [[
facebook
twitter
x
linkedin
email
e-mail
mail
whatsapp
telegram
reddit
print
copy
link
pinterest
messenger
viber
share
tweet
flipboard
instagram
youtube
tiktok
bluesky
threads
vk
ok
save
tumblr
google+
comment
comments
sms
xing
pocket
on
via
]],
}
