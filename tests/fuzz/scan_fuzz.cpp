#include "drivers/scan/framer.hpp"
#include "drivers/scan/scan_gate.hpp"
#include "pos/core/check.hpp"
#include "pos/domain/scanned_code.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void judge(std::string_view frame) {
  using namespace pos::domain;
  static const CodeRanges kRanges = usual_code_ranges();
  const auto split = drivers::scan::split_aim(frame);
  const ScannedCode code = classify(split.text, split.aim, kRanges);
  CLUBTILL_CHECK(classify(split.text, split.aim, kRanges) == code);
  if (const auto* card = std::get_if<CardNumber>(&code)) {
    CLUBTILL_CHECK(card_range_of(card->digits(), kRanges) != nullptr);
  }
  (void)classify_typed(split.text, PhonePlan::israel, kRanges);
  (void)classify_typed(split.text, PhonePlan::iran, kRanges);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace drivers::scan;
  const pos::core::Tick now = pos::core::Tick::from_us(1);
  for (const FrameProfile& profile : kFrameProfiles) {
    Framer whole(profile);
    std::vector<Framed> frames;
    whole.feed({data, size}, now, frames);
    Framer split(profile);
    std::vector<Framed> other;
    for (std::size_t i = 0; i < size; ++i) split.feed({data + i, 1}, now, other);
    CLUBTILL_CHECK(frames == other);
    for (const Framed& framed : frames) {
      if (const auto* frame = std::get_if<Frame>(&framed)) judge(frame->text);
    }
  }
  judge(pos::core::text_of({data, size}));
  return 0;
}
