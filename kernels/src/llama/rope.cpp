#include "rope.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace sabun::llama {
namespace {

// The dimension whose wavelength makes `turns` turns within the original context (YaRN).
float correction_dimension(const Rope &r, float turns) {
  return r.n_rot * std::log(r.n_ctx_orig / (turns * 2 * static_cast<float>(M_PI))) / (2 * std::log(r.base));
}

}  // namespace

void Rope::angles(int position, float *cs) const {
  float low = 0, high = 0, gain = magnitude;
  if (extrapolation != 0.0f) {
    low = std::max(0.0f, std::floor(correction_dimension(*this, beta_fast)));
    high = std::min(n_rot - 1.0f, std::ceil(correction_dimension(*this, beta_slow)));
    gain *= 1.0f + 0.1f * std::log(1.0f / scale);
  }
  const float step = std::pow(base, -2.0f / n_rot);
  float angle = static_cast<float>(position);  // accumulated in float32, as the model does
  for (int i = 0; i < n_rot / 2; i++, angle *= step) {
    const float far = factors.empty() ? angle : angle / factors[i];
    float theta = scale * far;
    if (extrapolation != 0.0f) {
      const float ramp = std::clamp((i - low) / std::max(0.001f, high - low), 0.0f, 1.0f);
      const float mix = (1.0f - ramp) * extrapolation;
      theta = theta * (1.0f - mix) + far * mix;
    }
    cs[2 * i] = std::cos(theta) * gain;
    cs[2 * i + 1] = std::sin(theta) * gain;
  }
}

void Rope::rotate(float *head, const float *cs, bool backward) const {
  const int half = n_rot / 2;
  for (int i = 0; i < half; i++) {
    float &lo = head[interleaved ? 2 * i : i], &hi = head[interleaved ? 2 * i + 1 : i + half];
    const float norm = backward ? 1.0f / (cs[2 * i] * cs[2 * i] + cs[2 * i + 1] * cs[2 * i + 1]) : 1.0f;
    const float c = cs[2 * i] * norm, s = (backward ? -cs[2 * i + 1] : cs[2 * i + 1]) * norm;
    const float a = lo, b = hi;
    lo = a * c - b * s;
    hi = a * s + b * c;
  }
}

const ggml_tensor *rope_node(const ggml_tensor *queries) {
  const ggml_tensor *t = queries;
  for (int hops = 0; t && hops < 8; hops++) {
    switch (t->op) {
      case GGML_OP_ROPE:
        return t;
      case GGML_OP_VIEW:
      case GGML_OP_RESHAPE:
      case GGML_OP_PERMUTE:
      case GGML_OP_CONT:
      case GGML_OP_SCALE:
        t = t->src[0];
        break;
      default:
        return nullptr;
    }
  }
  return nullptr;
}

bool read_rope(const GgmlApi &api, const ggml_tensor *node, Rope &rope) {
  const int32_t *p = node->op_params;
  const int mode = p[2], offset = p[15];
  if ((mode != GGML_ROPE_TYPE_NORMAL && mode != GGML_ROPE_TYPE_NEOX) || offset != 0) return false;
  rope.n_rot = p[1];
  rope.interleaved = mode == GGML_ROPE_TYPE_NORMAL;
  rope.n_ctx_orig = p[4];
  const auto real = [p](int i) {
    float f;
    std::memcpy(&f, p + i, sizeof f);
    return f;
  };
  rope.base = real(5);
  rope.scale = real(6);
  rope.extrapolation = real(7);
  rope.magnitude = real(8);
  rope.beta_fast = real(9);
  rope.beta_slow = real(10);
  rope.factors.clear();
  if (ggml_tensor *factors = node->src[2]) {
    std::vector<char> space;
    const HostBytes bytes(api, factors, space);
    const float *f = reinterpret_cast<const float *>(bytes.data());
    rope.factors.assign(f, f + rope.n_rot / 2);
  }
  return true;
}

}  // namespace sabun::llama
