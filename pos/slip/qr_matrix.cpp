#include "pos/slip/qr_matrix.hpp"

#include <qrcodegen.hpp>

namespace pos::slip {

std::optional<QrMatrix> qr_matrix(pos::core::BytesView payload) {
  if (payload.empty()) return std::nullopt;
  // A code of letters and digits alone takes a third less room.
  const auto segments =
      qrcodegen::QrSegment::makeSegments(std::string(pos::core::text_of(payload)).c_str());
  for (const auto correction : {qrcodegen::QrCode::Ecc::MEDIUM, qrcodegen::QrCode::Ecc::LOW}) {
    try {
      const auto code = qrcodegen::QrCode::encodeSegments(segments, correction);
      QrMatrix matrix{code.getSize(), {}};
      for (int y = 0; y < matrix.side; ++y) {
        for (int x = 0; x < matrix.side; ++x) matrix.dark.push_back(code.getModule(x, y));
      }
      return matrix;
    } catch (const qrcodegen::data_too_long&) {
      continue;  // with less correction it may fit
    }
  }
  return std::nullopt;
}

}  // namespace pos::slip
