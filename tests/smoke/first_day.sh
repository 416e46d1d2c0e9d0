#!/usr/bin/env bash
# Follows docs/first-day.md word by word with a second club, a bookshop whose sheets are as dirty as sheets are, up to the first
# sale in the owner's table. Needs a display (tests/ui/with_display.sh) and the programs in CLUBTILL_BIN.
set -euo pipefail
cd "$(dirname "$0")/../.."
source tests/smoke/common.sh
source tests/smoke/club.sh
source tests/smoke/tills.sh

bin=$(realpath "${CLUBTILL_BIN:-build/release/bin}")
guide=$(realpath docs/first-day.md)
work=$(mktemp -d "${TMPDIR:-/tmp}/clubtill-first-day.XXXXXX")
cp tests/data/first-day/* "$work"
cd "$work"
export PATH=$bin:$PATH LIBGL_ALWAYS_SOFTWARE=1
display[1]=$DISPLAY hub_pid='' till_pid[1]=''

close_all() {
  local pid
  for pid in ${till_pid[1]} $hub_pid; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  if [[ ${ended:-no} == yes ]]; then rm -rf "$work"; else say "The files are in $work"; fi
}
trap close_all EXIT

# chapter N: the commands of that chapter, with the club's own words where the guide leaves them to the owner.
chapter() {
  awk -v n="$1" '/^## / { here = ($2 == n ".") } here && /^    / { sub(/^    /, ""); print }' "$guide" |
    sed -e 's/"My Club"/"Kelk Readers"/' -e 's/--country IL/--country IR/' -e 's/--languages en/--languages en,fa/' \
      -e 's/--cards 20:13/--cards 29:13/' -e "s/ CODE / ${code:-CODE} /" \
      -e "s|http://127.0.0.1:8137|http://127.0.0.1:${port:-8137}|" -e 's|127.0.0.1:8137|127.0.0.1:0 --port-file port|'
}

# follow N: types them; what they say is in N.out and N.err, their exit codes in codes.
follow() {
  local line
  codes=()
  : >"$1.out" >"$1.err"
  mapfile -t lines < <(chapter "$1")
  [[ ${#lines[@]} -gt 0 ]] || fail "chapter $1 of the guide has no commands"
  for line in "${lines[@]}"; do
    # a line without a target of its own shows what it says
    if [[ $line == *'>'* ]]; then bash -c "$line" 2>>"$1.err"; else bash -c "$line" >>"$1.out" 2>>"$1.err"; fi && codes+=(0) || codes+=($?)
  done
}

# ended_with CODE...: so did the commands that were followed last.
ended_with() { [[ "${codes[*]}" == "$*" ]] || { cat ./*.err >&2; fail "exit codes ${codes[*]}, not $*"; }; }
# said FILE WORDS: a line of it holds them.
said() { grep -qF -- "$2" "$1" || { cat "$1" >&2; fail "$1 does not say: $2"; }; }

# enter CODE: typed by hand.
enter() { write 1 "$1" && await 1 "entry=${#1}" && keys 1 Return; }

follow 1
ended_with 0
said 1.err 'Made the club "Kelk Readers"'

follow 2
ended_with 1 1 1
said 2.err 'stores.csv: line 4, column code: "bad code" is no code'
said 2.err 'stores: 2 good rows (2 new or changed), 1 faults, read as UTF-8'
said 2.err 'staff.csv: line 4, column role: "owner" is no role'
said 2.err 'staff: 2 good rows (2 new or changed), 1 faults, read as UTF-16'
said 2.err 'articles.csv: line 8, column code: "9640000000055" check digit does not fit'
said 2.err 'articles.csv: line 9, column code: is also on line 2'
said 2.err 'articles.csv: line 10, column price: "about 5000" is no amount'
said 2.err 'articles.csv: line 11, column demand: "maybe" is neither yes nor no'
said 2.err 'articles: 6 good rows (6 new or changed), 4 faults, read as UTF-8'

follow 3
ended_with 0 0
said 3.err 'Published programme.json, version 2026-11'

follow 4
ended_with 1
said 4.err 'members.csv: line 6, column phone: is also on line 2'
said 4.err 'members.csv: line 7, column card: is also on line 3'
said 4.err 'members.csv: line 8, column phone: is empty, and so is the card'
said 4.err 'members.csv: line 9, column phone: too short; write it like 0912-123-4567'
said 4.err 'members.csv: line 10, column card: in no card range of this club'
said 4.err 'members.csv: line 11, column class: "gold" is not in the programme'
said 4.err 'members.csv: line 12, column birthday: is no day of the year'
said 4.err 'members.csv: line 13, column points: "-5" is no amount; write a whole number'
said 4.err 'members: 4 good rows (4 new or changed), 8 faults, read as CP1256'
follow 4
said 4.err 'members: 4 good rows (0 new or changed), 8 faults'

bash -c "exec $(chapter 5)" >5.out 2>5.err &
hub_pid=$!
wait_until 20 test -s port || { cat 5.err >&2; fail "the hub did not start"; }
port=$(<port)

mapfile -t lines < <(chapter 6)
code=$(bash -c "${lines[0]}" 2>6.err)
bash -c "$(chapter 6 | tail -1 | sed "s/ CODE / $code /")" >6.out 2>>6.err || { cat 6.err >&2; fail "the till was not paired"; }
said 6.out 'This is now till 1 of store main'

awk '/^```toml/ { here = 1; next } /^```/ { here = 0 } here' "$guide" >till.toml
: >watch-1
CLUBTILL_STATE_WATCH=$work/watch-1 bash -c "exec $(chapter 7)" >7.out 2>7.err &
till_pid[1]=$!
wait_until 30 grep -q online=yes watch-1 || { cat 7.err >&2; fail "the till did not come up: $(watch_of 1)"; }
# The newcomer sees the programme's arrival; the test waits for it.
knows_club() { [[ $(clubtill status --json --state till1 | jq -r '"\(.members) \(.programme)"') == "4 true" ]]; }
wait_until 30 knows_club || fail "the till did not get the club"
DISPLAY=${display[1]} xdotool search --sync --onlyvisible --name '^Clubtill - Till' windowfocus --sync >/dev/null 2>&1

keys 1 Return
await 1 employee!=none
wedge_article 1 9640000000016 1
for pieces in 2 3 4; do
  enter 9640000000030
  await 1 pieces=$pieces
done
# Ali, whose sheet had no leading zero, by his phone
enter 09120000001
await 1 member=known
# 850,000 less 10 % on a wanted book, and three notebooks of which one is free
await 1 due=955000
pay 1
sent() { [[ $(clubtill status --json --state till1 | jq -r '"\(.waiting) \(.unsettled)"') == "0 0" ]]; }
wait_until 30 sent || fail "the sale was not sent"
wait_until 10 eval 'compgen -G "slips/*.txt" >/dev/null' || fail "no slip was printed"

follow 8
ended_with 0 0
# store, region, till, employee, member, class, shelf price, discount, points spent and their value, stored value spent, amount,
# points earned, stored value earned
line=',main,tehran,1,farid,[0-9a-f]{32},friend,1135000,180000,0,0,0,955000,95,0,third-notebook wanted-books,'
grep -qE "$line" orders.csv || { cat orders.csv >&2; fail "orders.csv does not tell the sale"; }
member=$(tail -1 orders.csv | cut -d, -f9)
clubhub ledger show --member "$member" --database sqlite:club/hub.db >ledger
said ledger 340
said ledger 95
# the sheet had the Arabic letters; people's keyboards and the slip have the Persian ones
said "$(ls slips/*.txt)" 'علی ک.'
[[ $(wc -l <orders.csv) == 2 ]] || fail "orders.csv has not exactly one sale"

kill "${till_pid[1]}" && wait "${till_pid[1]}" || fail "the till did not stop cleanly"
till_pid[1]=''
ended=yes
say "From sheets to the first sale: $(wc -l <orders.csv) lines in orders.csv, as the guide says."
