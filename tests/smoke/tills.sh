# Tills on displays of their own, with hands: keys, scanners, pictures. Sourced after club.sh.
# Needs: bin, work. A till is named by its number; all of its files are in $work/till-N.
declare -A last_scan display_pid display scanner_pid scanner_fd till_pid
kills=0

fail() {
  say "FAILED: $*"
  exit 1
}

# open_display N: an X server of its own with three layouts.
open_display() {
  local n=$1 at=$work/display-$1
  Xvfb -displayfd 3 -noreset -screen 0 1366x768x24 -nolisten tcp 3>"$at" 2>/dev/null &
  display_pid[$n]=$!
  wait_until 10 grep -q . "$at"
  display[$n]=":$(<"$at")"
  DISPLAY=${display[$n]} setxkbmap us,il,ir
}

# open_scanner N: a device that the till reads as a serial scanner.
open_scanner() {
  local n=$1 fd
  mkfifo "$work/scanner-$n.in"
  "$bin/pty_scanner" <"$work/scanner-$n.in" >"$work/scanner-$n.out" &
  scanner_pid[$n]=$!
  exec {fd}>"$work/scanner-$n.in"
  scanner_fd[$n]=$fd
  wait_until 5 grep -q . "$work/scanner-$n.out"
}

# write_config N URL LANGUAGE
write_config() {
  mkdir -p "$work/till-$1" "$work/slips-$1" "$work/cards-$1"
  cat >"$work/till-$1.toml" <<TOML
[hub]
url = "$2"
[till]
language = "$3"
[devices]
serial = ["$(head -1 "$work/scanner-$1.out")"]
pictures = "$work/cards-$1"
printer = "$work/printer-$1"
slips = "$work/slips-$1"
[screen]
width = 1366
height = 768
TOML
  touch "$work/printer-$1"
}

# watch_of N: the newest line that tells what the till is at.
watch_of() {
  local lines=()
  mapfile -t lines <"$work/watch-$1" || true
  [[ ${#lines[@]} -eq 0 ]] || echo "${lines[-1]}"
}

# is N WORD...: every "key=value" holds; "key!=value": it is another value.
is() {
  local line word
  line=" $(watch_of "$1") "
  shift
  for word in "$@"; do
    if [[ $word == *!=* ]]; then
      [[ $line == *" ${word%%!=*}="* && $line != *" ${word/!=/=} "* ]] || return 1
    else
      [[ $line == *" $word "* ]] || return 1
    fi
  done
}

# await N WORD...: until that holds, at most 20 s.
await() {
  local n=$1
  wait_until 20 is "$@" && return 0
  shift
  say "till $n is at: $(watch_of "$n")"
  DISPLAY=${display[$n]} import -window root "$work/failed-till-$n.png" 2>/dev/null || true
  fail "till $n did not come to: $*"
}

start_till() {
  local n=$1
  : >"$work/watch-$n"
  DISPLAY=${display[$n]} LIBGL_ALWAYS_SOFTWARE=1 CLUBTILL_STATE_WATCH="$work/watch-$n" CLUBTILL_HOLD_PRINT="$work/hold-$n" \
    "$bin/clubtill" run --state "$work/till-$n" --config "$work/till-$n.toml" >>"$work/till-$n.log" 2>&1 &
  till_pid[$n]=$!
  wait_until 20 grep -q . "$work/watch-$n" || { tail -5 "$work/till-$n.log" >&2; fail "till $n did not start"; }
  DISPLAY=${display[$n]} xdotool search --sync --onlyvisible --name '^Clubtill - Till' windowfocus --sync >/dev/null 2>&1
}

kill_till() {
  kill -KILL "${till_pid[$1]}"
  wait "${till_pid[$1]}" 2>/dev/null || true
  kills=$((kills + 1))
}

stop_till() {
  kill "${till_pid[$1]}" && wait "${till_pid[$1]}" || fail "till $1 did not stop cleanly"
}

# keys N KEY...: as a person presses them.
keys() { DISPLAY=${display[$1]} xdotool key --delay 20 "${@:2}"; }
# write N TEXT: as a person types, far slower than a scanner.
write() { DISPLAY=${display[$1]} xdotool type --delay 70 "$2"; }
# fill N FIELD LETTERS TEXT: types into the field with the keyboard until it holds the text. A machine that is busy may hear
# slow keys as the burst of a scanner; then they are typed again.
fill() {
  local n=$1 try
  for try in 1 2 3; do
    write "$n" "$4"
    if wait_until 2 is "$n" "$2=$3" 2>/dev/null; then return 0; fi
    keys "$n" ctrl+a BackSpace
  done
  await "$n" "$2=$3"
}
# wedge N CODE: a scanner that is a keyboard.
wedge() {
  last_scan[$1]=
  DISPLAY=${display[$1]} xdotool type --delay 2 "$2" && DISPLAY=${display[$1]} xdotool key --delay 0 Return
}
# wedge_article N CODE PIECES: the same, until the basket holds so many pieces. A machine that is busy may tear a scan; then the
# cashier clears the entry and scans again.
wedge_article() {
  local n=$1 try
  for try in 1 2 3; do
    wedge "$n" "$2"
    if wait_until 5 is "$n" "pieces=$3" 2>/dev/null; then return 0; fi
    keys "$n" Escape
  done
  await "$n" "pieces=$3"
}
# scan N CODE: a scanner on the serial line.
scan() {
  last_scan[$1]=$2
  echo "$2" >&"${scanner_fd[$1]}"
}
# picture N CODE: a picture of a card in the watched folder.
picture() {
  ZXingWriter -size 500x250 -margin 20 EAN-13 "$2" "$work/card.png" && mv "$work/card.png" "$work/cards-$1/card-$2-$RANDOM.png"
}
# photo N NAME: what the screen shows once it stands still.
photo() {
  mkdir -p "$pictures"
  wait_until 5 stands_still "$1" || fail "the screen of till $1 does not stand still"
  mv "$work/photo-b.png" "$pictures/$2.png"
  photos=$((photos + 1))
}
stands_still() {
  local n
  for n in a b; do DISPLAY=${display[$1]} import -window root "$work/photo-$n.png"; done
  [[ $(compare -metric AE "$work/photo-a.png" "$work/photo-b.png" null: 2>&1) == 0 ]]
}

sign_in() {
  is "$1" employee!=none && return 0
  keys "$1" Return
  await "$1" employee!=none
}

# put N CODE...: articles by the serial scanner, each seen before the next.
put() {
  local n=$1 code before
  shift
  for code in "$@"; do
    before=$(field "$n" pieces)
    # the same code from the same scanner at once would be one scan
    if [[ $code == "${last_scan[$n]:-}" ]]; then wedge_article "$n" "$code" $((before + 1)); else scan "$n" "$code"; fi
    await "$n" "pieces=$((before + 1))"
  done
}
field() { watch_of "$1" | grep -oE "(^| )$2=[^ ]*" | cut -d= -f2; }

# pay N: F9, Enter; the sale is committed when the basket is empty.
pay() {
  keys "$1" F9
  await "$1" sheet=pay
  keys "$1" Return
  await "$1" sheet=none lines=0 pending=no
}

status() { "$bin/clubtill" status --json --state "$work/till-$1" | jq -r ".$2"; }
# printed N: uids of whole slips; the paper of a day is none.
printed() { grep -lx '#end' "$work/slips-$1"/*.txt 2>/dev/null | xargs -r grep -Lx '#kind day-close' | xargs -r grep -h '^#uid ' | sort -u | cut -c6-; }
sealed() { "$bin/clubtill" journal export --state "$work/till-$1" | jq -r 'select(.kind == "sale" or .kind == "return" or .kind == "void") | .uid' | sort; }
# settled N: everything sealed is printed, accepted and settled.
is_settled() { [[ $(status "$1" waiting) == 0 && $(status "$1" unsettled) == 0 ]] && cmp -s <(sealed "$1") <(printed "$1"); }
