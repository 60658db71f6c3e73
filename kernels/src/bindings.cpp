// The Python face of the CPU backend. Shapes and types are checked in kernels/problem.py; here a call is a
// packed attention_shape (kernels/shape.py) and addresses, in the order of sabun_attention.
#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>

#include <cstdint>
#include <cstring>

#include "attention.h"
#include "llama/bindings.h"

namespace nb = nanobind;

namespace {

template <class T>
T *pointer(const nb::tuple &addresses, std::size_t i) {
  return reinterpret_cast<T *>(nb::cast<std::uintptr_t>(addresses[i]));
}

sabun_attention unpack(nb::bytes shape, const nb::tuple &at, int batch, bool kv_half) {
  if (shape.size() != sizeof(attention_shape)) throw nb::value_error("packed shape has the wrong size");
  if (at.size() != 14) throw nb::value_error("14 addresses are needed");
  sabun_attention a{};
  std::memcpy(&a.shape, shape.c_str(), sizeof(attention_shape));
  a.q1 = pointer<const float>(at, 0);
  a.q2 = pointer<const float>(at, 1);
  a.k1 = pointer<const void>(at, 2);
  a.k2 = pointer<const void>(at, 3);
  a.v = pointer<const void>(at, 4);
  a.basis = pointer<const float>(at, 5);
  a.rope = pointer<const float>(at, 6);
  a.mask = pointer<const void>(at, 7);
  a.lam = pointer<const float>(at, 8);
  a.map = pointer<const unsigned char>(at, 9);
  a.means1 = pointer<const void>(at, 10);
  a.means2 = pointer<const void>(at, 11);
  a.means_v = pointer<const void>(at, 12);
  a.out = pointer<float>(at, 13);
  a.batch = batch;
  a.kv_half = kv_half;
  return a;
}

void run(nb::bytes shape, const nb::tuple &addresses, int batch, bool kv_half, int n_threads) {
  const sabun_attention a = unpack(shape, addresses, batch, kv_half);
  const char *why = nullptr;
  if (sabun_attention_check(&a, &why) != SABUN_OK) throw nb::value_error(why);
  int status;
  {
    nb::gil_scoped_release release;
    status = sabun_attention_run(&a, n_threads);
  }
  if (status == SABUN_NO_MEMORY) throw std::bad_alloc();
}

void tile_map(std::uintptr_t mask, bool half, long long stride_t, int tq, int tk, std::uintptr_t map) {
  nb::gil_scoped_release release;
  sabun_tile_map(reinterpret_cast<const void *>(mask), half, stride_t, tq, tk, reinterpret_cast<unsigned char *>(map));
}

void tile_keys(std::uintptr_t keys, long long stride, int d, int begin, int end, std::uintptr_t tiles) {
  nb::gil_scoped_release release;
  sabun_tile_keys(reinterpret_cast<const void *>(keys), stride, d, begin, end, reinterpret_cast<void *>(tiles));
}

}  // namespace

NB_MODULE(_native, m) {
  m.doc() = "The CPU backend of Sabun's attention kernels.";
  m.attr("shape_bytes") = sizeof(attention_shape);
  m.def("run", &run, nb::arg("shape"), nb::arg("addresses"), nb::arg("batch"), nb::arg("kv_half"),
        nb::arg("n_threads"));
  m.def("tile_map", &tile_map);
  m.def("tile_keys", &tile_keys);
  m.def("isa", [] { return sabun_attention_isa(); });
  m.def("set_isa", [](const std::string &name) { return sabun_attention_set_isa(name.c_str()) == 0; });
#ifdef __clang__
  m.def("compiler", [] { return __VERSION__; });  // names itself
#else
  m.def("compiler", [] { return "GCC " __VERSION__; });
#endif
  sabun::llama::bind(m);
}
