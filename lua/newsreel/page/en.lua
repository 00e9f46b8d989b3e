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
continue reading below
read more
more
share
share this
share this article
share on facebook
share on twitter
tweet
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
log in
loading
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
view comments
latest news
source link
home
about us
contact us
privacy policy
terms of use
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
sign up now*
buy photo
advertisement -*
join our*
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
© copyright*
© 20*
read more:*
read more about*
read or share this story*
read also*
also read*
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
watch more*
the views expressed*
story continues*
the associated press contributed*
may earn a commission*
interested in*as an interest*
thank you for signing up*
unlimited digital access*
*contains affiliate links*
*all rights reserved
*min read
*sign up here
*sign up here.
*delivered to your inbox*
*your inbox every*
*may not be published, broadcast, rewritten or redistributed.
*on twitter
*on facebook
*contributed to this report.
*contributed to this story.
*contributed to this article.
video
youtube
podcast
just watched*
*listen ·*
follow *on twitter*
now playing:*
*email the author
*contributed to this report
*contributed
*contributed.
contributing:*
*by signing up you agree*
*invalid email address*
*please enter a valid email*
*. sign up to receive*
newsletter sign up*
got a tip*
have a tip*
send a tip*
read more from*
(additional reporting by*
the opinions expressed*
please verify*
you are signed in*
your weather is*
]],
  caption = [[
photo:*
photos:*
image:*
photo credit:*
file photo*
*file photo)*
*(file photo*
*via getty*
this photo taken*
this photo provided*
this photo released*
*photo credit*
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
*(credit:*
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
*, the associated press
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
trending now
popular
top stories
up next
read next
read also
see also
what to read next
trending news
]],
  comments = [[
comments (*)
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
tags
]],
  byline = [[
by *
written by*
analysis by*
]],
  date = [[
date*
published*
posted*
originally posted*
originally published*
first published*
publication date*
]],
  updated = [[
updated*
last updated*
last modified*
modified*
this story was updated*
this post was updated*
this report was updated*
this post was last updated*
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
