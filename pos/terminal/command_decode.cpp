#include "pos/terminal/command_decode.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

#include "drivers/camera/image_decoder.hpp"
#include "drivers/scan/framer.hpp"
#include "drivers/scan/scan_gate.hpp"
#include "pos/core/json/json.hpp"
#include "pos/domain/clean_text.hpp"
#include "pos/domain/gs1.hpp"
#include "pos/domain/identity_number.hpp"
#include "pos/domain/payment_card.hpp"
#include "pos/domain/scanned_code.hpp"
#include "pos/domain/stripe_track.hpp"

namespace pos::terminal {

namespace {

using core::Json;

constexpr int kOk = 0;
constexpr int kOther = 1;
constexpr int kUsage = 2;

/// No input of this command needs more; a picture has its own, smaller limit.
constexpr std::size_t kInputBytesMax = 32U * 1024 * 1024;

/// Adds what a code means. One overload for each, so that a new kind of code does not compile
/// unanswered.
struct Describe {
  Json& line;

  void operator()(const domain::CardNumber& card) const { line.set("number", card.digits()); }
  void operator()(const domain::ArticleCode& article) const { line.set("code", article.text()); }
  void operator()(const domain::LabelCode& label) const {
    line.set("code", label.item.text());
    if (label.grams) line.set("grams", *label.grams);
    if (label.price_minor) line.set("price_minor", *label.price_minor);
  }
  void operator()(const domain::CouponCode& coupon) const { line.set("code", coupon.text()); }
  void operator()(const domain::ReceiptCode& receipt) const {
    line.set("sale", receipt.sale().hex());
    if (!receipt.receipt()) return;
    line.set("till", receipt.receipt()->till().value);
    line.set("lines", static_cast<std::int64_t>(receipt.receipt()->line_count()));
  }
  void operator()(const domain::PaymentCardRefused&) const { line.set("refused", true); }
  void operator()(const domain::UnknownCode& unknown) const {
    line.set("reason", domain::to_text(unknown.reason));
  }
};

void describe_code(Json& line, std::string_view text, std::string_view aim,
                   const DecodeOptions& options) {
  const domain::ScannedCode code = domain::classify(text, aim, options.ranges);
  line.set("result", domain::kind_of(code));
  if (!aim.empty()) line.set("aim", aim);
  // A text that is none of the club's codes may still hold a payment card's number somewhere.
  const bool unknown = std::holds_alternative<domain::UnknownCode>(code);
  const bool hidden = unknown && domain::may_hide_payment_card(text, options.ranges);
  if (hidden) {
    line.set("refused", true);
    return;
  }
  if (unknown && core::is_valid_utf8(text)) line.set("text", text);
  std::visit(Describe{line}, code);
}

void refuse(Json& line) {
  line.set("result", "payment_card");
  line.set("refused", true);
}

void describe_fault(Json& line, std::string_view reason) {
  line.set("result", "unknown");
  line.set("reason", reason);
}

std::string_view kind_text(domain::PhoneKind kind) {
  constexpr std::string_view kNames[] = {"mobile", "landline", "internet", "toll_free", "foreign"};
  return kNames[static_cast<std::size_t>(kind)];
}

void describe_phone(Json& line, std::string_view text, const DecodeOptions& options) {
  const auto phone = domain::PhoneNumber::parse(text, options.country);
  if (!phone) return describe_fault(line, domain::to_text(phone.error()));
  line.set("result", "phone");
  line.set("number", phone->e164());
  line.set("line", kind_text(phone->kind()));
  line.set("shown", phone->masked());
  if (!phone->in_known_range()) line.set("warning", "range not in the numbering plan");
}

void describe_card(Json& line, std::string_view text, const DecodeOptions& options) {
  const auto card = domain::CardNumber::parse(text, options.ranges);
  if (!card) return describe_fault(line, domain::to_text(card.error()));
  line.set("result", "card");
  line.set("number", card->digits());
  line.set("shown", domain::to_log(*card));
}

void describe_name(Json& line, std::string_view text) {
  const auto name = domain::clean_name(text);
  if (!name) return describe_fault(line, domain::to_text(name.error()));
  line.set("result", "name");
  line.set("stored", *name);
  line.set("search", domain::search_key(*name));
}

void describe_elements(Json& line, std::string_view text, const DecodeOptions& options) {
  const auto elements = domain::parse_gs1(drivers::scan::split_aim(text).text);
  if (!elements) return describe_fault(line, domain::to_text(elements.error()));
  line.set("result", "gs1");
  Json list = Json::array();
  for (const domain::Gs1Element& element : *elements) {
    Json one = Json::object();
    one.set("ai", element.identifier);
    if (domain::is_payment_card(element.value, options.ranges)) {
      one.set("refused", true);
    } else {
      one.set("value", element.value);
    }
    list.push(std::move(one));
  }
  line.set("elements", std::move(list));
}

void describe_track(Json& line, std::string_view text, const DecodeOptions& options) {
  const auto number = domain::parse_tracks(text);
  if (!number) return describe_fault(line, domain::to_text(number.error()));
  if (domain::is_payment_card(*number, options.ranges)) return refuse(line);
  describe_code(line, *number, "", options);
}

void describe_identity(Json& line, std::string_view text, const DecodeOptions& options) {
  const auto number = domain::parse_identity_number(text, options.country);
  if (!number) return describe_fault(line, domain::to_text(number.error()));
  line.set("result", "id");
  line.set("number", number->digits);
  if (number->odd) line.set("warning", "ten equal digits");
}

/// One line of typed text.
void describe_text(Json& line, std::string_view text, const DecodeOptions& options) {
  if (options.kind == "track") return describe_track(line, text, options);
  if (options.kind == "code") {
    const auto split = drivers::scan::split_aim(text);
    return describe_code(line, split.text, split.aim, options);
  }
  const bool payment = options.kind != "gs1" && domain::contains_payment_card(text, options.ranges);
  if (payment) return refuse(line);
  if (options.kind == "phone") return describe_phone(line, text, options);
  if (options.kind == "card") return describe_card(line, text, options);
  if (options.kind == "name") return describe_name(line, text);
  if (options.kind == "gs1") return describe_elements(line, text, options);
  describe_identity(line, text, options);
}

class Decoder {
 public:
  Decoder(const DecodeOptions& options, std::ostream& out, std::ostream& words)
      : options_(options), out_(out), words_(words) {}

  int decode(const std::string& name, const std::string& bytes) {
    if (options_.kind == "scan") return frames(name, bytes);
    if (options_.kind == "image") return image(name, bytes);
    return lines(name, bytes);
  }

 private:
  Json begin(const std::string& name, int number) const {
    Json line = Json::object();
    line.set("file", name);
    line.set("number_in_file", number);
    return line;
  }

  int frames(const std::string& name, const std::string& bytes) {
    const auto profile = drivers::scan::frame_profile(options_.profile);
    drivers::scan::Framer framer(*profile);
    std::vector<drivers::scan::Framed> found;
    framer.feed(core::bytes_of(bytes), core::Tick::from_us(0), found);
    // The end of the file is a silence.
    framer.poll(core::Tick::from_us(0) + profile->byte_gap_max * 2, found);
    int number = 0;
    for (const drivers::scan::Framed& framed : found) {
      Json line = begin(name, ++number);
      if (const auto* frame = std::get_if<drivers::scan::Frame>(&framed)) {
        const auto split = drivers::scan::split_aim(frame->text);
        describe_code(line, split.text, split.aim, options_);
      } else {
        const auto& fault = std::get<drivers::scan::FrameFault>(framed);
        describe_fault(line, drivers::scan::to_text(fault.kind));
        line.set("bytes", static_cast<std::int64_t>(fault.bytes));
      }
      out_ << line.dump() << '\n';
    }
    return kOk;
  }

  int image(const std::string& name, const std::string& bytes) {
    const auto codes = drivers::camera::ImageDecoder().decode(core::bytes_of(bytes));
    if (!codes) {
      words_ << name << ": " << drivers::camera::to_text(codes.error()) << '\n';
      return kOther;
    }
    if (codes->empty()) words_ << name << ": no code found\n";
    int number = 0;
    for (const drivers::camera::ImageCode& code : *codes) {
      Json line = begin(name, ++number);
      line.set("format", code.format);
      describe_code(line, code.text, code.aim, options_);
      out_ << line.dump() << '\n';
    }
    return kOk;
  }

  int lines(const std::string& name, std::string_view bytes) {
    int number = 0;
    while (!bytes.empty()) {
      const std::size_t end = std::min(bytes.find('\n'), bytes.size());
      std::string_view text = bytes.substr(0, end);
      bytes.remove_prefix(std::min(end + 1, bytes.size()));
      if (text.ends_with('\r')) text.remove_suffix(1);
      Json line = begin(name, ++number);
      describe_text(line, text, options_);
      out_ << line.dump() << '\n';
    }
    return kOk;
  }

  const DecodeOptions& options_;
  std::ostream& out_;
  std::ostream& words_;
};

std::optional<std::string> read_all(std::istream& in) {
  std::string bytes;
  std::vector<char> piece(64U * 1024);
  while (in && bytes.size() <= kInputBytesMax) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    bytes.append(piece.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad() || bytes.size() > kInputBytesMax) return std::nullopt;
  return bytes;
}

std::optional<std::string> read_input(const std::string& name, std::istream& in) {
  if (name == "-") return read_all(in);
  std::ifstream file(name, std::ios::binary);
  if (!file) return std::nullopt;
  return read_all(file);
}

bool is_good_usage(const DecodeOptions& options, std::ostream& words) {
  if (std::ranges::find(decode_kinds(), options.kind) == decode_kinds().end()) {
    words << "decode: no kind \"" << options.kind << "\"; it is one of";
    for (const std::string& kind : decode_kinds()) words << ' ' << kind;
    words << '\n';
    return false;
  }
  if (!drivers::scan::frame_profile(options.profile)) {
    words << "decode: no profile \"" << options.profile
          << "\"; it is one of generic stx-etx no-suffix\n";
    return false;
  }
  return true;
}

}  // namespace

const std::vector<std::string>& decode_kinds() {
  static const std::vector<std::string> kKinds = {"scan", "image", "code",  "card", "phone",
                                                  "name", "gs1",   "track", "id"};
  return kKinds;
}

int run_decode(const DecodeOptions& options, std::istream& in, std::ostream& out,
               std::ostream& words) {
  if (!is_good_usage(options, words)) return kUsage;
  Decoder decoder(options, out, words);
  int result = kOk;
  const std::vector<std::string> files =
      options.files.empty() ? std::vector<std::string>{"-"} : options.files;
  for (const std::string& name : files) {
    const auto bytes = read_input(name, in);
    if (!bytes) {
      words << name << ": cannot be read\n";
      result = kOther;
      continue;
    }
    result = std::max(result, decoder.decode(name, *bytes));
  }
  return result;
}

}  // namespace pos::terminal
