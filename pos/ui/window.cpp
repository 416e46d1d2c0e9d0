#include "pos/ui/window.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <imgui/backends/imgui_impl_glfw.h>
#include <imgui/backends/imgui_impl_opengl3.h>

#include <atomic>

#include "pos/ui/gl_textures.hpp"
#include "pos/ui/glfw_keys.hpp"
#include "pos/ui/imgui_adapter.hpp"

namespace pos::ui {
namespace {

/// After the frame that handles an event: one that sees a release, one that settles.
constexpr int kFramesPerEvent = 3;

WindowError last_glfw_error(WindowError::Fault fault) {
  const char* words = nullptr;
  glfwGetError(&words);
  return {fault, words ? words : "unknown"};
}

}  // namespace

struct Window::Impl {
  explicit Impl(const core::Clock& c) : clock(&c) {}

  const core::Clock* clock;
  GLFWwindow* window = nullptr;
  GlTextures textures;
  std::unique_ptr<Stage> stage;
  std::optional<float> px_per_mm;
  KeyboardSink* keyboard = nullptr;
  std::function<void(std::vector<std::string>)> dropped;
  std::atomic<bool> woken = false;
  int frames_left = kFramesPerEvent;
  Counts counts;
  int width = 0;
  int height = 0;
  bool backends_started = false;

  static Impl& of(GLFWwindow* window) {
    return *static_cast<Impl*>(glfwGetWindowUserPointer(window));
  }
  void happened() { frames_left = kFramesPerEvent; }
  void install_callbacks();
  void fit();
  void shut_down();
};

// The mouse is the library's; the keyboard never reaches it. What was a scan is decided before any
// control sees a key, so the library's key callbacks are not installed at all.
void Window::Impl::install_callbacks() {
  glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int button, int action, int mods) {
    const imgui::Current current(of(w).stage->context());
    ImGui_ImplGlfw_MouseButtonCallback(w, button, action, mods);
    of(w).happened();
  });
  glfwSetCursorPosCallback(window,
                           [](GLFWwindow* w, [[maybe_unused]] double x, [[maybe_unused]] double y) {
#if IMGUI_VERSION_NUM >= 18700
                             const imgui::Current current(of(w).stage->context());
                             ImGui_ImplGlfw_CursorPosCallback(w, x, y);
#endif
                             of(w).happened();
                           });
  glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int entered) {
    const imgui::Current current(of(w).stage->context());
    ImGui_ImplGlfw_CursorEnterCallback(w, entered);
    of(w).happened();
  });
  glfwSetWindowFocusCallback(window, [](GLFWwindow* w, int focused) {
    const imgui::Current current(of(w).stage->context());
    ImGui_ImplGlfw_WindowFocusCallback(w, focused);
    Impl& me = of(w);
    me.happened();
    if (focused == GLFW_FALSE && me.keyboard) me.keyboard->on_focus_lost();
  });
  glfwSetKeyCallback(window, [](GLFWwindow* w, int token, int, int action, int mods) {
    Impl& me = of(w);
    me.happened();
    const RawKey::Motion motion = action == GLFW_PRESS     ? RawKey::Motion::press
                                  : action == GLFW_RELEASE ? RawKey::Motion::release
                                                           : RawKey::Motion::repeat;
    const RawKey key{key_from_glfw(token), motion, modifiers_from_glfw(mods), me.clock->tick()};
    if (me.keyboard) return me.keyboard->on_key(key);
    if (motion == RawKey::Motion::release) return;
    me.stage->input().key(key.key, key.modifiers, motion == RawKey::Motion::repeat);
  });
  glfwSetCharCallback(window, [](GLFWwindow* w, unsigned int character) {
    Impl& me = of(w);
    me.happened();
    if (me.keyboard) return me.keyboard->on_character(character, me.clock->tick());
    me.stage->input().character(character);
  });
  glfwSetDropCallback(window, [](GLFWwindow* w, int count, const char** paths) {
    Impl& me = of(w);
    me.happened();
    if (me.dropped) me.dropped({paths, paths + count});
  });
  glfwSetFramebufferSizeCallback(window, [](GLFWwindow* w, int, int) { of(w).happened(); });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) {
    of(w).stage->invalidate();
    of(w).happened();
  });
}

void Window::Impl::fit() {
  glfwGetFramebufferSize(window, &width, &height);
  width = std::max(width, 1);
  height = std::max(height, 1);
  stage->resize(width, height, px_per_mm.value_or(usual_px_per_mm(width, height)));
}

void Window::Impl::shut_down() {
  if (backends_started) {
    const imgui::Current current(stage->context());
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
  }
  stage.reset();
  if (window) glfwDestroyWindow(window);
  glfwTerminate();
}

Window::Window(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Window::~Window() { impl_->shut_down(); }

core::Expected<std::unique_ptr<Window>, WindowError> Window::open(const Options& options,
                                                                  Theme theme,
                                                                  const core::Clock& clock) {
  if (glfwInit() == GLFW_FALSE) {
    return core::fail(last_glfw_error(WindowError::Fault::no_display));
  }
  auto impl = std::make_unique<Impl>(clock);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  // Flat pictures need no depth; in software every buffer costs.
  glfwWindowHint(GLFW_DEPTH_BITS, 0);
  glfwWindowHint(GLFW_STENCIL_BITS, 0);
  glfwWindowHint(GLFW_ALPHA_BITS, 0);
  GLFWmonitor* monitor = options.fullscreen ? glfwGetPrimaryMonitor() : nullptr;
  const GLFWvidmode* mode = monitor ? glfwGetVideoMode(monitor) : nullptr;
  impl->window = glfwCreateWindow(mode ? mode->width : options.width_px,
                                  mode ? mode->height : options.height_px, options.title.c_str(),
                                  monitor, nullptr);
  if (!impl->window) {
    const WindowError error = last_glfw_error(WindowError::Fault::no_graphics);
    impl->shut_down();
    return core::fail(error);
  }
  glfwMakeContextCurrent(impl->window);
  glfwSwapInterval(options.vsync ? 1 : 0);
  auto stage = Stage::open(theme, impl->textures);
  if (!stage) {
    impl->shut_down();
    return core::fail(WindowError{WindowError::Fault::no_font, stage.error().detail});
  }
  impl->stage = std::move(*stage);
  impl->px_per_mm = options.px_per_mm;
  glfwSetWindowUserPointer(impl->window, impl.get());
  impl->install_callbacks();
  const imgui::Current current(impl->stage->context());
  ImGui_ImplGlfw_InitForOpenGL(impl->window, false);
  ImGui_ImplOpenGL3_Init("#version 330 core");
  impl->backends_started = true;
  return std::unique_ptr<Window>(new Window(std::move(impl)));
}

bool Window::should_close() const { return glfwWindowShouldClose(impl_->window) != 0; }

void Window::wait_events(std::optional<core::Millis> timeout) {
  if (frame_due()) {
    glfwPollEvents();
  } else if (timeout) {
    // GLFW takes no timeout of 0; a till never waits less than a millisecond.
    glfwWaitEventsTimeout(static_cast<double>(std::max<std::int64_t>(1, timeout->count())) / 1000);
  } else {
    glfwWaitEvents();
  }
  if (impl_->woken.exchange(false)) impl_->happened();
}

void Window::wake() {
  impl_->woken = true;
  glfwPostEmptyEvent();
}

void Window::request_frame() { impl_->happened(); }

bool Window::frame_due() const {
  return impl_->frames_left > 0 || impl_->woken.load() || impl_->stage->input_waits();
}

void Window::frame(const std::function<void(Widgets&)>& draw) {
  Impl& me = *impl_;
  const core::Tick begun = me.clock->tick();
  if (me.frames_left > 0) --me.frames_left;
  me.fit();
  core::Tick built;
  me.stage->frame(begun, draw,
                  {.prepare =
                       [] {
                         ImGui_ImplOpenGL3_NewFrame();
                         ImGui_ImplGlfw_NewFrame();
                       },
                   .present =
                       [&me, &built] {
                         built = me.clock->tick();
                         ++me.counts.drawn;
                         if (!me.stage->picture_changed()) return;
                         clear_screen(me.width, me.height, me.stage->theme().colour.background);
                         ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
                         ++me.counts.shown;
                         glfwSwapBuffers(me.window);
                       }});
  me.counts.last_build = built - begun;
  me.counts.last_show = me.clock->tick() - built;
}

void Window::set_keyboard(KeyboardSink* sink) { impl_->keyboard = sink; }

Input& Window::input() { return impl_->stage->input(); }

void Window::set_file_drop(std::function<void(std::vector<std::string>)> dropped) {
  impl_->dropped = std::move(dropped);
}

std::optional<WindowError> Window::screenshot(const std::string& path) {
  Impl& me = *impl_;
  const imgui::Current current(me.stage->context());
  ImDrawData* data = ImGui::GetDrawData();
  if (!data) return WindowError{WindowError::Fault::no_picture, "nothing was drawn yet"};
  // After a swap the back buffer holds anything; the last frame is drawn into it once more.
  clear_screen(me.width, me.height, me.stage->theme().colour.background);
  ImGui_ImplOpenGL3_RenderDrawData(data);
  if (write_png(path, me.width, me.height, read_picture(me.width, me.height))) return std::nullopt;
  return WindowError{WindowError::Fault::no_picture, "cannot write " + path};
}

Stage& Window::stage() { return *impl_->stage; }

Window::Counts Window::counts() const { return impl_->counts; }

}  // namespace pos::ui
