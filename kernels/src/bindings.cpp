// The Python face of the CPU backend. Shapes and types are checked in kernels/problem.py; here a call is a
// packed attention_shape (kernels/shape.py) and addresses, in the order of sabun_attention.
#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>

#include "attention.h"
#include "llama/bindings.h"

namespace nb = nanobind;

namespace {

template <class T>
T *pointer(const nb::tuple &addresses, std::size_t i) {
  return reinterpret_cast<T *>(nb::cast<std::uintptr_t>(addresses[i]));
}

// Where a field of a struct lies, and its type as NumPy writes it.
template <class S, class T>
nb::tuple field(T S::*, std::size_t offset) {
  const char kind = std::is_floating_point_v<T> ? 'f' : std::is_pointer_v<T> ? 'p' : 'i';
  return nb::make_tuple(offset, kind + std::to_string(sizeof(T)));
}

#define FIELD(type, name) fields[#name] = field(&type::name, offsetof(type, name));

// The struct as it was compiled. kernels/shape.py repeats it; the conformance tests compare.
nb::dict shape_fields() {
#define SHAPE(name) FIELD(attention_shape, name)
  nb::dict fields;
  SHAPE(q_b) SHAPE(q_h) SHAPE(q_t) SHAPE(q2_b) SHAPE(q2_h) SHAPE(q2_t)
  SHAPE(k_b) SHAPE(k_g) SHAPE(k_t) SHAPE(k2_b) SHAPE(k2_g) SHAPE(k2_t)
  SHAPE(v_b) SHAPE(v_g) SHAPE(v_t) SHAPE(out_b) SHAPE(out_h) SHAPE(out_t)
  SHAPE(mask_b) SHAPE(mask_h) SHAPE(mask_t) SHAPE(lam_b) SHAPE(lam_h) SHAPE(lam_t)
  SHAPE(map_b) SHAPE(map_g) SHAPE(map_q)
  SHAPE(heads) SHAPE(groups) SHAPE(group) SHAPE(tq) SHAPE(tk) SHAPE(d) SHAPE(dv)
  SHAPE(first) SHAPE(last) SHAPE(k2_kind) SHAPE(rank) SHAPE(n_rot) SHAPE(interleaved) SHAPE(rope_stride)
  SHAPE(has_mask) SHAPE(mask_half) SHAPE(has_map) SHAPE(has_means) SHAPE(n_blocks)
  SHAPE(causal) SHAPE(pos0) SHAPE(pos_step) SHAPE(window) SHAPE(sink) SHAPE(subtract) SHAPE(rescale)
  SHAPE(split_keys) SHAPE(n_splits) SHAPE(score_stride) SHAPE(scale_log2)
  return fields;
#undef SHAPE
}

// Likewise of a whole call, which kernels/hook_runner.py repeats; its first field is the shape.
nb::dict call_fields() {
#define CALL(name) FIELD(sabun_attention, name)
  nb::dict fields;
  CALL(q1) CALL(q2) CALL(k1) CALL(v) CALL(k2) CALL(basis) CALL(rope) CALL(mask) CALL(lam) CALL(map)
  CALL(means1) CALL(means2) CALL(means_v) CALL(out) CALL(batch) CALL(kv_half)
  return fields;
#undef CALL
}

// Numbers that stand in a shape or a tile map, likewise.
nb::dict constants() {
#define CONSTANT(name) values[#name] = name;
  nb::dict values;
  CONSTANT(TILE_KEYS)
  CONSTANT(K2_SHARED) CONSTANT(K2_FULL) CONSTANT(K2_PAPER) CONSTANT(K2_MIRROR) CONSTANT(K2_TILED)
  CONSTANT(TILE_EXACT) CONSTANT(TILE_MASKED) CONSTANT(TILE_MEAN)
  return values;
#undef CONSTANT
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
  m.attr("shape_fields") = shape_fields();
  m.attr("constants") = constants();
  m.attr("call_bytes") = sizeof(sabun_attention);
  m.attr("call_fields") = call_fields();
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
