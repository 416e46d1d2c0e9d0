#include "pos/ui/stage.hpp"

#include <cstring>

#include "pos/ui/imgui_adapter.hpp"

namespace pos::ui {
namespace {

/// Between two frames of a test, and where no window measures it. The library only needs more than
/// 0.
constexpr float kFrameSeconds = 1.0F / 60.0F;

void append(std::vector<std::uint8_t>& out, const void* data, std::size_t size) {
  if (size == 0) return;
  const std::size_t at = out.size();
  out.resize(at + size);
  std::memcpy(out.data() + at, data, size);
}

}  // namespace

std::string Stage::LibraryClipboard::get() const {
  const char* text = ImGui::GetClipboardText();
  return text ? text : "";
}

void Stage::LibraryClipboard::set(const std::string& text) {
  ImGui::SetClipboardText(text.c_str());
}

core::Expected<std::unique_ptr<Stage>, text::FontError> Stage::open(Theme theme,
                                                                    TextureHost& textures) {
  auto text = TextKit::open();
  if (!text) return core::fail(text.error());
  return std::unique_ptr<Stage>(new Stage(theme, textures, std::move(*text)));
}

Stage::Stage(Theme theme, TextureHost& textures, std::unique_ptr<TextKit> text)
    : theme_(theme), text_(std::move(text)), pages_(text_->atlas, textures) {
  IMGUI_CHECKVERSION();
  ImGuiContext* before = ImGui::GetCurrentContext();
  context_ = ImGui::CreateContext();
  const imgui::Current current(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  unsigned char* pixels = nullptr;
  int width = 0;
  int height = 0;
  io.Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
  io.Fonts->SetTexID(imgui::texture(1));
  ImGui::SetCurrentContext(before);
}

Stage::~Stage() { ImGui::DestroyContext(context_); }

void Stage::resize(int width_px, int height_px, float px_per_mm) {
  const auto width = static_cast<float>(width_px);
  const auto height = static_cast<float>(height_px);
  if (width == width_ && height == height_ && px_per_mm == theme_.px_per_mm()) return;
  width_ = width;
  height_ = height;
  theme_.set_scale(px_per_mm);
  invalidate();
}

void Stage::pointer(Point at, bool down) {
  const imgui::Current current(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = imgui::vec(at);
  io.MouseDown[0] = down;
}

void Stage::move_focus_by_tab() {
  const Input::Item* front = input_.front();
  if (!front || front->key != Key::tab) return;
  const bool back = front->modifiers.shift;
  input_.pop();
  memory_.step_focus(back ? -1 : 1);
}

void Stage::drop_unclaimed(std::uint64_t taken_before, bool waited) {
  // What was at the front all frame long, and nobody wanted, would block all that follows.
  if (waited && !input_.empty() && input_.taken() == taken_before) input_.pop();
}

void Stage::compare_picture() {
  picture_.clear();
  const ImDrawData* data = ImGui::GetDrawData();
  append(picture_, &data->DisplaySize, sizeof data->DisplaySize);
  for (int i = 0; i < data->CmdListsCount; ++i) {
    const ImDrawList* list = data->CmdLists[i];
    append(picture_, list->VtxBuffer.Data,
           static_cast<std::size_t>(list->VtxBuffer.size_in_bytes()));
    append(picture_, list->IdxBuffer.Data,
           static_cast<std::size_t>(list->IdxBuffer.size_in_bytes()));
    for (const ImDrawCmd& command : list->CmdBuffer) {
      append(picture_, &command.ClipRect, sizeof command.ClipRect);
      const ImTextureID texture = command.GetTexID();
      append(picture_, &texture, sizeof texture);
      append(picture_, &command.ElemCount, sizeof command.ElemCount);
    }
  }
  picture_changed_ = picture_ != last_picture_;
  std::swap(picture_, last_picture_);
}

void Stage::frame(core::Tick now, const std::function<void(Widgets&)>& draw, const Hooks& hooks) {
  const imgui::Current current(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.DeltaTime = kFrameSeconds;
  if (hooks.prepare) hooks.prepare();
  io.DisplaySize = {width_, height_};
  std::swap(memory_.last_tab_order, memory_.tab_order);
  memory_.tab_order.clear();
  move_focus_by_tab();
  const std::uint64_t taken_before = input_.taken();
  const bool waited = !input_.empty();
  memory_.controls.clear();
  memory_.texts.clear();
  {
    const imgui::Frame frame;
    Painter painter(*ImGui::GetWindowDrawList(), pages_);
    Widgets widgets({painter, *text_, theme_, memory_, input_, clipboard_},
                    {{0, 0, width_, height_}, {io.MousePos.x, io.MousePos.y}, now, false});
    draw(widgets);
  }
  drop_unclaimed(taken_before, waited);
  compare_picture();
  if (picture_changed_) pages_.upload();
  if (hooks.present) hooks.present();
}

}  // namespace pos::ui
