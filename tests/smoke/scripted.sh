#!/usr/bin/env bash
# Two tills and a hub, scripted cashiers, a bad line between them, kills at bad moments; then the slips are compared with the
# hub. Called by ./run --scripted. Ends with 0 only when every slip and the hub say the same.
set -euo pipefail
source tests/smoke/common.sh
source tests/smoke/club.sh
source tests/smoke/tills.sh
source tests/smoke/scenes.sh

bin=${CLUBTILL_BIN:-build/release/bin} seed=1 keep=no pictures=
while [[ $# -gt 0 ]]; do
  case $1 in
    --seed) seed=$2; shift ;;
    --pictures) pictures=$2; shift ;;
    --keep) keep=yes ;;
  esac
  shift
done
RANDOM=$seed
work=$(mktemp -d "${TMPDIR:-/tmp}/clubtill-scripted.XXXXXX")
hub_state=$work/hub hub_pid='' hub_kills=0 photos=0 proxy_pid=
pictures=${pictures:-$work/pictures}

close_all() {
  local pid
  for pid in "${till_pid[@]}" $hub_pid $proxy_pid "${scanner_pid[@]}" "${display_pid[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  if [[ $keep == yes || ${ended:-no} == no ]]; then say "The files are in $work"; else rm -rf "$work"; fi
}
trap close_all EXIT
trap 'exit 130' INT TERM

line() { echo "$1" >&"$proxy_fd"; } # line calm|wild|down

open_line() {
  mkfifo "$work/line.in"
  "$bin/chaos_proxy" "$hub_port" "$seed" <"$work/line.in" >"$work/line.out" &
  proxy_pid=$!
  exec {proxy_fd}>"$work/line.in"
  wait_until 5 grep -q . "$work/line.out"
  url=http://127.0.0.1:$(head -1 "$work/line.out")
}

kill_hub() {
  kill -KILL "$hub_pid"
  wait "$hub_pid" 2>/dev/null || true
  hub_kills=$((hub_kills + 1))
  start_hub "$hub_port"
}

open_club() {
  make_club >"$work/import.log" 2>&1 || { tail -20 "$work/import.log" >&2; fail "the sample club did not load"; }
  "$bin/clubhub" card block "$lost" --state "$hub_state" >>"$work/import.log" 2>&1 || fail "the lost card was not blocked"
  start_hub 0
  open_line
  local n
  for n in 1 2; do
    open_display "$n"
    open_scanner "$n"
    write_config "$n" "$url" en
    pair_till "$([[ $n == 1 ]] && echo cedar || echo gate)" "$work/till-$n" "$url" >>"$work/till-$n.log" 2>&1 || fail "till $n was not paired"
    start_till "$n"
  done
  for n in 1 2; do wait_until 30 knows_club "$n" || fail "till $n did not get the members"; done
}
knows_club() { [[ $(status "$1" members) -ge 500 && $(status "$1" programme) != null ]] && is "$1" online=yes; }

heal() {
  line calm
  local n
  for n in 1 2; do
    rm -f "$work/hold-$n"
    kill -0 "${till_pid[$n]}" 2>/dev/null || start_till "$n"
  done
  for n in 1 2; do wait_until 60 is_settled "$n" || fail "till $n still has something to print or to send: $(status "$n" waiting) waiting, $(status "$n" unsettled) unsettled"; done
}

# check_books: slips against hub, and the checker against one altered slip.
check_books() {
  local n slip
  "$bin/clubhub" export --state "$hub_state" >"$work/export.jsonl"
  "$bin/slip_checker" "$work/export.jsonl" "$work/slips-1" "$work/slips-2" || fail "slips and hub differ"
  cp -r "$work/slips-1" "$work/altered"
  slip=$(grep -lE '^#points-earned [1-9]' "$work/altered"/*.txt | head -1)
  sed -i -E 's/^#points-earned ([0-9]+)/#points-earned 1\1/' "$slip"
  ! "$bin/slip_checker" "$work/export.jsonl" "$work/altered" "$work/slips-2" >/dev/null 2>&1 || fail "the checker did not see an altered slip"
  "$bin/clubhub" audit --state "$hub_state" >"$work/audit.txt" || { cat "$work/audit.txt" >&2; fail "the hub's audit"; }
  for n in 1 2; do
    "$bin/clubtill" journal verify --state "$work/till-$n" >/dev/null || fail "the journal of till $n"
    rm -f "$work/till-$n"/cache.db* # what a proof needs is in the journal alone
    "$bin/clubtill" replay --json --state "$work/till-$n" >"$work/replay-$n.json" && jq -e '.sales > 0 and .not_judged == 0' "$work/replay-$n.json" >/dev/null ||
      { cat "$work/replay-$n.json" >&2; fail "a sale of till $n comes out otherwise when it is judged again"; }
  done
}

stage "open the club" open_club
stage "pictures" take_pictures
stage "sales of a day" a_day
stage "a member joins" a_joining
stage "goods come back at the other till" return_elsewhere
stage "bad line and kills" bad_times
stage "heal" heal
echo account >&"$proxy_fd"
for n in 1 2; do stop_till "$n"; done
till_pid=()
stop_hub
stage "compare the books" check_books
line quit
cat <<ACCOUNT
kills: $kills tills, $hub_kills hubs; killed between commit and print: $unprinted_kills
line: $(tail -1 "$work/line.out")
joined at till 1, found at till 2 after ${join_ms:-?} ms
pictures: $photos in $pictures
ACCOUNT
ended=yes
stage_times
[[ $kills -ge 20 ]] || fail "only $kills kills"
