#include "check_layout.h"

#include <ggml.h>

#include <cstddef>
#include <cstring>

namespace sabun::llama {

// Builds a tensor, a view and an operation with the library's own functions and looks at them through the headers.
const char *layout_mismatch(const LayoutFunctions &f) {
  if (std::strcmp(f.op_name(GGML_OP_FLASH_ATTN_EXT), "FLASH_ATTN_EXT") != 0 ||
      std::strcmp(f.op_name(GGML_OP_SET_ROWS), "SET_ROWS") != 0 || std::strcmp(f.op_name(GGML_OP_ROPE), "ROPE") != 0)
    return "operations are numbered differently";
  const ggml_init_params params = {1 << 20, nullptr, false};
  ggml_context *context = f.init(params);
  if (!context) return "no context could be made";
  ggml_tensor *x = f.new_tensor_3d(context, GGML_TYPE_F16, 48, 5, 3);
  f.set_name(x, "attn_norm-7");
  ggml_tensor *p = f.permute(context, x, 0, 2, 1, 3);
  ggml_tensor *scaled = f.scale(context, x, 0.25f);
  const ggml_custom_op_t function = [](ggml_tensor *, int, int, void *) {};
  ggml_tensor *custom = f.custom_4d(context, GGML_TYPE_F32, 4, 1, 1, 1, &x, 1, function, GGML_N_TASKS_MAX, context);
  const CustomOperation expected = {function, GGML_N_TASKS_MAX, context};
  const char *wrong = nullptr;
  float scale;
  std::memcpy(&scale, scaled->op_params, sizeof scale);
  if (x->type != GGML_TYPE_F16 || x->ne[0] != 48 || x->ne[1] != 5 || x->ne[2] != 3 || x->ne[3] != 1)
    wrong = "sizes stand elsewhere";
  else if (x->nb[0] != 2 || x->nb[1] != 96 || x->nb[2] != 480)
    wrong = "strides stand elsewhere";
  else if (std::strcmp(x->name, "attn_norm-7") != 0 || x->data != f.get_data(x) || x->view_src)
    wrong = "name or data stand elsewhere";
  else if (p->op != GGML_OP_PERMUTE || p->src[0] != x || p->view_src != x || p->view_offs != 0 || p->ne[1] != 3)
    wrong = "views are described differently";
  else if (scaled->op != GGML_OP_SCALE || scaled->src[0] != x || scale != 0.25f)
    wrong = "parameters of operations stand elsewhere";
  else if (custom->op != GGML_OP_CUSTOM || std::memcmp(custom->op_params, &expected.function, sizeof expected.function) ||
           std::memcmp(reinterpret_cast<const char *>(custom->op_params) + offsetof(CustomOperation, data), &expected.data,
                       sizeof expected.data))
    wrong = "custom operations are described differently";
  f.free(context);
  return wrong;
}

}  // namespace sabun::llama
