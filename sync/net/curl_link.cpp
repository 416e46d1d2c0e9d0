#include "sync/net/curl_link.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <atomic>

#include "sync/net/http_headers.hpp"
#include "sync/wire/limits.hpp"

namespace club::net {
namespace {

using wire::LinkFault;
using Kind = LinkFault::Kind;

constexpr long kConnectTimeoutMs = 3'000;

struct Headers {
  ~Headers() { curl_slist_free_all(list); }
  void add(const std::string& line) { list = curl_slist_append(list, line.c_str()); }
  curl_slist* list = nullptr;
};

struct Received {
  pos::core::Bytes body;
  bool too_large = false;
};

std::size_t take_body(char* data, std::size_t, std::size_t count, void* target) {
  auto& received = *static_cast<Received*>(target);
  if (received.body.size() + count > wire::kBodyBytesMax) {
    received.too_large = true;
    return 0;
  }
  const auto bytes = pos::core::bytes_of(std::string_view(data, count));
  received.body.insert(received.body.end(), bytes.begin(), bytes.end());
  return count;
}

int check_stop(void* target, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<std::atomic<bool>*>(target)->load() ? 1 : 0;
}

Kind kind_of(CURLcode code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return Kind::timeout;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
      return Kind::cut;
    case CURLE_ABORTED_BY_CALLBACK:
      return Kind::stopped;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_HTTP2:
      return Kind::bad_answer;
    default:
      return Kind::unreachable;
  }
}

/// The host of a URL is judged by curl's own parser, so that no spelling slips through.
bool plain_and_not_loopback(const std::string& url) {
  CURLU* parts = curl_url();
  if (parts == nullptr) return true;
  char* scheme = nullptr;
  char* host = nullptr;
  const bool read = curl_url_set(parts, CURLUPART_URL, url.c_str(), 0) == CURLUE_OK &&
                    curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
                    curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK;
  const std::string scheme_text = read ? scheme : "";
  const std::string host_text = read ? host : "";
  curl_free(scheme);
  curl_free(host);
  curl_url_cleanup(parts);
  if (scheme_text == "https") return false;
  const bool loopback =
      host_text == "127.0.0.1" || host_text == "localhost" || host_text == "[::1]";
  return scheme_text != "http" || !loopback;
}

}  // namespace

struct CurlLink::State {
  explicit State(std::string address) : url(std::move(address)), curl(curl_easy_init()) {}
  ~State() { curl_easy_cleanup(curl); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  std::string url;
  CURL* curl;
  std::atomic<bool> stopped = false;
};

CurlLink::CurlLink(std::unique_ptr<State> state) : state_(std::move(state)) {}
CurlLink::~CurlLink() = default;

pos::core::Expected<std::unique_ptr<CurlLink>, LinkFault> CurlLink::open(const std::string& url) {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) return pos::core::fail(LinkFault{Kind::bad_answer, "curl"});
  if (plain_and_not_loopback(url)) {
    return pos::core::fail(LinkFault{
        Kind::bad_answer, url + ": plain http is accepted for 127.0.0.1 only, elsewhere https"});
  }
  std::string address = url;
  while (address.ends_with('/')) address.pop_back();
  return std::unique_ptr<CurlLink>(new CurlLink(std::make_unique<State>(std::move(address))));
}

void CurlLink::cancel() { state_->stopped = true; }

pos::core::Expected<wire::Response, LinkFault> CurlLink::call(const wire::Request& request,
                                                              pos::core::Millis timeout) {
  CURL* curl = state_->curl;
  if (state_->stopped) return pos::core::fail(LinkFault{Kind::stopped, "stopped"});
  curl_easy_reset(curl);
  Headers headers;
  headers.add("Content-Type: application/x-ndjson+zstd");
  headers.add("Expect:");
  if (request.auth) {
    const AuthTexts texts = auth_texts(*request.auth);
    headers.add(std::string(kTillHeader) + ": " + texts.till);
    headers.add(std::string(kNonceHeader) + ": " + texts.nonce);
    headers.add(std::string(kCounterHeader) + ": " + texts.counter);
    headers.add(std::string(kSignatureHeader) + ": " + texts.signature);
  }
  const std::string url = state_->url + request.path;
  Received received;
  const auto wait = std::max<std::int64_t>(timeout.count(), 1);
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  curl_easy_setopt(curl, CURLOPT_POST, 1L);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.list);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, reinterpret_cast<const char*>(request.body.data()));
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(wait));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                   std::min(kConnectTimeoutMs, static_cast<long>(wait)));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TCP_NODELAY, 1L);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &received);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, check_stop);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &state_->stopped);
  const CURLcode code = curl_easy_perform(curl);
  if (received.too_large) {
    return pos::core::fail(LinkFault{Kind::too_large, "the answer is over 1 MiB"});
  }
  if (code != CURLE_OK) {
    return pos::core::fail(LinkFault{kind_of(code), curl_easy_strerror(code)});
  }
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  return wire::Response{static_cast<int>(status), std::move(received.body)};
}

}  // namespace club::net
