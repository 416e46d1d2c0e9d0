#include <ostream>

#include "sync/hub/commands.hpp"

namespace club::hub {
namespace {

using pos::core::fail;
using pos::core::Json;

/// Nothing without a record: headquarters has no name of an unknown one.
void add_name(Json& item, const char* key, const std::optional<PersonRecord>& person) {
  if (!person) return;
  const bool both = !person->first_name.empty() && !person->last_name.empty();
  item.set(key, person->first_name + (both ? " " : "") + person->last_name);
}

Json pair_json(const Hub::Pair& pair, bool names) {
  Json item = Json::object();
  item.set("state", "undecided").set("member", pair.later.hex()).set("with", pair.earlier.hex());
  if (pair.later_person)
    item.set("phone_ends", pair.later_person->phone.substr(
                               pair.later_person->phone.size() -
                               std::min<std::size_t>(2, pair.later_person->phone.size())));
  if (names) {
    add_name(item, "name", pair.later_person);
    add_name(item, "with_name", pair.earlier_person);
  }
  return item;
}

void add_merge(Json& list, const Hub::Merge& merge, bool names) {
  for (const Hub::Merge::Person& one : merge.members) {
    Json item = Json::object();
    item.set("state", one.duplicate ? "merged" : "household").set("member", one.member.hex());
    item.set("account", merge.account.hex()).set("into", merge.into.hex());
    item.set("can_be_undone", merge.can_be_undone);
    if (names) add_name(item, "name", one.person);
    list.push(std::move(item));
  }
}

Done<ledger::MemberId> member_of(const std::string& typed) {
  const auto member = ledger::MemberId::parse(typed);
  if (!member) {
    return fail(usage("\"" + typed +
                      "\" is no member; give the 32 hexadecimal digits that merge list shows"));
  }
  return *member;
}

/// The pair whose later member this is.
Done<Hub::Pair> pair_of(Hub& hub, const std::string& typed) {
  const auto member = member_of(typed);
  if (!member) return fail(member.error());
  auto pairs = hub.undecided_pairs();
  if (!pairs) return fail(to_command_error(pairs.error()));
  const auto found = std::ranges::find(*pairs, *member, &Hub::Pair::later);
  if (found == pairs->end()) {
    return fail(usage("nothing is to be decided of this member; see merge list"));
  }
  return *found;
}

}  // namespace

ExitCode merge_list_command(const std::string& database, const MergeListOptions& options,
                            Streams streams) {
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  const auto pairs = opened->hub->undecided_pairs();
  if (!pairs) return give_up(to_command_error(pairs.error()), streams);
  const auto merges = opened->hub->merges();
  if (!merges) return give_up(to_command_error(merges.error()), streams);
  Json list = Json::array();
  for (const Hub::Pair& pair : *pairs) list.push(pair_json(pair, options.names));
  for (const Hub::Merge& merge : *merges) add_merge(list, merge, options.names);
  print_lines(list, options.json, streams.out);
  return ExitCode::ok;
}

ExitCode merge_decide_command(const std::string& database, const std::string& member,
                              bool same_person, Streams streams) {
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  const auto pair = pair_of(*opened->hub, member);
  if (!pair) return give_up(pair.error(), streams);
  if (!same_person) {
    const auto kept = opened->hub->keep_apart(*pair);
    if (!kept) return give_up(to_command_error(kept.error()), streams);
    streams.err << "They are two people from now on. The phone finds the one who had it first.\n";
    return ExitCode::ok;
  }
  const auto merged = opened->hub->merge(*pair);
  if (!merged) return give_up(to_command_error(merged.error()), streams);
  streams.err << (*merged ? "They are one person at every till that hears of it.\n"
                          : "They have one account already; nothing was changed.\n");
  return ExitCode::ok;
}

ExitCode merge_undo_command(const std::string& database, const std::string& typed,
                            Streams streams) {
  const auto member = member_of(typed);
  if (!member) return give_up(member.error(), streams);
  const auto opened = open_hub(database, Hub::Purpose::admin);
  if (!opened) return give_up(opened.error(), streams);
  const auto merges = opened->hub->merges();
  if (!merges) return give_up(to_command_error(merges.error()), streams);
  for (const Hub::Merge& merge : *merges) {
    const bool named = std::ranges::find(merge.members, *member, &Hub::Merge::Person::member) !=
                       merge.members.end();
    if (!named || !merge.can_be_undone) continue;
    const auto done = opened->hub->separate(merge.account);
    if (!done) return give_up(to_command_error(done.error()), streams);
    streams.err << "The account is its own again, with what its members brought to the other one "
                   "and did there, at every till that hears of it.\n";
    return ExitCode::ok;
  }
  return give_up(usage("this member's account was never closed into another one, or is open again; "
                       "see merge list"),
                 streams);
}

}  // namespace club::hub
