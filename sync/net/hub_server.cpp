#include "sync/net/hub_server.hpp"

#include <utility>  // before asio: std::exchange is missing in Boost 1.74's own includes

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <list>

#include "sync/net/http_headers.hpp"
#include "sync/wire/limits.hpp"
#include "sync/wire/messages.hpp"

namespace club::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;
using pos::core::Tick;

constexpr std::uint32_t kHeaderBytesMax = 16 * 1024;
constexpr std::chrono::milliseconds kWorkPause{20};
constexpr std::chrono::hours kCertificateRenewal{30 * 24};

using PlainStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;

/// One that is served, whatever lies below its HTTP.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual void begin() = 0;
  /// Answers a waiting call when there is news for it, or when its time is up.
  virtual void look_again(std::uint64_t news, Tick now) = 0;
  virtual void close() = 0;
};

/// What connections know of their server.
struct Shared {
  CallHandler& handler;
  const pos::core::Clock& clock;
  ServerOptions options;
  std::list<std::weak_ptr<Connection>> connections;
  bool stopping = false;
};

std::optional<wire::CallAuth> auth_of(const http::request<http::vector_body<std::uint8_t>>& in) {
  const auto text = [&](std::string_view name) {
    const auto value = in[boost::beast::string_view(name.data(), name.size())];
    return std::string(value.data(), value.size());
  };
  return parse_auth(
      {text(kTillHeader), text(kNonceHeader), text(kCounterHeader), text(kSignatureHeader)});
}

template <class Stream>
class ConnectionOver final : public Connection,
                             public std::enable_shared_from_this<ConnectionOver<Stream>> {
 public:
  template <class... Below>
  explicit ConnectionOver(Shared& shared, Below&&... below)
      : stream_(std::forward<Below>(below)...), shared_(shared) {
    error_code ignored;
    tcp().socket().set_option(asio::ip::tcp::no_delay(true), ignored);
  }

  void begin() override {
    if constexpr (kTls) {
      tcp().expires_after(shared_.options.header_deadline);
      stream_.async_handshake(ssl::stream_base::server, [self = mine()](error_code error) {
        if (!error) self->read();
      });
    } else {
      read();
    }
  }

  void look_again(std::uint64_t news, Tick now) override {
    if (!pending_) return;
    if (now < pending_->deadline && !shared_.stopping) {
      if (seen_news_ == news) return;
      seen_news_ = news;
      auto response = shared_.handler.resume(*pending_, now);
      if (!response) return;
      late_response_ = std::move(*response);
    }
    pending_.reset();
    const auto self = std::move(self_);
    answer(late_response_);
  }

  /// Without the farewell of TLS: every answer says how long it is, so a cut is no end to believe.
  void close() override {
    if (pending_ || writing_) return;  // looked at again, then closed by `stopping`
    error_code ignored;
    tcp().socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    tcp().close();
  }

 private:
  static constexpr bool kTls = std::is_same_v<Stream, TlsStream>;

  beast::tcp_stream& tcp() { return beast::get_lowest_layer(stream_); }
  std::shared_ptr<ConnectionOver> mine() { return this->shared_from_this(); }

  void read() {
    parser_.emplace();
    parser_->header_limit(kHeaderBytesMax);
    parser_->body_limit(wire::kBodyBytesMax);
    // The first byte of the next call may be long in coming; the rest of its header may not.
    tcp().expires_after(buffer_.size() == 0 ? shared_.options.idle_deadline
                                            : shared_.options.header_deadline);
    stream_.async_read_some(buffer_.prepare(4096),
                            [self = mine()](error_code error, std::size_t bytes) {
                              self->buffer_.commit(bytes);
                              if (!error) self->read_header();
                            });
  }

  void read_header() {
    tcp().expires_after(shared_.options.header_deadline);
    http::async_read_header(
        stream_, buffer_, *parser_,
        [self = mine()](error_code error, std::size_t) { self->on_header(error); });
  }

  void on_header(error_code error) {
    if (error == http::error::body_limit) return refuse(wire::Refusal::Word::too_large);
    if (error == http::error::end_of_stream || error == beast::error::timeout) return close();
    if (error) return refuse(wire::Refusal::Word::bad_request);
    tcp().expires_after(shared_.options.body_deadline);
    http::async_read(
        stream_, buffer_, *parser_,
        [self = mine()](error_code body_error, std::size_t) { self->on_body(body_error); });
  }

  void on_body(error_code error) {
    if (error == http::error::body_limit) return refuse(wire::Refusal::Word::too_large);
    if (error == beast::error::timeout) return close();
    if (error) return refuse(wire::Refusal::Word::bad_request);
    auto message = parser_->release();
    keep_alive_ = message.keep_alive();
    if (asks_for_authority(message))
      return answer({200, authority_bytes()}, "application/x-pem-file");
    wire::Request request;
    request.method = std::string(message.method_string());
    request.path = std::string(message.target());
    request.auth = auth_of(message);
    request.body = std::move(message.body());
    const std::uint64_t news = shared_.handler.news();
    auto reply = shared_.handler.handle(request, shared_.clock.tick());
    if (!reply.pending || shared_.stopping) return answer(reply.response);
    seen_news_ = news;
    pending_ = std::move(reply.pending);
    late_response_ = std::move(reply.response);
    tcp().expires_never();
    self_ = mine();
  }

  [[nodiscard]] bool asks_for_authority(
      const http::request<http::vector_body<std::uint8_t>>& message) const {
    const auto target = message.target();
    return shared_.options.tls && message.method() == http::verb::get &&
           std::string_view(target.data(), target.size()) == kAuthorityPath;
  }
  [[nodiscard]] wire::Bytes authority_bytes() const {
    return pos::core::copy_of(pos::core::bytes_of(shared_.options.tls->authority));
  }

  void refuse(wire::Refusal::Word word) {
    keep_alive_ = false;
    answer(wire::refuse(word, "the HTTP request does not read"));
  }

  void answer(const wire::Response& response, const char* type = "application/x-ndjson+zstd") {
    out_ = {};
    out_.version(11);
    out_.result(static_cast<unsigned>(response.status));
    out_.set(http::field::content_type, type);
    out_.keep_alive(keep_alive_ && !shared_.stopping);
    out_.body() = response.body;
    out_.prepare_payload();
    writing_ = true;
    tcp().expires_after(shared_.options.body_deadline);
    http::async_write(stream_, out_, [self = mine()](error_code error, std::size_t) {
      self->writing_ = false;
      if (error || !self->out_.keep_alive()) return self->close();
      self->read();
    });
  }

  Stream stream_;
  Shared& shared_;
  beast::flat_buffer buffer_{kHeaderBytesMax + wire::kBodyBytesMax};
  std::optional<http::request_parser<http::vector_body<std::uint8_t>>> parser_;
  http::response<http::vector_body<std::uint8_t>> out_;
  std::unique_ptr<CallHandler::Pending> pending_;
  std::shared_ptr<ConnectionOver> self_;  ///< while a call waits, no operation keeps this alive
  wire::Response late_response_;
  std::uint64_t seen_news_ = 0;
  bool keep_alive_ = true;
  bool writing_ = false;
};

class BeastServer final : public HubServer {
 public:
  BeastServer(const ServerOptions& options, CallHandler& handler, const pos::core::Clock& clock)
      : shared_{handler, clock, options, {}, false} {}

  /// Throws std::runtime_error when TLS is wanted and the certificate does not read.
  void bind() {
    if (shared_.options.tls) renew_certificate();
    const tcp::endpoint place(asio::ip::make_address(shared_.options.address),
                              shared_.options.port);
    acceptor_.open(place.protocol());
    acceptor_.set_option(asio::socket_base::reuse_address(true));
    acceptor_.bind(place);
    acceptor_.listen(asio::socket_base::max_listen_connections);
  }

  std::uint16_t port() const override { return acceptor_.local_endpoint().port(); }

  void run() override {
    accept();
    work();
    context_.run();
  }

  void stop() override {
    asio::post(context_, [this] { begin_stop(); });
  }

  void stop_on_signals() override {
    signals_.add(SIGTERM);
    signals_.add(SIGINT);
    signals_.async_wait([this](error_code error, int) {
      if (!error) begin_stop();
    });
  }

 private:
  void accept() {
    acceptor_.async_accept([this](error_code error, tcp::socket socket) {
      if (shared_.stopping) return;
      if (error) {
        // Out of file descriptors, most likely: a pause lets some connections end.
        pause_.expires_after(std::chrono::milliseconds(100));
        pause_.async_wait([this](error_code stopped) {
          if (!stopped) accept();
        });
        return;
      }
      forget_closed();
      if (shared_.connections.size() < shared_.options.connections_max) {
        const auto connection = make_connection(std::move(socket));
        shared_.connections.push_back(connection);
        connection->begin();
      }
      accept();
    });
  }

  std::shared_ptr<Connection> make_connection(tcp::socket socket) {
    if (!shared_.options.tls) {
      return std::make_shared<ConnectionOver<PlainStream>>(shared_, std::move(socket));
    }
    if (shared_.clock.tick() >= renewal_) renew_or_keep();
    return std::make_shared<ConnectionOver<TlsStream>>(shared_, std::move(socket), *secure_);
  }

  void renew_or_keep() {
    try {
      renew_certificate();
    } catch (const std::runtime_error&) {
      renewal_ = shared_.clock.tick() + std::chrono::hours(1);  // the old one is good for months
    }
  }

  /// Connections that are open keep the context under which they began.
  void renew_certificate() {
    const Certified shown = shared_.options.tls->certificate();
    auto fresh = std::make_unique<ssl::context>(ssl::context::tlsv13_server);
    fresh->use_certificate_chain(asio::buffer(shown.certificate));
    fresh->use_private_key(asio::buffer(shown.key), ssl::context::pem);
    secure_ = std::move(fresh);
    renewal_ = shared_.clock.tick() + kCertificateRenewal;
  }

  void forget_closed() {
    shared_.connections.remove_if([](const auto& connection) { return connection.expired(); });
  }

  void look_again() {
    const std::uint64_t news = shared_.handler.news();
    const Tick now = shared_.clock.tick();
    for (const auto& weak : shared_.connections) {
      if (const auto connection = weak.lock()) connection->look_again(news, now);
    }
  }

  void work() {
    if (shared_.stopping) return;
    const bool more = shared_.handler.work();
    look_again();
    timer_.expires_after(more ? std::chrono::milliseconds(0) : kWorkPause);
    timer_.async_wait([this](error_code error) {
      if (!error) work();
    });
  }

  void begin_stop() {
    if (shared_.stopping) return;
    shared_.stopping = true;
    error_code ignored;
    acceptor_.close(ignored);
    signals_.cancel(ignored);
    timer_.cancel();
    pause_.cancel();
    look_again();
    for (const auto& weak : shared_.connections) {
      if (const auto connection = weak.lock()) connection->close();
    }
  }

  Shared shared_;
  std::unique_ptr<ssl::context> secure_;
  Tick renewal_;
  asio::io_context context_{1};
  tcp::acceptor acceptor_{context_};
  asio::steady_timer timer_{context_};
  asio::steady_timer pause_{context_};
  asio::signal_set signals_{context_};
};

}  // namespace

bool is_loopback(const std::string& address) {
  error_code bad;
  const auto read = asio::ip::make_address(address, bad);
  return !bad && read.is_loopback();
}

pos::core::Expected<std::unique_ptr<HubServer>, ServerError> HubServer::listen(
    const ServerOptions& options, CallHandler& handler, const pos::core::Clock& clock) {
  try {
    if (!options.tls && !is_loopback(options.address)) {
      return pos::core::fail(ServerError{
          "plain HTTP is served on a loopback address only, not on " + options.address});
    }
    auto server = std::make_unique<BeastServer>(options, handler, clock);
    server->bind();
    return server;
  } catch (const std::runtime_error& error) {  // boost's system_error is one
    return pos::core::fail(ServerError{"cannot listen on " + options.address + ":" +
                                       std::to_string(options.port) + ": " + error.what()});
  }
}

}  // namespace club::net
