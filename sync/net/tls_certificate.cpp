#include "sync/net/tls_certificate.hpp"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>
#include <boost/asio/ip/address.hpp>
#include <ctime>
#include <memory>
#include <stdexcept>

namespace club::net {
namespace {

using pos::core::Instant;

template <auto Free>
struct Freer {
  template <class T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Memory = std::unique_ptr<BIO, Freer<BIO_free_all>>;

/// Fails when memory is out, or when an authority's file was altered.
template <class Result>
Result must(Result result, const char* doing) {
  if (!result) throw std::runtime_error(std::string("TLS certificate: cannot ") + doing);
  return result;
}

Key make_key() { return Key(must(EVP_EC_gen("P-256"), "make a key")); }

std::string text_of(BIO* memory) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(memory, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

std::string to_pem(EVP_PKEY& key) {
  const Memory memory(must(BIO_new(BIO_s_mem()), "write a key"));
  must(PEM_write_bio_PKCS8PrivateKey(memory.get(), &key, nullptr, nullptr, 0, nullptr, nullptr),
       "write a key");
  return text_of(memory.get());
}

std::string to_pem(X509& certificate) {
  const Memory memory(must(BIO_new(BIO_s_mem()), "write a certificate"));
  must(PEM_write_bio_X509(memory.get(), &certificate), "write a certificate");
  return text_of(memory.get());
}

Memory reading(const std::string& text) {
  return Memory(must(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), "read PEM"));
}

Key key_from(const std::string& pem) {
  return Key(must(PEM_read_bio_PrivateKey(reading(pem).get(), nullptr, nullptr, nullptr),
                  "read the authority's key"));
}

Certificate certificate_from(const std::string& pem) {
  return Certificate(must(PEM_read_bio_X509(reading(pem).get(), nullptr, nullptr, nullptr),
                          "read the authority's certificate"));
}

void set_time(ASN1_TIME* field, Instant at) {
  must(ASN1_TIME_set(field, static_cast<std::time_t>(at.unix_ms() / 1000)), "set a time");
}

/// Version, serial number, times and public key; RFC 5280 wants a serial of at most 20 octets.
Certificate draft(EVP_PKEY& key, Instant from, Instant until) {
  Certificate certificate(must(X509_new(), "begin a certificate"));
  X509_set_version(certificate.get(), X509_VERSION_3);
  std::array<unsigned char, 16> serial{};
  must(RAND_bytes(serial.data(), static_cast<int>(serial.size())) == 1, "draw a number");
  serial[0] &= 0x7F;
  const std::unique_ptr<BIGNUM, Freer<BN_free>> number(
      must(BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr), "draw a number"));
  must(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get())), "number it");
  set_time(X509_getm_notBefore(certificate.get()), from);
  set_time(X509_getm_notAfter(certificate.get()), until);
  must(X509_set_pubkey(certificate.get(), &key), "take the public key");
  return certificate;
}

void name(X509_NAME* subject, const char* common_name) {
  must(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                  reinterpret_cast<const unsigned char*>(common_name), -1, -1, 0),
       "name it");
}

void extend(X509& certificate, X509& issuer, int what, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>> extension(
      must(X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str()), "say what it is for"));
  must(X509_add_ext(&certificate, extension.get(), -1), "say what it is for");
}

void sign(X509& certificate, EVP_PKEY& key) {
  must(X509_sign(&certificate, &key, EVP_sha256()) > 0, "sign");
}

std::string alternative_names(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& one : names) {
    boost::system::error_code no_address;
    boost::asio::ip::make_address(one, no_address);
    if (!list.empty()) list += ',';
    list += (no_address ? "DNS:" : "IP:") + one;
  }
  return list;
}

}  // namespace

Certified make_authority(Instant now) {
  constexpr std::chrono::days kLife{25 * 365};
  const Key key = make_key();
  // A till whose clock is a little behind believes it too.
  const Certificate certificate = draft(*key, now - std::chrono::days(2), now + kLife);
  name(X509_get_subject_name(certificate.get()), "Clubtill hub authority");
  must(X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get())),
       "name it");
  extend(*certificate, *certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  extend(*certificate, *certificate, NID_key_usage, "critical,keyCertSign");
  extend(*certificate, *certificate, NID_subject_key_identifier, "hash");
  sign(*certificate, *key);
  return {to_pem(*key), to_pem(*certificate)};
}

Certified issue(const Certified& authority, const CertificateTerms& terms) {
  const Key signer = key_from(authority.key);
  const Certificate issuer = certificate_from(authority.certificate);
  const Key key = make_key();
  const Certificate certificate = draft(*key, terms.from, terms.until);
  name(X509_get_subject_name(certificate.get()), "Clubtill hub");
  must(X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get())), "name it");
  extend(*certificate, *issuer, NID_basic_constraints, "critical,CA:FALSE");
  extend(*certificate, *issuer, NID_key_usage, "critical,digitalSignature");
  extend(*certificate, *issuer, NID_ext_key_usage, "serverAuth");
  extend(*certificate, *issuer, NID_subject_key_identifier, "hash");
  extend(*certificate, *issuer, NID_authority_key_identifier, "keyid");
  if (!terms.names.empty()) {
    extend(*certificate, *issuer, NID_subject_alt_name, alternative_names(terms.names));
  }
  sign(*certificate, *signer);
  return {to_pem(*key), to_pem(*certificate)};
}

}  // namespace club::net
