# What ./run and ./test share. Sourced by them, in the root of the tree.

# say WORDS: to people, beside the data on stdout.
say() { printf '%s\n' "$*" >&2; }

# install_packages KIND...: installs what packages.txt names for these and is missing.
install_packages() {
  local missing=() kind name
  while read -r kind name; do
    [[ " $* " == *" $kind "* ]] || continue
    dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || missing+=("$name")
  done < <(grep -v '^#' packages.txt)
  [[ ${#missing[@]} -gt 0 ]] || return 0
  say "Installing ${missing[*]}"
  local root=()
  if [[ $(id -u) -ne 0 ]]; then
    command -v sudo >/dev/null || { say "These packages are missing, and there is no sudo to install them."; return 1; }
    root=(sudo)
  fi
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive sh -c '
    apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1 ||
      { apt-get update >/dev/null && apt-get install -y --no-install-recommends "$@" >/dev/null; }' sh "${missing[@]}"
}

# build PRESET [TARGET...]: configures and builds; quiet unless something is wrong.
build() {
  local preset=$1 log
  shift
  mkdir -p build
  log=build/$preset.log
  if ! { cmake --preset "$preset" && cmake --build --preset "$preset" ${1:+--target "$@"}; } >"$log" 2>&1; then
    grep -E '(error|FAILED|warning):?' -A6 "$log" | head -80 >&2 || true
    tail -5 "$log" >&2
    say "The build of $preset failed; all of it is in $log"
    return 1
  fi
}

# stage NAME COMMAND...: runs it and keeps the seconds it took, for stage_times.
stages=()
stage() {
  local name=$1 begin=$SECONDS
  shift
  say "== $name"
  "$@" || { say "== $name: FAILED after $((SECONDS - begin)) s"; stage_times; exit 1; }
  stages+=("$(printf '%5d s  %s' $((SECONDS - begin)) "$name")")
}

stage_times() {
  [[ ${#stages[@]} -eq 0 ]] || printf '%s\n' "${stages[@]}" >&2
  printf '%5d s  in all\n' "$SECONDS" >&2
}
