-- Articles by month, as rows.
return newsreel.open().articles:by("month"):count()
