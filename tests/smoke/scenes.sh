# What the cashiers do. Sourced by scripted.sh.

# articles and cards of the sample club
milk=0400000000015 bread=0400000000022 oil=0400000000039 yoghurt=0400000000046 coffee=0400000000053
onions=0400000000077 potatoes=0400000000084 bulldozer=0400000000114
goods=("$milk" "$bread" "$oil" "$yoghurt" "$coffee" "$onions" "$potatoes" "$bulldozer")
noa=2000000000015 yossi=2000000000022 niloufar=2000000000039
cards=("$noa" "$yossi" "$niloufar" 2000000000046 2000000000053 2000000000060 2000000000077 2000000000091 2000000000114 2000000000121)
blank=2090000000016 lost=2000000000107
unprinted_kills=0

# noas_basket N: the worked example, which comes to 93.85.
noas_basket() {
  put "$1" "$milk" "$bread" "$oil" "$yoghurt" "$coffee" "$milk" "$yoghurt"
  scan "$1" "$noa"
  await "$1" member=known
  await "$1" due=9385
}

# newest_receipt N: the receipt code of the slip that was printed last.
newest_receipt() {
  wait_until 10 slips_are_whole "$1" || fail "till $1 did not print"
  grep -h '^#receipt-code ' "$(ls -t "$work/slips-$1"/*.txt | head -1)" | cut -d' ' -f2
}
slips_are_whole() { cmp -s <(sealed "$1") <(printed "$1"); }

sale_by_card() {
  noas_basket 1
  pay 1
}

sale_by_picture() {
  picture 2 "$niloufar"
  await 2 member=known
  wedge_article 2 "$coffee" 1
  wedge_article 2 "$bulldozer" 2
  pay 2
}

# The member says her number and spends some points.
sale_by_phone_with_points() {
  put 2 "$oil" "$coffee" "$bulldozer"
  fill 2 entry 10 0500000004
  keys 2 Return
  await 2 member=known
  keys 2 F8
  await 2 sheet=points
  keys 2 Up Up
  await 2 points!=0
  keys 2 Return
  await 2 sheet=none
  pay 2
}

sale_with_coupon() {
  put 1 "$oil" "$bulldozer" "$bulldozer"
  scan 1 "$yossi"
  await 1 member=known
  fill 1 entry 7 RIMON10
  keys 1 Return
  await 1 coupons=1
  pay 1
}

sale_with_unknown_card() {
  put 2 "$milk" "$coffee"
  scan 2 2090000000191
  await 2 member=unknown
  pay 2
}

# One piece of Noa's sale comes back; then it cannot be voided any more, so another sale is.
return_and_void() {
  local receipt
  noas_basket 1
  pay 1
  receipt=$(newest_receipt 1)
  scan 1 "$receipt"
  await 1 sheet=return receipt=found
  scan 1 "$yoghurt"
  await 1 back=1
  keys 1 Return
  await 1 sheet=none pending=no
  put 1 "$coffee"
  scan 1 "$noa"
  await 1 member=known
  pay 1
  receipt=$(newest_receipt 1)
  scan 1 "$receipt"
  await 1 sheet=return receipt=found
  # by keyboard alone: past the way back and the one line to the button
  wait_until 5 stands_still 1
  keys 1 Tab Tab space
  await 1 sheet=none pending=no
}

# The slip prints behind the seal: the list of slips is taken anew at each look.
names_till_1() { grep -qh '^#sold-by 1$' "$work/slips-2"/*.txt; }

# The line is down; goods of till 1 come back at till 2, by a picture of the slip alone.
return_elsewhere() {
  local slip
  noas_basket 1
  pay 1
  wait_until 10 slips_are_whole 1 || fail "till 1 did not print"
  slip=$(ls -t "$work/slips-1"/*.png | head -1)
  line down
  cp "$slip" "$work/slip.png" && mv "$work/slip.png" "$work/cards-2/slip-$RANDOM.png"
  await 2 sheet=return receipt=found
  scan 2 "$yoghurt"
  await 2 back=1
  keys 2 Return
  await 2 sheet=none pending=no
  wait_until 10 names_till_1 || fail "the slip names no till"
  line calm
}

# Lior, who is a manager, closes the day, with every network there: both sides say the same, and so does the paper.
close_the_day() {
  wait_until 20 is_settled 1 || fail "till 1 is not settled before its day is closed"
  keys 1 F12
  await 1 employee=none
  keys 1 Down Left Return # the fourth of the list, which reads from the right
  await 1 employee=lior
  keys 1 F10
  await 1 sheet=day day=agrees
  photo 1 day-he
  keys 1 Return
  await 1 sheet=none
  wait_until 10 day_is_printed || fail "the close of the day did not print, or does not agree"
  keys 1 F12
  await 1 employee=none
  sign_in 1
}
day_is_printed() { grep -lx '#kind day-close' "$work/slips-1"/*.txt 2>/dev/null | xargs -r grep -qx '#agrees 1'; }

# A card that its member reported lost.
lost_card() {
  put 1 "$milk"
  scan 1 "$lost"
  await 1 message=card_blocked member=none
  pay 1
}

a_day() {
  sign_in 1
  sign_in 2
  sale_by_card
  sale_by_picture
  sale_by_phone_with_points
  sale_with_coupon
  sale_with_unknown_card
  lost_card
  return_and_void
}

# A stranger joins at till 1 with a blank card; till 2 knows that card at once.
a_joining() {
  local begin
  put 1 "$milk" "$oil"
  scan 1 "$blank"
  await 1 member=unknown
  keys 1 F3
  await 1 sheet=join
  fill 1 phone 10 0509990001
  keys 1 Tab
  fill 1 name 5 Dalia
  keys 1 Tab space
  await 1 terms=yes
  keys 1 Return
  await 1 sheet=none member=known
  begin=$(date +%s%3N)
  scan 2 "$blank"
  await 2 member=known
  join_ms=$(($(date +%s%3N) - begin))
  [[ $join_ms -le 2000 ]] || fail "the new member was found only after $join_ms ms"
  pay 1
  put 2 "$coffee"
  pay 2
}

# some_sale N: a basket by chance, up to the payment sheet.
some_sale() {
  local n=$1 count=$((RANDOM % 3 + 1)) i
  for ((i = 0; i < count; ++i)); do put "$n" "${goods[RANDOM % ${#goods[@]}]}"; done
  if is "$n" member=none; then
    scan "$n" "${cards[RANDOM % ${#cards[@]}]}"
    await "$n" member=known
  fi
  if ((RANDOM % 4 == 0)); then
    keys "$n" F8
    if wait_until 1 is "$n" sheet=points 2>/dev/null; then keys "$n" Up Return; fi
    await "$n" sheet=none
  fi
  keys "$n" F9
  await "$n" sheet=pay
}

# One round at a till: a sale, and the kill at one of four moments.
bad_round() {
  local n=$1 moment=$2
  sign_in "$n"
  case $moment in
    basket) put "$n" "${goods[RANDOM % ${#goods[@]}]}" ;;
    enter)
      some_sale "$n"
      keys "$n" Return # and no wait: the commit may or may not have happened
      ;;
    unprinted)
      touch "$work/hold-$n"
      some_sale "$n"
      keys "$n" Return
      await "$n" sheet=none lines=0 pending=no
      unprinted_kills=$((unprinted_kills + 1))
      ;;
    printed)
      some_sale "$n"
      keys "$n" Return
      await "$n" sheet=none lines=0 pending=no
      ;;
  esac
  kill_till "$n"
  rm -f "$work/hold-$n"
  start_till "$n"
}

bad_times() {
  local moments=(basket enter unprinted printed) round n
  line wild
  for ((round = 0; round < 24; ++round)); do
    n=$((round % 2 + 1))
    if ((round == 6 || round == 14)); then line down; fi
    if ((round == 10 || round == 18)); then line wild; fi
    if ((round % 8 == 5)); then kill_hub; fi
    bad_round "$n" "${moments[(round / 2) % 4]}"
  done
  for n in 1 2; do
    sign_in "$n"
    if is "$n" lines!=0; then pay "$n"; fi
  done
}

# The screens of README.md: Noa's basket in three languages, and the sheets over it.
take_pictures() {
  sign_in 1
  noas_basket 1
  photo 1 checkout-en
  keys 1 F4
  await 1 sheet=why
  photo 1 why-en
  keys 1 Escape F9
  await 1 sheet=pay
  photo 1 pay-en
  keys 1 Escape F11
  await 1 sheet=none language=he
  photo 1 checkout-he
  keys 1 F11
  await 1 language=fa
  photo 1 checkout-fa
  keys 1 F4
  await 1 sheet=why
  photo 1 why-fa
  keys 1 Escape F11 F11
  await 1 sheet=none language=he
  pay 1
  wait_until 10 slips_are_whole 1
  cp "$(ls -t "$work/slips-1"/*.png | head -1)" "$pictures/slip-he.png"
  photos=$((photos + 1))
  keys 1 F3
  await 1 sheet=join
  fill 1 phone 10 0509990002
  keys 1 Tab
  fill 1 name 8 דליה
  photo 1 join-he
  keys 1 Escape
  await 1 sheet=none
  close_the_day
}
