#!/usr/bin/env bash
# Twenty tills and a hub as processes, behind a line that cuts, doubles, drops and delays; at least five times a second one of
# them is killed. Then every slip is compared with the hub's books: none lost, none doubled.
#   crowd.sh [--kills N] [--tills N] [--seed N] [--keep]
set -euo pipefail
cd "$(dirname "$0")/../.."
source tests/smoke/common.sh
source tests/smoke/club.sh
source tests/smoke/tills.sh

bin=${CLUBTILL_BIN:-build/release/bin} seed=1 keep=no count=20 deaths=220
while [[ $# -gt 0 ]]; do
  case $1 in
    --seed) seed=$2; shift ;;
    --kills) deaths=$2; shift ;;
    --tills) count=$2; shift ;;
    --keep) keep=yes ;;
    *) say "crowd.sh: unknown option $1"; exit 2 ;;
  esac
  shift
done
work=$(mktemp -d "${TMPDIR:-/tmp}/clubtill-crowd.XXXXXX")
hub_state=$work/hub hub_pid='' crowd_pid='' proxy_pid=''

close_all() {
  local pid
  for pid in $crowd_pid $hub_pid $proxy_pid; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  if [[ $keep == yes || ${ended:-no} == no ]]; then say "The files are in $work"; else rm -rf "$work"; fi
}
trap close_all EXIT
trap 'exit 130' INT TERM

open_club() {
  make_club >"$work/import.log" 2>&1 || { tail -20 "$work/import.log" >&2; fail "the sample club did not load"; }
  start_hub 0
  mkfifo "$work/line.in"
  "$bin/chaos_proxy" "$hub_port" "$seed" <"$work/line.in" >"$work/line.out" &
  proxy_pid=$!
  exec {proxy_fd}>"$work/line.in"
  wait_until 5 grep -q . "$work/line.out"
  url=http://127.0.0.1:$(head -1 "$work/line.out")
  local n stores=(cedar gate)
  for ((n = 1; n <= count; ++n)); do
    mkdir -p "$work/slips-$n"
    printf '[hub]\nurl = "%s"\n[devices]\nslips = "%s"\n' "$url" "$work/slips-$n" >"$work/till-$n.toml"
    pair_till "${stores[n % 2]}" "$work/till-$n" "$url" >>"$work/till-$n.log" 2>&1 || fail "till $n was not paired"
  done
  stop_hub
}

kill_and_kill() {
  echo wild >&"$proxy_fd"
  mkfifo "$work/crowd.in"
  "$bin/till_crowd" "$(realpath "$bin")" "$work" "$count" "$deaths" "$seed" "$hub_port" <"$work/crowd.in" >"$work/crowd.out" &
  crowd_pid=$!
  exec {crowd_fd}>"$work/crowd.in"
  wait_until $((60 + deaths)) grep -q '^killed' "$work/crowd.out" || fail "the crowd came to no end"
}

keeps_nothing() {
  [[ $("$bin/clubhub" status --json --state "$hub_state" | jq .reserved) == 0 ]]
}

heal() {
  echo calm >&"$proxy_fd"
  local n
  for ((n = 1; n <= count; ++n)); do
    wait_until $((60 + deaths / 20)) is_settled "$n" || fail "till $n: $(status "$n" waiting) wait for the hub, $(status "$n" unsettled) are not settled, or slips for the printer"
  done
  # A till that got no answer asks again what is kept for it after half a minute.
  wait_until 60 keeps_nothing || fail "something is kept for a sale that will never come"
  echo quit >&"$crowd_fd"
  wait "$crowd_pid" || fail "a till or the hub did not end cleanly"
  crowd_pid=
}

compare_books() {
  local folders=() n
  for ((n = 1; n <= count; ++n)); do folders+=("$work/slips-$n"); done
  "$bin/clubhub" export --state "$hub_state" >"$work/export.jsonl"
  "$bin/slip_checker" "$work/export.jsonl" "${folders[@]}" || fail "slips and hub differ"
  "$bin/clubhub" audit --state "$hub_state" >"$work/audit.txt" || { cat "$work/audit.txt" >&2; fail "the hub's audit"; }
}

stage "open the club" open_club
stage "$deaths kills among $count tills" kill_and_kill
stage "heal" heal
stage "compare the books" compare_books
cat "$work/crowd.out"
echo quit >&"$proxy_fd"
tail -1 "$work/line.out"
ended=yes
stage_times
