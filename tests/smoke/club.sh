# The sample club on a hub of its own. Sourced after common.sh. Needs: bin, hub_state; profile, if it is not rimon-il.
sample=assets/sample-club

# wait_until SECONDS COMMAND...: asks again and again, at most so long.
wait_until() {
  local end=$((SECONDS + $1 + 1)) pause=0.02
  # what starts programs to find out is asked less often
  [[ $2 == test || $2 == grep || $2 == is ]] || pause=0.2
  shift
  until "$@" 2>/dev/null; do
    [[ $SECONDS -lt $end ]] || { say "waited in vain for: $*"; return 1; }
    sleep "$pause"
  done
}

# sheet NAME: the file of the profile, or else the one of both.
sheet() { if [[ -n ${profile:-} && -e $sample/$profile/$1 ]]; then printf %s "$sample/$profile/$1"; else printf %s "$sample/$1"; fi; }

# The members as they are today, whenever that is: Noa's birthday lies in this week, that of Tamar's daughter three days ahead, and Siobhan's
# subscription ended yesterday. Phone numbers are of the country.
todays_members() {
  awk -F, -v OFS=, -v day="$(date +%m-%d)" -v soon="$(date -d '3 days' +%m-%d)" -v yesterday="$(date -d yesterday +%F)" '
    $1 == "050-000-0001" { $9 = day } $1 == "050-000-0006" { $17 = soon } $1 == "050-000-0011" { $16 = yesterday } { print }' "$(sheet members.csv)" |
    if [[ ${profile:-} == anar-ir ]]; then sed 's/^050-000-/0912-000-/'; else cat; fi
}

# make_club: an empty hub gets the sample club, its programme and its members.
make_club() {
  mkdir -p "$hub_state"
  local country=IL languages=he,fa,en kind
  [[ ${profile:-} != anar-ir ]] || country=IR languages=fa,he,en
  "$bin/clubhub" init --state "$hub_state" --name "Rimon Club" --country "$country" --languages "$languages"
  for kind in stores staff articles; do "$bin/clubhub" import "$kind" "$(sheet "$kind.csv")" --state "$hub_state"; done
  todays_members >"$hub_state/members.csv"
  "$bin/clubhub" import members "$hub_state/members.csv" --state "$hub_state"
  "$bin/clubhub" programme publish "$(sheet programme.json)" --state "$hub_state"
}

# start_hub PORT [OPTION...]: 0 takes a free one; sets hub_pid and hub_port.
start_hub() {
  rm -f "$hub_state/port"
  "$bin/clubhub" serve --state "$hub_state" --listen "127.0.0.1:$1" --port-file "$hub_state/port" "${@:2}" >>"$hub_state/log" 2>&1 &
  hub_pid=$!
  wait_until 20 test -s "$hub_state/port" || { tail -5 "$hub_state/log" >&2; return 1; }
  hub_port=$(<"$hub_state/port")
}

stop_hub() {
  [[ -n ${hub_pid:-} ]] || return 0
  kill "$hub_pid" 2>/dev/null || true
  wait "$hub_pid" 2>/dev/null || true
  hub_pid=
}

# pair_till STORE STATE URL: a new till of that store.
pair_till() {
  local code
  code=$("$bin/clubhub" till add --store "$1" --state "$hub_state" 2>/dev/null)
  "$bin/clubtill" pair "$3" "$code" --state "$2"
}
