#!/bin/sh
# The prompt in a real terminal, typed by tmux: completion, help, a mistake and its advice, Ctrl-C, several lines,
# tables and pictures with Cyrillic, Arabic and Chinese names. Prints what the terminal shows. By hand:
#   sh tests/prompt/session.sh build 80 > tests/prompt/80.txt
build=$(cd "$1" && pwd) columns=$2
folder=$(mktemp -d)
terminal="tmux -u -L newsreel-$$ -f /dev/null"
trap '$terminal kill-server 2> /dev/null; rm -r "$folder"' EXIT

cat > "$folder/names.jsonl" << 'END'
{"id":"n1","date":"2025-09-01","text":"Володимир Зеленський met 王毅 and محمد بن سلمان in Riyadh. Siân Ó Briain spoke."}
{"id":"n2","date":"2025-10-01","text":"Зеленський said so. 王毅 left. محمد بن سلمان stayed."}
END
"$build/bin/newsreel" add "$folder/names.reel" "$folder/names.jsonl" 2> /dev/null

press() { # press KEY...: as tmux names them
  $terminal send-keys -t prompt "$@"
  sleep 0.6
}
type() { # type TEXT: letter by letter, then Enter
  $terminal send-keys -t prompt -l "$1"
  press Enter
}

$terminal new-session -d -s prompt -x "$columns" -y 150 "cd '$folder' && HOME='$folder' exec '$build/bin/newsreel'"
sleep 1
type 'c = newsreel.open "names.reel"'
$terminal send-keys -t prompt -l 'c:'
press Tab Tab
press BSpace BSpace
$terminal send-keys -t prompt -l 'c "Зе'
press Tab
type '"'
type 'who = c:actors { Wang = {"王毅"}, ["محمد بن سلمان"] = {"محمد بن سلمان"}, ["Володимир Зеленський"] = {"Зеленський"} }'
type 'who:by("actor", "month"):count()'
type 'who:by("actor", "month"):count():plot()'
type 'who:kwic(4)'
type 'help(who.by)'
type 'who:filter(1)'
type 'who:by("actr"):count()'
type 'c "met" or c "left"'
type 'for i = 1, 2 do'
type 'print(i)'
type 'end'
type 'while true do end'
press C-c
type '#c'
$terminal capture-pane -t prompt -p | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'
