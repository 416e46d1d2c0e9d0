#pragma once

#include "pos/programme/quote.hpp"

namespace pos::programme {

/// What the basket adds to the member's subscription: its articles of that kind, by pieces. Nothing
/// without a member, or for a blocked one.
[[nodiscard]] std::optional<Subscribed> subscription_of(const Programme& programme,
                                                        const QuoteInput& input);
/// Whether the basket holds an article that is time of the subscription.
[[nodiscard]] bool sells_subscription(const Programme& programme, const QuoteInput& input);

/// The last day of a subscription when so many months are added on that day: to its end, or to that
/// day when there is none or it is over. The day of the month stays, or is the month's last.
[[nodiscard]] domain::Day extended(const std::optional<domain::Day>& last, domain::Day day,
                                   std::int64_t months);
/// What is left when so many months come back.
[[nodiscard]] domain::Day shortened(domain::Day last, std::int64_t months);

/// What of a sale's subscription comes back with so many pieces of each line; nothing: none of it.
[[nodiscard]] std::optional<Subscribed> subscription_back(const std::vector<BasketLine>& lines,
                                                          const Subscribed& bought,
                                                          const std::vector<std::int64_t>& wanted);
/// Whether that article was time of the subscription in this sale.
[[nodiscard]] bool is_subscription(const Quote& quote, const std::string& article);

/// Whether the time that was bought has begun: it comes back on the day of the sale, and later as
/// long as what the member had before still lasts.
[[nodiscard]] bool has_begun(const Subscribed& bought, domain::Day sold_on, domain::Day today);

[[nodiscard]] core::Json to_json(const Subscribed& bought);
[[nodiscard]] domain::Shaped<Subscribed> subscribed_from_json(const core::Json& json);

}  // namespace pos::programme
