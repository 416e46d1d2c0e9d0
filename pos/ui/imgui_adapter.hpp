#pragma once

// The only place that knows which version of Dear ImGui this is (1.86 on Debian 12, 1.90 on 13).
// Its assertions are active, so every Begin has its End in a destructor.

#include <imgui/imgui.h>

#include "pos/ui/geometry.hpp"
#include "pos/ui/theme.hpp"

namespace pos::ui::imgui {

inline ImVec2 vec(Point at) { return {at.x, at.y}; }
inline ImU32 packed(Colour c) { return IM_COL32(c.red, c.green, c.blue, c.alpha); }

/// A texture of ours in the type that the library wants, whatever that is in its version.
inline ImTextureID texture(std::uintptr_t handle) { return (ImTextureID)handle; }

/// Makes a context current for a while and brings the earlier one back.
class Current {
 public:
  explicit Current(ImGuiContext* context) : before_(ImGui::GetCurrentContext()) {
    ImGui::SetCurrentContext(context);
  }
  ~Current() { ImGui::SetCurrentContext(before_); }
  Current(const Current&) = delete;
  Current& operator=(const Current&) = delete;

 private:
  ImGuiContext* before_;
};

/// One frame with one window that covers the screen and draws nothing by itself.
class Frame {
 public:
  Frame() {
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
    ImGui::Begin("###till", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                     ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBringToFrontOnFocus);
  }
  ~Frame() {
    ImGui::End();
    ImGui::PopStyleVar(2);
    ImGui::Render();
  }
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;
};

struct Touch {
  bool hovered = false;
  bool held = false;
  bool released = false;  // the press ended where it began
};

/// An area that can be pressed. `id` is unique on the screen.
inline Touch touch(const char* id, const Rect& rect) {
  if (rect.width() < 1 || rect.height() < 1) return {};
  ImGui::SetCursorScreenPos({rect.x0, rect.y0});
  const bool released = ImGui::InvisibleButton(id, {rect.width(), rect.height()});
  return {ImGui::IsItemHovered(), ImGui::IsItemActive(), released};
}

}  // namespace pos::ui::imgui
