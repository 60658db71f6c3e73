// Does the ggml in this process lay its tensors out as the headers that we were compiled with say?
#pragma once

#include <ggml.h>

namespace sabun::llama {

// What ggml keeps in op_params of a custom operation.
struct CustomOperation {
  ggml_custom_op_t function;
  int n_tasks;
  void *data;
};

struct LayoutFunctions {
  const char *(*op_name)(ggml_op);
  ggml_context *(*init)(ggml_init_params);
  void (*free)(ggml_context *);
  ggml_tensor *(*new_tensor_3d)(ggml_context *, ggml_type, int64_t, int64_t, int64_t);
  ggml_tensor *(*set_name)(ggml_tensor *, const char *);
  ggml_tensor *(*permute)(ggml_context *, ggml_tensor *, int, int, int, int);
  ggml_tensor *(*scale)(ggml_context *, ggml_tensor *, float);
  ggml_tensor *(*custom_4d)(ggml_context *, ggml_type, int64_t, int64_t, int64_t, int64_t, ggml_tensor **, int,
                            ggml_custom_op_t, int, void *);
  void *(*get_data)(const ggml_tensor *);
};

// Null if it does, else what differs.
const char *layout_mismatch(const LayoutFunctions &f);

}  // namespace sabun::llama
