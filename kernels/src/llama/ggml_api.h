// The functions of ggml that the hook calls, by address: the library is already in the process, loaded by
// llama-cpp-python, and must be that very copy. Types and struct layout come from its installed headers.
#pragma once

#include <ggml-backend.h>
#include <ggml.h>

#include <cstddef>
#include <cstring>
#include <vector>

namespace sabun::llama {

struct GgmlApi {
  bool (*buffer_is_host)(ggml_backend_buffer_t) = nullptr;
  void (*tensor_get)(const ggml_tensor *, void *, std::size_t, std::size_t) = nullptr;
  void (*tensor_set)(ggml_tensor *, const void *, std::size_t, std::size_t) = nullptr;
};

// Bytes from the first to past the last element of a (possibly strided) tensor of unquantised type.
inline std::size_t extent(const ggml_tensor *t) {
  std::size_t n = t->type == GGML_TYPE_F16 ? 2 : t->type == GGML_TYPE_I64 ? 8 : 4;
  for (int i = 0; i < GGML_MAX_DIMS; i++) n += (t->ne[i] - 1) * t->nb[i];
  return n;
}

// A parameter of an operation that is a float.
inline float op_float(const ggml_tensor *t, int i) {
  float f;
  std::memcpy(&f, t->op_params + i, sizeof f);
  return f;
}

// The tensor that owns the memory of a view.
inline const ggml_tensor *root(const ggml_tensor *t) {
  while (t->view_src) t = t->view_src;
  return t;
}

// A tensor's bytes in host memory: its own memory where the backend allows that, else a copy kept in `space`.
class HostBytes {
 public:
  HostBytes(const GgmlApi &api, ggml_tensor *t, std::vector<char> &space, bool always_copy = false, bool read = true)
      : api_(&api), tensor_(t) {
    const ggml_backend_buffer_t buffer = root(t)->buffer ? root(t)->buffer : t->buffer;
    copied_ = always_copy || (buffer && !api.buffer_is_host(buffer));
    if (!copied_) {
      data_ = static_cast<char *>(t->data);
      return;
    }
    size_ = extent(t);
    if (space.size() < size_) space.resize(size_);
    data_ = space.data();
    if (read) api.tensor_get(t, data_, 0, size_);
  }

  char *data() const { return data_; }

  // Writes `n` bytes at `offset` back to where the tensor lives.
  void write_back(std::size_t offset, std::size_t n) const {
    if (copied_) api_->tensor_set(tensor_, data_ + offset, offset, n);
  }
  void write_back() const { write_back(0, size_); }

 private:
  const GgmlApi *api_;
  ggml_tensor *tensor_;
  char *data_ = nullptr;
  std::size_t size_ = 0;
  bool copied_ = false;
};

}  // namespace sabun::llama
