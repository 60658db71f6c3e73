#include "temperatures.h"

#include <cmath>

#include "linear.h"

namespace sabun::llama {

void Temperatures::set_up(Stop &s) {
  if (!s.cells) return evaluation_.fail("it writes its value cache in an unknown way");
  attention_shape &shape = s.call.shape;
  q1_.resize(at(s.n_tokens, s.heads * s.d));
  s.call.q1 = q1_.data();
  shape.q_h = s.d, shape.q_t = 1LL * s.heads * s.d, shape.q_b = shape.q_t * s.tq;
}

void Temperatures::prepare(const Stop &s, const Layer &layer, const Team &team) {
  const auto [begin, end] = team.part(s.n_tokens);
  scale_queries(s, layer.tau_q, begin, end);
  scale_values(s, layer.tau_v, begin, end);
}

// The temperature is read from the query as it was before its rotation.
void Temperatures::scale_queries(const Stop &s, const Temperature &tau_q, int begin, int end) {
  float *to = q1_.data() + at(begin, s.heads * s.d);
  for (int t = begin; t < end; t++) {
    const float position = tau_q.gain * std::log((*s.positions)[t] + 1.0f);
    for (int h = 0; h < s.heads; h++, to += s.d) {
      const float *q1 = s.query(t, h);
      float tau = 1.0f + position, before[256];
      if (!tau_q.weight.empty()) {
        for (int i = 0; i < s.d; i++) before[i] = q1[i] / s.q_gain;
        s.angles->rope.rotate(before, s.turn(t), true);
        tau += std::tanh(gelu_dot(tau_q.weight.data() + h * s.d, before, s.d));
      }
      for (int i = 0; i < s.d; i++) to[i] = q1[i] * tau;
    }
  }
}

void Temperatures::scale_values(const Stop &s, const Temperature &tau_v, int begin, int end) {
  const ggml_tensor *v = s.node->src[2];
  if (tau_v.weight.empty() && tau_v.gain == 0.0f) return;
  for (int t = begin; t < end; t++) {
    const float position = tau_v.gain * std::log((*s.positions)[t] + 1.0f);
    for (int g = 0; g < s.groups; g++) {
      auto *half = reinterpret_cast<std::uint16_t *>(s.v + ((*s.cells)[t] - s.first_cell) * v->nb[1] + g * v->nb[2]);
      float value[256], tau = 1.0f + position;
      half_to_float(half, value, s.d);
      if (!tau_v.weight.empty()) tau += std::tanh(gelu_dot(tau_v.weight.data() + g * s.d, value, s.d));
      for (int i = 0; i < s.d; i++) value[i] *= tau;
      float_to_half(value, half, s.d);
    }
  }
}

}  // namespace sabun::llama
