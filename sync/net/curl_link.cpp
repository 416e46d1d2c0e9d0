#include "sync/net/curl_link.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
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
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
      return Kind::untrusted;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_HTTP2:
      return Kind::bad_answer;
    default:
      return Kind::unreachable;
  }
}

enum class Address { plain_here, secure, refused };

LinkFault fault_of(CURLcode code, const char* words) {
  std::string detail = *words != '\0' ? words : curl_easy_strerror(code);
  const Kind kind = kind_of(code);
  if (kind == Kind::untrusted) {
    detail = "what answers there cannot show that it is the club's hub (" + detail + ")";
  }
  return {kind, std::move(detail)};
}

/// The host of a URL is judged by curl's own parser, so that no spelling slips through.
Address address_of(const std::string& url) {
  CURLU* parts = curl_url();
  if (parts == nullptr) return Address::refused;
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
  if (scheme_text == "https") return Address::secure;
  const bool loopback =
      host_text == "127.0.0.1" || host_text == "localhost" || host_text == "[::1]";
  return scheme_text == "http" && loopback ? Address::plain_here : Address::refused;
}

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

CURL* start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  return started == CURLE_OK ? curl_easy_init() : nullptr;
}

/// Nobody's word but the authority's: neither the machine's own list nor an older TLS.
void trust_only(CURL* curl, const std::string& authority) {
  curl_blob blob{const_cast<char*>(authority.data()), authority.size(), CURL_BLOB_COPY};
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_3});
  curl_easy_setopt(curl, CURLOPT_CAINFO, nullptr);
  curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &blob);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
}

}  // namespace

struct CurlLink::State {
  State(std::string address, std::string believed)
      : url(std::move(address)), authority(std::move(believed)), curl(start_curl()) {}
  ~State() { curl_easy_cleanup(curl); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  std::string url;
  std::string authority;  ///< PEM; empty: plain HTTP
  CURL* curl;
  std::atomic<bool> stopped = false;
};

CurlLink::CurlLink(std::unique_ptr<State> state) : state_(std::move(state)) {}
CurlLink::~CurlLink() = default;

pos::core::Expected<std::unique_ptr<CurlLink>, LinkFault> CurlLink::open(
    const std::string& url, const std::string& authority) {
  const Address address = address_of(url);
  if (address == Address::refused) {
    return pos::core::fail(LinkFault{
        Kind::bad_answer, url + ": plain http is accepted for 127.0.0.1 only, elsewhere https"});
  }
  if (address == Address::secure && authority.empty()) {
    return pos::core::fail(LinkFault{
        Kind::bad_answer, url + ": this till was paired without https and cannot know the hub"});
  }
  auto state = std::make_unique<State>(without_slash(url),
                                       address == Address::secure ? authority : std::string());
  if (state->curl == nullptr) return pos::core::fail(LinkFault{Kind::bad_answer, "curl"});
  return std::unique_ptr<CurlLink>(new CurlLink(std::move(state)));
}

pos::core::Expected<std::string, LinkFault> CurlLink::fetch_authority(const std::string& url,
                                                                      pos::core::Millis timeout) {
  constexpr std::size_t kBytesMax = 16 * 1024;
  if (address_of(url) != Address::secure) {
    return pos::core::fail(LinkFault{Kind::bad_answer, url + " is no https address"});
  }
  const State state(without_slash(url), {});
  if (state.curl == nullptr) return pos::core::fail(LinkFault{Kind::bad_answer, "curl"});
  Received received;
  const std::string address = state.url + std::string(kAuthorityPath);
  curl_easy_setopt(state.curl, CURLOPT_URL, address.c_str());
  curl_easy_setopt(state.curl, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(state.curl, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_3});
  curl_easy_setopt(state.curl, CURLOPT_SSL_VERIFYPEER, 0L);
  curl_easy_setopt(state.curl, CURLOPT_SSL_VERIFYHOST, 0L);
  curl_easy_setopt(state.curl, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
  curl_easy_setopt(state.curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(state.curl, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(state.curl, CURLOPT_WRITEDATA, &received);
  const CURLcode code = curl_easy_perform(state.curl);
  if (code != CURLE_OK) {
    return pos::core::fail(LinkFault{kind_of(code), curl_easy_strerror(code)});
  }
  long status = 0;
  curl_easy_getinfo(state.curl, CURLINFO_RESPONSE_CODE, &status);
  if (status != 200 || received.body.size() > kBytesMax) {
    return pos::core::fail(LinkFault{Kind::bad_answer, "it shows no authority"});
  }
  return std::string(received.body.begin(), received.body.end());
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
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, state_->authority.empty() ? "http" : "https");
  if (!state_->authority.empty()) trust_only(curl, state_->authority);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &received);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, check_stop);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &state_->stopped);
  std::array<char, CURL_ERROR_SIZE> words{};
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words.data());
  const CURLcode code = curl_easy_perform(curl);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, nullptr);
  if (received.too_large) {
    return pos::core::fail(LinkFault{Kind::too_large, "the answer is over 1 MiB"});
  }
  if (code != CURLE_OK) return pos::core::fail(fault_of(code, words.data()));
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  return wire::Response{static_cast<int>(status), std::move(received.body)};
}

}  // namespace club::net
