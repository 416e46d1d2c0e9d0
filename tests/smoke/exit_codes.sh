#!/usr/bin/env bash
# What the programs do when something is wrong: the exit code of the contract, words on standard error that say what to do, and
# nothing lost. Needs a display (tests/ui/with_display.sh) and the programs in CLUBTILL_BIN.
set -euo pipefail
cd "$(dirname "$0")/../.."
source tests/smoke/common.sh
source tests/smoke/club.sh
source tests/smoke/tills.sh

bin=$(realpath "${CLUBTILL_BIN:-build/release/bin}")
work=$(mktemp -d "${TMPDIR:-/tmp}/clubtill-exit-codes.XXXXXX")
hub_state=$work/hub hub_pid='' garbage_pid='' till_pid[1]='' display[1]=$DISPLAY
mkfifo "$work/stdin"
till=$work/till-1 milk=0400000000015 checked=0

close_all() {
  local pid
  for pid in ${till_pid[1]} $hub_pid $garbage_pid; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  if [[ ${ended:-no} == yes ]]; then rm -rf "$work"; else say "The files are in $work"; fi
}
trap close_all EXIT

# ends CODE WORDS COMMAND...: the command ends with that code and says so, to people.
ends() {
  local code=$1 words=$2 got=0
  shift 2
  timeout 60 "$bin/$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
  if [[ $got != "$code" ]] || ! { [[ -z $words ]] || grep -qF -- "$words" "$work/err"; }; then
    cat "$work/out" "$work/err" >&2
    fail "$*: ended with $got, not $code, or did not say: $words"
  fi
  checked=$((checked + 1))
}
prints() { grep -qF -- "$1" "$work/out" || { cat "$work/out" >&2; fail "does not print: $1"; }; }

point_at() { printf '[hub]\nurl = "http://127.0.0.1:%s"\n[devices]\nslips = "%s"\n' "$1" "$work/slips-1" >"$work/till-1.toml"; }
waiting() { status 1 waiting; }
facts() { status 1 facts; }
altered() { sqlite3 "$1" "$2" >/dev/null; }
a_sale() {
  wedge_article 1 "$milk" 1
  pay 1
}

make_club >"$work/import.log" 2>&1
start_hub 0
url=http://127.0.0.1:$hub_port

# 0 and 1: the certified examples, as they are and with one figure altered
ends 0 '' clubtill programme certify
prints ' examples, all as written'
sed 's/"payable": 900, "earned": 9,/"payable": 900, "earned": 8,/' tests/data/certified/percent.json >"$work/altered.json"
ends 1 '1 not as written' clubtill programme certify "$work/altered.json"
prints 'Ten percent off the whole basket'

# 2: the command line
ends 2 'bogus' clubtill bogus
ends 2 '--bogus' clubtill run --bogus
ends 2 'subcommand' clubtill journal
ends 2 'bogus' clubhub bogus
ends 2 'clubhub --help' clubhub
ends 2 'ADDR:PORT' clubhub serve --state "$hub_state" --listen nonsense
ends 2 'sqlite:PATH' clubhub audit --database mysql:x
ends 2 'plain http' clubtill pair http://192.0.2.1:80 AAAABBBBCC --state "$till"
ends 2 'no card of the club' clubhub card block 2000000000016 --state "$hub_state"
ends 2 'no day' clubtill replay --from yesterday --state "$till"
ends 2 '--json' clubtill replay --json --csv --state "$till"
ends 2 'no day' clubtill report --from yesterday --state "$till"
ends 2 'no day' clubhub report --tasks --to yesterday --state "$hub_state"
ends 2 'no day' clubhub report --orders --from yesterday --state "$hub_state"

# 10: configuration
printf '[devices]\nslipz = "x"\n' >"$work/bad.toml"
ends 10 'bad.toml:2: unknown key in [devices] "slipz": did you mean "slips"?' clubtill run --config "$work/bad.toml" --state "$till"
printf '[devices\n' >"$work/bad.toml"
ends 10 'bad.toml:1' clubtill run --config "$work/bad.toml" --state "$till"
ends 10 'none.toml: cannot be read' clubtill run --config "$work/none.toml" --state "$till"
printf '{"format": "clubtill-programme/1",' >"$work/bad.json"
ends 10 'bad.json:1: error' clubtill quote --programme "$work/bad.json"
ends 10 'none.json: cannot be read' clubtill programme lint "$work/none.json"
ends 10 'bad.json:1: error' clubtill programme certify "$work/bad.json"
ends 10 'bad.json:1: error' clubtill replay --programme "$work/bad.json" --state "$till"
ends 10 'bad.json has errors and was not published' clubhub programme publish "$work/bad.json" --state "$hub_state"
ends 10 'make a club with: clubhub init' clubhub audit --state "$work/nowhere"
ends 10 'exists already' clubhub init --state "$hub_state"

# 11: not paired; the settings that the documents show are read without a complaint
awk '/^```toml/ { here = 1; next } /^```/ { here = 0 } here' docs/operations.md >"$work/shown.toml"
grep -q '^pictures' "$work/shown.toml" || fail "docs/operations.md shows no settings"
ends 11 'not paired' clubtill run --config "$work/shown.toml" --state "$till"
for words in run status 'journal verify' replay report "receipt 00112233445566778899aabbccddeeff"; do
  # shellcheck disable=SC2086
  ends 11 'clubtill pair URL CODE' clubtill $words --state "$till"
done

# 16: no hub, or something else in its place; 17: a wrong code
ends 16 'No hub answers' clubtill pair http://127.0.0.1:1 AAAABBBBCC --state "$till"
garbage() {
  : >"$work/garbage" # here, not by the program's own redirection: what is waited for is the new one's
  "$bin/garbage_hub" "$1" >>"$work/garbage" &
  garbage_pid=$!
  wait_until 10 grep -q . "$work/garbage"
  garbage_port=$(head -1 "$work/garbage")
}
end_garbage() {
  kill "$garbage_pid"
  wait "$garbage_pid" 2>/dev/null || true
  garbage_pid=''
}
for kind in page noise lines half nothing; do
  garbage "$kind"
  ends 16 "127.0.0.1:$garbage_port" clubtill pair "http://127.0.0.1:$garbage_port" AAAABBBBCC --state "$till"
  end_garbage
done
ends 17 'The hub does not take this code' clubtill pair "$url" AAAABBBBCC --state "$till"

# 17: keys that others can read; nothing is registered with them
code=$("$bin/clubhub" till add --store cedar --state "$hub_state" 2>/dev/null)
chmod 644 "$till/till.key"
ends 17 'others may read' clubtill pair "$url" "$code" --state "$till"
chmod 600 "$till/till.key"
ends 0 '' clubtill pair "$url" "$code" --state "$till"
prints 'This is now till 1 of store cedar'
chmod 644 "$till/till.key"
for words in run status 'journal verify'; do
  # shellcheck disable=SC2086
  [[ $words == journal* ]] || ends 17 'others may read' clubtill $words --state "$till"
done
chmod 600 "$till/till.key"
chmod 640 "$hub_state/hub.db.keys"
ends 10 'can be read by others' clubhub audit --state "$hub_state"
chmod 600 "$hub_state/hub.db.keys"

# 18: a second process on the same files
ends 18 'serves' clubhub serve --state "$hub_state" --listen 127.0.0.1:0
point_at "$hub_port"
start_till 1
wait_until 30 is 1 online=yes
knows_club() { [[ $(status 1 programme) == true ]]; }
wait_until 30 knows_club
sign_in 1
a_sale
ends 18 'already running' clubtill run --state "$till"
sent() { [[ $(waiting) == 0 ]]; }
wait_until 30 sent
stop_till 1

# What answers is no hub: the till sells, and keeps what it sealed.
sold=1
for kind in page noise lines half nothing mute; do
  garbage "$kind"
  point_at "$garbage_port"
  start_till 1
  wait_until 20 grep -qx "$kind" "$work/garbage"
  sign_in 1
  a_sale
  sold=$((sold + 1))
  is 1 online=no || [[ $kind == mute ]] || fail "the till takes $kind for a hub"
  stop_till 1
  end_garbage
  [[ $(waiting) -ge $((sold - 1)) ]] || fail "only $(waiting) records wait after $kind"
done
sales=$(sealed 1 | wc -l)
[[ $sales == "$sold" ]] || fail "$sales sales are sealed, not $sold"

# every sale comes out as it was sealed
ends 0 '' clubtill replay --state "$till"
prints "$sales sales, 0 differences"

# 14: an altered record of what was not sent yet
stop_hub
ends 10 'cannot listen' clubhub serve --state "$hub_state" --listen 192.0.2.1:9
ends 2 'how tills call it' clubhub serve --state "$hub_state" --listen 0.0.0.0:0

# A hub that is reached over TLS: a till knows it by the code, and tells it nothing before
start_hub 0 --tls --host localhost
far=https://localhost:$hub_port other=$work/till-2
code=$("$bin/clubhub" till add --store gate --state "$hub_state" 2>/dev/null)
last=${code: -1}
ends 2 'the whole code of thirty symbols' clubtill pair "$far" "${code:0:11}" --state "$other"
ends 2 'ten symbols, or thirty' clubtill pair "$far" "$code$last" --state "$other"
ends 17 'its fingerprint is another one' clubtill pair "$far" "${code%?}$([[ $last == 0 ]] && echo 1 || echo 0)" --state "$other"
ends 16 "cannot show that it is the club's hub" clubtill pair "https://far.localhost:$hub_port" "$code" --state "$other"
ends 0 '' clubtill pair "$far" "$code" --state "$other"
prints 'This is now till 2 of store gate'
"$bin/clubtill" run --headless --state "$other" <"$work/stdin" >"$work/headless" 2>&1 &
garbage_pid=$!
exec {far_fd}>"$work/stdin"
met_the_hub() { [[ $("$bin/clubtill" status --json --state "$other" | jq '.waiting == 0 and .members > 0') == true ]]; }
wait_until 30 met_the_hub
echo quit >&"$far_fd"
exec {far_fd}>&-
wait "$garbage_pid" || fail "the till that spoke TLS did not end well"
garbage_pid=''
stop_hub

cp -r "$till" "$work/kept"
altered "$till/journal.db" "UPDATE fact SET body = zeroblob(length(body)) WHERE position = (SELECT max(position) FROM fact WHERE kind = 'sale')"
seq=$(sqlite3 "$till/journal.db" "SELECT max(seq) FROM fact WHERE kind = 'sale'")
ends 14 '' clubtill journal verify --state "$till"
prints "Record $seq of incarnation 1"
ends 14 "Record $seq of incarnation 1" clubtill replay --state "$till"
prints "$((sales - 1)) sales, 0 differences"
# after a stop that was not clean the start looks at what was not sent: no record may be gone
altered "$till/journal.db" "DELETE FROM state WHERE key = 'clean_stop'; DELETE FROM fact WHERE position = (SELECT max(position) - 1 FROM fact)"
ends 14 'The journal was altered' clubtill run --state "$till"
rm -rf "$till" && cp -r "$work/kept" "$till"

# 12: a newer program's files; 13: no database, another program's
altered "$till/journal.db" 'PRAGMA user_version = 99'
for words in run status 'journal verify' replay; do
  # shellcheck disable=SC2086
  ends 12 'newer Clubtill' clubtill $words --state "$till"
done
rm -rf "$till" && cp -r "$work/kept" "$till"
rm -f "$till"/journal.db* && head -c 40960 /dev/urandom >"$till/journal.db"
for words in run status 'journal verify' replay; do
  # shellcheck disable=SC2086
  ends 13 'journal.db' clubtill $words --state "$till"
done
rm -f "$till"/journal.db* && altered "$till/journal.db" 'CREATE TABLE recipe(name TEXT); INSERT INTO recipe VALUES ("soup")'
ends 13 'another program' clubtill run --state "$till"
ends 13 'another program' clubtill status --state "$till"
ends 13 'another program' clubtill journal export --state "$till"
[[ $(sqlite3 "$till/journal.db" 'SELECT count(*) FROM sqlite_schema') == 1 ]] || fail "a strange file was written to"
rm -rf "$till" && cp -r "$work/kept" "$till"
cp "$hub_state/hub.db" "$work/hub.kept"
cp "$hub_state/hub.db.keys" "$work/hub.keys"
altered "$hub_state/hub.db" 'PRAGMA user_version = 99'
ends 12 'newer' clubhub serve --state "$hub_state" --listen 127.0.0.1:0
ends 12 'newer' clubhub audit --state "$hub_state"
rm -f "$hub_state"/hub.db-* && head -c 40960 /dev/urandom >"$hub_state/hub.db"
ends 13 'put your last copy in its place' clubhub serve --state "$hub_state" --listen 127.0.0.1:0
ends 13 'hub.db' clubhub report --orders --state "$hub_state"
rm -f "$hub_state"/hub.db* && cp "$work/hub.keys" "$hub_state/hub.db.keys"
altered "$hub_state/hub.db" 'CREATE TABLE recipe(name TEXT)'
ends 13 'another program' clubhub audit --state "$hub_state"
rm -f "$hub_state"/hub.db-* && cp "$work/hub.kept" "$hub_state/hub.db"

# A damaged cache is set aside and comes again from the hub; the sales reach it, each once.
start_hub "$hub_port"
point_at "$hub_port"
rm -f "$till"/cache.db-* && head -c 65536 /dev/urandom >"$till/cache.db"
start_till 1
healed() { [[ $(waiting) == 0 && $(status 1 unsettled) == 0 && $(status 1 members) -ge 500 ]]; }
wait_until 60 healed || fail "after the damaged cache: $("$bin/clubtill" status --json --state "$till")"
compgen -G "$till/cache.db.unusable-*" >/dev/null || fail "the damaged cache was not kept"
stop_till 1
ends 0 '' clubtill journal verify --state "$till"
ends 0 '' clubhub report --orders --state "$hub_state"
[[ $(tail -n +2 "$work/out" | wc -l) == "$sold" ]] || { cat "$work/out" >&2; fail "the hub has not exactly $sold sales"; }
ends 0 '' clubhub report --tasks --state "$hub_state"
ends 0 '' clubhub report --budgets --state "$hub_state"
ends 0 '' clubtill report --csv --state "$till"
ends 0 '' clubhub audit --state "$hub_state"

# A disk changes the body of one waiting record and the envelope of the next: the till goes on, what follows arrives, both are named.
stop_hub
for _ in 1 2 3; do
  start_till 1
  sign_in 1
  a_sale
  stop_till 1
done
newest='(SELECT max(position) FROM fact)'
altered "$till/journal.db" "UPDATE fact SET body = zeroblob(length(body)) WHERE position = $newest - 2; UPDATE fact SET size = size + 1 WHERE position = $newest - 1"
start_hub "$hub_port"
start_till 1
goes_on() { [[ $(waiting) == 0 && $(status 1 unsettled) == 0 && $(status 1 altered) == 1 ]]; }
wait_until 60 goes_on || fail "behind the altered records: $("$bin/clubtill" status --json --state "$till")"
stop_till 1
ends 14 'clubtill journal verify' clubtill replay --state "$till"
ends 0 '' clubtill status --state "$till"
prints 'Records altered on this disk and kept apart: 1'
ends 0 '' clubhub ledger show --parked --json --state "$hub_state"
prints '"kind":"sale"'
ends 0 '' clubhub report --orders --state "$hub_state"
[[ $(tail -n +2 "$work/out" | wc -l) == $((sold + 1)) ]] || { cat "$work/out" >&2; fail "the hub has not the sale behind the hole"; }
ends 0 '' clubhub audit --state "$hub_state"
ended=yes
say "$checked commands ended as they should; $sold sales survived it all."
