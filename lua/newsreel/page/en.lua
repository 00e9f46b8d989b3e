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
advertisements
advertising
sponsored
sponsored content
story continues below advertisement
article continues below
continue reading below
read more
more
share
share this
share this article
share this story
share on facebook
share on twitter
tweet
print
email
comment
comments
0 comments
join the conversation
subscribe
sign up
sign me up
be the first to know
now playing
log in
loading
loading...
close
pin
play
replay
skip to content
skip to main content
scroll to top of page
back to top
menu
search
watch live
buy photo
view comments
latest news
source link
home
about us
contact us
privacy policy
terms of use
terms of service
cookie policy
save
link copied
facebook
twitter
linkedin
whatsapp
telegram
reddit
pinterest
listen
more stories
sign up for*
sign up to*
sign up now*
sign up today*
advertisement -*
advertisement continue*
subscribe to*
subscribe now*
subscribe for*
follow us*
follow @*
like us on*
join us on*
join our*
click here*
click to*
copyright ©*
© copyright*
© 20*
©20*
read more:*
read more about*
read also*
also read*
see also*
read:*
read next*
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
reporting by*
additional reporting by*
editing by*
don't miss*
this article was originally published*
this story was originally published*
this article originally appeared*
this article first appeared*
enter your email*
your email address*
we use cookies*
this website uses cookies*
watch more*
view all*
the views expressed*
story continues*
the associated press contributed*
all rights reserved*
this material may not be*
may earn a commission*
interested in*as an interest*
thank you for signing up*
unlimited digital access*
*contains affiliate links*
*all rights reserved
*all rights reserved.
*manage newsletters
*min read
*may not be published, broadcast, rewritten or redistributed.
*on twitter
*on facebook
*contributed to this report.
*contributed to this story.
*contributed to this article.
]],
  caption = [[
photo:*
photos:*
image:*
image credits:*
image credit:*
photo credit:*
photograph:*
file photo*
file -*
video:*
image copyright*
image caption*
graphic:*
enlarge this image*
this photo released*
this photo provided*
this photo taken*
this image released*
this image provided*
in this photo*
in this image*
*hide caption*
*toggle caption*
*getty images*
*ap photo*
*(photo by*
*(photo:*
*photograph by*
*photo credit*
*image credits:*
*(image credit*
*(credit:*
*/shutterstock*
*via getty*
*via reuters*
*/reuters)*
*afp/getty*
*/epa*
*file photo)*
*(file photo*
*(screengrab*
*/ap
*/reuters
*/afp
*/epa
*, associated press
*, the associated press
*, ap
*, reuters
]],
  teasers = [[
related article
related articles
related stories
related content
related posts
related
related topics
related links
more on this story
more on this
you may also like
you might also like
recommended
recommended for you
recommended stories
most read
most popular
most viewed
trending
trending now
popular
top stories
more news
up next
read next
read also
see also
]],
  comments = [[
leave a reply
leave a comment
post a comment
add a comment
]],
  over = [[
leave a reply cancel reply
filed under
about the author
about the authors
about this series
filed under:*
tags: *
]],
  byline = [[
by *
written by*
analysis by*
opinion by*
]],
  date = [[
date*
dated*
published*
posted*
created*
originally posted*
originally published*
first published*
publication date*
date published*
released*
]],
  updated = [[
updated*
last updated*
last modified*
modified*
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
