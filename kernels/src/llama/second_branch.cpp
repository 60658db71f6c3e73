#include "second_branch.h"

#include <algorithm>
#include <cmath>

#include "linear.h"

namespace sabun::llama {
namespace {

float sigmoid(float x) { return 1.0f / (1.0f + std::exp(-x)); }

// The latent's way up per key head, transposed: [G][D][rank].
std::vector<float> transposed(const LowRank &product, int width) {
  std::vector<float> basis(at(width, product.rank));
  for (int i = 0; i < width; i++)
    for (int r = 0; r < product.rank; r++) basis[at(i, product.rank) + r] = product.b[at(r, width) + i];
  return basis;
}

}  // namespace

void SecondBranch::reset() {
  for (SecondKeys &keys : kept_) keys = {};
  cell_angles_.clear();
}

std::size_t SecondBranch::n_bytes() const {
  std::size_t n = 0;
  for (const SecondKeys &keys : kept_) n += keys.n_bytes();
  for (const auto &angles : cell_angles_) n += angles->table.size() * sizeof(float);
  return n;
}

void SecondBranch::set_up(Stop &s, Layer &layer) {
  const VariantTraits &variant = settings_.variant;
  const int width = s.heads * s.d;
  attention_shape &shape = s.call.shape;
  q2_.resize(at(s.n_tokens, width));
  s.call.q2 = q2_.data();
  shape.q2_h = s.d, shape.q2_t = width, shape.q2_b = shape.q2_t * s.tq;
  shape.last = 1;
  shape.rescale = settings_.rescale || variant.rescales;
  shape.k2_kind = K2_SHARED;
  set_up_lambda(s, layer);
  if (variant.needs_input) {
    // One token is prepared by two threads: each has an input of its own.
    x_.resize(at(std::max(s.n_tokens, 2), s.n_embd));
    low_q_.resize(at(s.n_tokens, layer.q2.rank));
  }
  if (variant.own_keys) set_up_keys(s, layer);
}

void SecondBranch::set_up_lambda(Stop &s, const Layer &layer) {
  attention_shape &shape = s.call.shape;
  shape.lam_h = 1;
  if (layer.lam_weight.empty()) {
    lam_ = layer.lam;
  } else {
    lam_.resize(at(s.n_tokens, s.heads));
    shape.lam_t = s.heads, shape.lam_b = 1LL * s.heads * s.tq;
  }
  s.call.lam = lam_.data();
}

void SecondBranch::set_up_keys(Stop &s, Layer &layer) {
  if (!s.cells) return evaluation_.fail("it writes its key cache in an unknown way");
  const ggml_tensor *cache = root(s.node->src[1]);
  const std::int64_t n_cells = cache->ne[1] * cache->ne[2];
  const int rank = layer.k2.rank, width = s.groups * s.d;
  attention_shape &shape = s.call.shape;
  SecondKeys &kept = kept_[s.layer];
  kept.resize(n_cells, settings_.latent ? rank : width);
  low_k_.resize(at(s.n_tokens, rank));
  s.call.k2 = kept.rows.data() + s.first_cell * kept.width;
  shape.k2_t = kept.width;
  shape.k2_b = s.stream_cells * kept.width;
  if (settings_.latent) return set_up_latent(s, layer, static_cast<int>(n_cells));
  k2_.resize(at(s.n_tokens, width));
  shape.k2_kind = K2_FULL;
  shape.k2_g = s.d;
}

void SecondBranch::set_up_latent(Stop &s, Layer &layer, int n_cells) {
  if (layer.basis.empty()) layer.basis = transposed(layer.k2, s.groups * s.d);
  const Rope &rope = s.angles->rope;
  s.cell_angles = &cell_angles(rope);
  s.cell_angles->resize(n_cells + TILE_KEYS);
  attention_shape &shape = s.call.shape;
  shape.k2_kind = settings_.variant.adds_first ? K2_MIRROR : K2_PAPER;
  shape.rank = layer.k2.rank;
  shape.n_rot = rope.n_rot;
  shape.interleaved = rope.interleaved;
  shape.rope_stride = s.cell_angles->stride;
  s.call.basis = layer.basis.data();
  s.call.rope = s.cell_angles->table.data() + s.first_cell;
}

CellAngles &SecondBranch::cell_angles(const Rope &rope) {
  for (const auto &known : cell_angles_)
    if (known->rope == rope) return *known;
  cell_angles_.push_back(std::make_unique<CellAngles>());
  cell_angles_.back()->rope = rope;
  return *cell_angles_.back();
}

void SecondBranch::prepare(const Stop &s, const Layer &layer, const Team &team) {
  const bool own_keys = settings_.variant.own_keys;
  if (s.n_tokens > 1) {
    const auto [begin, end] = team.part(s.n_tokens);
    float *x = x_.data() + at(begin, s.n_embd);
    input(s, begin, end, x);
    queries(s, layer, begin, end, x);
    lambda(s, layer, begin, end, x);
    if (own_keys) keys(s, layer, begin, end, x);
    return;
  }
  if (team.first()) {
    input(s, 0, 1, x_.data());
    queries(s, layer, 0, 1, x_.data());
    lambda(s, layer, 0, 1, x_.data());
  }
  if (own_keys && team.last()) {
    float *x = x_.data() + s.n_embd;
    input(s, 0, 1, x);
    keys(s, layer, 0, 1, x);
  }
}

void SecondBranch::input(const Stop &s, int begin, int end, float *x) const {
  if (!settings_.variant.needs_input) return;
  for (int t = begin; t < end; t++, x += s.n_embd)
    rms_norm(reinterpret_cast<const float *>(s.residual + t * s.residual_row), s.weight, s.bias, s.eps, s.n_embd, x);
}

void SecondBranch::queries(const Stop &s, const Layer &layer, int begin, int end, const float *x) {
  const VariantTraits &variant = settings_.variant;
  const int width = s.heads * s.d, rank = layer.q2.rank, n = end - begin;
  float *q2 = q2_.data() + at(begin, width);
  if (variant.needs_input && rank > 0) {
    float *low = low_q_.data() + at(begin, rank);
    multiply(x, layer.q2.a.data(), s.n_embd, rank, low, n);
    multiply(low, layer.q2.b.data(), rank, width, q2, n);
  } else {
    std::fill(q2, q2 + at(n, width), 0.0f);
  }
  const float share = !variant.adds_first ? 0.0f : variant.flattens ? 1.0f / settings_.temperature : 1.0f;
  for (int t = begin; t < end; t++)
    for (int h = 0; h < s.heads; h++, q2 += s.d) {
      const float *q1 = s.query(t, h);
      if (variant.needs_input) s.angles->rope.rotate(q2, s.turn(t));
      for (int i = 0; i < s.d; i++) q2[i] = q2[i] * s.q_gain + share * q1[i];
    }
}

// Second keys go to the cells that llama.cpp wrote the first keys to.
void SecondBranch::keys(const Stop &s, const Layer &layer, int begin, int end, const float *x) {
  const int rank = layer.k2.rank, width = s.groups * s.d, n = end - begin;
  float *low = low_k_.data() + at(begin, rank);
  multiply(x, layer.k2.a.data(), s.n_embd, rank, low, n);
  if (settings_.latent) return keep_latent(s, begin, end, low);
  float *added = k2_.data() + at(begin, width);
  multiply(low, layer.k2.b.data(), rank, width, added, n);
  keep_whole(s, begin, end, added);
}

void SecondBranch::keep_latent(const Stop &s, int begin, int end, const float *low) {
  SecondKeys &kept = kept_[s.layer];
  for (int t = begin; t < end; t++, low += kept.width) {
    const std::int64_t cell = (*s.cells)[t];
    float_to_half(low, kept.row(cell), kept.width);
    s.cell_angles->set(cell, s.turn(t));
  }
}

void SecondBranch::keep_whole(const Stop &s, int begin, int end, float *added) {
  const ggml_tensor *k = s.node->src[1];
  SecondKeys &kept = kept_[s.layer];
  for (int t = begin; t < end; t++) {
    const std::int64_t cell = (*s.cells)[t];
    const char *row = s.k + (cell - s.first_cell) * k->nb[1];
    for (int g = 0; g < s.groups; g++, added += s.d) {
      s.angles->rope.rotate(added, s.turn(t));
      if (settings_.variant.adds_first) {
        float first[256];
        half_to_float(reinterpret_cast<const std::uint16_t *>(row + g * k->nb[2]), first, s.d);
        for (int i = 0; i < s.d; i++) added[i] += first[i];
      }
      float_to_half(added, kept.row(cell) + g * s.d, s.d);
    }
  }
}

void SecondBranch::lambda(const Stop &s, const Layer &layer, int begin, int end, const float *x) {
  if (layer.lam_weight.empty()) return;
  float *lam = lam_.data() + at(begin, s.heads);
  multiply(x, layer.lam_weight.data(), s.n_embd, s.heads, lam, end - begin);
  for (int t = begin; t < end; t++)
    for (int h = 0; h < s.heads; h++, lam++) *lam = sigmoid(*lam + layer.lam_bias[h]);
}

}  // namespace sabun::llama
