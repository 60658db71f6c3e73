// The Python face of the hook; kernels/hook.py is the one to use.
#include "bindings.h"

#include <nanobind/ndarray.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <utility>

#include "check_layout.h"
#include "hook.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace sabun::llama {
namespace {

using Floats = nb::ndarray<const float, nb::c_contig, nb::device::cpu>;

std::vector<float> values(const nb::dict &from, const char *key) {
  if (!from.contains(key)) return {};
  const Floats array = nb::cast<Floats>(from[key]);
  return {array.data(), array.data() + array.size()};
}

float number(const nb::dict &from, const char *key) { return from.contains(key) ? nb::cast<float>(from[key]) : 0.0f; }

LowRank low_rank(const nb::dict &from, const char *a, const char *b) {
  LowRank product;
  product.a = values(from, a);
  product.b = values(from, b);
  if (product.a.empty() != product.b.empty()) throw std::invalid_argument("half of a low-rank product is missing");
  if (!product.a.empty()) product.rank = static_cast<int>(nb::cast<Floats>(from[a]).shape(1));
  return product;
}

Layer layer(const nb::dict &from) {
  Layer l;
  l.q2 = low_rank(from, "q2_a", "q2_b");
  l.k2 = low_rank(from, "k2_a", "k2_b");
  l.lam = values(from, "lam");
  l.lam_weight = values(from, "lam_weight");
  l.lam_bias = values(from, "lam_bias");
  l.tau_q = {values(from, "tau_q"), number(from, "tau_q_gain")};
  l.tau_v = {values(from, "tau_v"), number(from, "tau_v_gain")};
  return l;
}

// Which traits each variant has, for contract tests on the other side.
nb::dict variant_traits() {
  constexpr std::pair<const char *, bool VariantTraits::*> traits[] = {
      {"ours", &VariantTraits::ours},
      {"has_second", &VariantTraits::has_second},
      {"needs_input", &VariantTraits::needs_input},
      {"own_keys", &VariantTraits::own_keys},
      {"adds_first", &VariantTraits::adds_first},
      {"flattens", &VariantTraits::flattens},
      {"rescales", &VariantTraits::rescales},
      {"scales_queries", &VariantTraits::scales_queries},
  };
  nb::dict all;
  for (const VariantTraits &variant : variants()) {
    nb::dict one;
    for (const auto &[name, trait] : traits) one[name] = variant.*trait;
    all[variant.name] = one;
  }
  return all;
}

Prefill prefill(const nb::dict &from) {
  Prefill p;
  const auto read = [&from](const char *key, auto &to) {
    if (from.contains(key)) to = nb::cast<std::remove_reference_t<decltype(to)>>(from[key]);
  };
  read("window", p.window);
  read("select", p.select);
  read("compress", p.compress);
  read("correct", p.correct);
  read("sink_keys", p.sink_keys);
  read("window_keys", p.window_keys);
  read("gamma", p.gamma);
  read("min_tokens", p.min_tokens);
  read("mass", p.mass);
  read("marginal_mass", p.marginal_mass);
  read("smoothing", p.smoothing);
  read("sink_blocks", p.sink_blocks);
  read("local_blocks", p.local_blocks);
  if (p.gamma < 1 || p.window_keys < 1) throw std::invalid_argument("gamma and window must be at least 1");
  if (!(p.smoothing > 0 && p.smoothing <= 1)) throw std::invalid_argument("smoothing must be above 0, at most 1");
  return p;
}

void configure(Hook &hook, const std::string &name, bool rescale, float temperature, bool latent, int n_threads,
               bool always_copy, const nb::dict &how) {
  Settings s;
  s.variant = variant_named(name);
  s.rescale = rescale;
  s.temperature = temperature;
  s.latent = latent;
  s.n_threads = n_threads < 1 ? 1 : n_threads;
  s.always_copy = always_copy;
  s.prefill = prefill(how);
  hook.configure(s);
}

template <class F>
void resolve(F &function, const nb::dict &addresses, const char *name) {
  if (!addresses.contains(name)) throw std::invalid_argument(std::string("ggml function missing: ") + name);
  function = reinterpret_cast<F>(nb::cast<std::uintptr_t>(addresses[name]));
}

GgmlApi ggml_api(const nb::dict &addresses) {
  GgmlApi api;
  resolve(api.buffer_is_host, addresses, "ggml_backend_buffer_is_host");
  resolve(api.tensor_get, addresses, "ggml_backend_tensor_get");
  resolve(api.tensor_set, addresses, "ggml_backend_tensor_set");
  return api;
}

std::string mismatch(const nb::dict &addresses) {
  LayoutFunctions f{};
  resolve(f.op_name, addresses, "ggml_op_name");
  resolve(f.init, addresses, "ggml_init");
  resolve(f.free, addresses, "ggml_free");
  resolve(f.new_tensor_3d, addresses, "ggml_new_tensor_3d");
  resolve(f.set_name, addresses, "ggml_set_name");
  resolve(f.permute, addresses, "ggml_permute");
  resolve(f.scale, addresses, "ggml_scale");
  resolve(f.custom_4d, addresses, "ggml_custom_4d");
  resolve(f.get_data, addresses, "ggml_get_data");
  const char *what = layout_mismatch(f);
  return what ? what : "";
}

}  // namespace

void bind(nb::module_ &m) {
  m.def("llama_layout_mismatch", &mismatch, "addresses"_a);
  m.def("llama_variants", &variant_traits);
  nb::class_<Hook>(m, "LlamaHook")
      .def("__init__", [](Hook *self, const nb::dict &addresses,
                          int n_layers) { new (self) Hook(ggml_api(addresses), n_layers); })
      .def_prop_ro("callback", [](Hook &) { return reinterpret_cast<std::uintptr_t>(&Hook::callback); })
      .def_prop_ro("address", [](Hook &hook) { return reinterpret_cast<std::uintptr_t>(&hook); })
      .def("configure", &configure, "variant"_a, "rescale"_a, "temperature"_a, "latent"_a, "n_threads"_a,
           "always_copy"_a, "prefill"_a)
      .def("set_layer", [](Hook &hook, int index, const nb::dict &from) { hook.set_layer(index, layer(from)); })
      .def("set_prompt", &Hook::set_prompt)
      .def("set_runner",
           [](Hook &hook, std::uintptr_t runner, std::uintptr_t data) {
             hook.set_runner(reinterpret_cast<Runner>(runner), reinterpret_cast<void *>(data));
           })
      .def("observe", &Hook::observe)
      .def("end_observation", &Hook::end_observation)
      .def("restore", &Hook::restore)
      .def("take_error", &Hook::take_error)
      .def_prop_ro("n_layers_done", &Hook::n_layers_done)
      .def_prop_ro("seconds", &Hook::seconds)
      .def_prop_ro("was_sparse", &Hook::was_sparse)
      .def_prop_ro("second_key_bytes", &Hook::second_key_bytes);
}

}  // namespace sabun::llama
