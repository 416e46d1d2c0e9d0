#include "pos/domain/article_code.hpp"
#include "pos/domain/card_number.hpp"
#include "sync/hub/importers.hpp"

namespace club::hub {
namespace {

using pos::domain::Article;
using pos::domain::CategoryCode;
using pos::domain::kAmountMax;
using pos::domain::Money;

/// Reads the rows with `read`, names what is there twice, and writes the good ones.
template <class Read>
Imported<ImportReport> import_rows(Hub& hub, std::string_view bytes,
                                   const std::vector<std::string>& needed, Read&& read) {
  const auto sheet = Spreadsheet::read(bytes, needed);
  if (!sheet) return pos::core::fail(sheet.error());
  ImportReport report;
  report.encoding = sheet->encoding();
  std::vector<wire::RowBody> rows;
  std::map<std::string, std::size_t> lines;
  for (const CsvRow& row : sheet->rows()) {
    RowReader reader(*sheet, row, report.faults);
    if (!row.fault.empty()) {
      reader.complain("", row.fault, "mend the row");
      continue;
    }
    const wire::RowBody body = read(reader);
    if (!reader.good()) continue;
    const auto [first, is_new] = lines.emplace(wire::key_of(body), row.line);
    if (!is_new) {
      reader.complain("code", "is also on line " + std::to_string(first->second),
                      "keep one of the two");
      continue;
    }
    rows.push_back(body);
  }
  report.good = rows.size();
  const auto changed = hub.put_club_rows(rows);
  if (!changed) return pos::core::fail(changed.error().detail);
  report.changed = *changed;
  return report;
}

std::string article_code(RowReader& reader) {
  const std::string typed = reader.text("code");
  const auto code = pos::domain::ArticleCode::parse(typed);
  if (code) return code->text();
  reader.complain("code", "\"" + typed + "\" " + std::string(to_text(code.error())),
                  "use an EAN-13, EAN-8 or UPC-A, or a number of up to seven digits");
  return {};
}

}  // namespace

Imported<ImportReport> import_stores(Hub& hub, std::string_view bytes) {
  return import_rows(hub, bytes, {"code", "region"}, [](RowReader& reader) {
    return wire::StoreRow{{reader.code<pos::domain::StoreCode>("code"), reader.names(),
                           reader.code<pos::domain::RegionCode>("region")}};
  });
}

Imported<ImportReport> import_staff(Hub& hub, std::string_view bytes) {
  const auto settings = hub.settings();
  if (!settings) return pos::core::fail(settings.error().detail);
  return import_rows(hub, bytes, {"code", "role"}, [&](RowReader& reader) {
    wire::StaffRow row;
    row.employee.code = reader.code<pos::domain::StaffCode>("code");
    row.employee.name = reader.names();
    const std::string role = reader.text("role");
    row.employee.manager = role == "manager";
    if (role != "manager" && role != "cashier") {
      reader.complain("role", "\"" + role + "\" is no role", "write cashier or manager");
    }
    if (const std::string typed = reader.text("card"); !typed.empty()) {
      const auto card = pos::domain::CardNumber::parse(typed, settings->ranges);
      if (card) {
        row.card = pos::core::keyed_hash(hub.keys().index, wire::kCardHash, card->digits());
      } else {
        reader.complain("card", std::string(to_text(card.error())),
                        "check the number against the card");
      }
    }
    return row;
  });
}

Imported<ImportReport> import_articles(Hub& hub, std::string_view bytes) {
  const auto settings = hub.settings();
  if (!settings) return pos::core::fail(settings.error().detail);
  const int decimals = settings->decimals;
  return import_rows(hub, bytes, {"code", "price", "vat_percent"}, [&](RowReader& reader) {
    Article article;
    article.code = article_code(reader);
    article.name = reader.names();
    article.price = Money::of(reader.amount("price", decimals, kAmountMax));
    article.vat_per_mille = reader.amount("vat_percent", 1, 1000);
    if (!reader.text("category").empty()) {
      article.category = reader.code<CategoryCode>("category");
    }
    article.demand = reader.yes_or_no("demand", false);
    article.earns = reader.yes_or_no("earns", true);
    return wire::ArticleRow{article};
  });
}

}  // namespace club::hub
