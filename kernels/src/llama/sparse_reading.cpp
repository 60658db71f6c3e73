#include "sparse_reading.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "linear.h"

namespace sabun::llama {
namespace {

// The call on rows first, first + step, ...
sabun_attention rows_of(const sabun_attention &a, int first, int step, int n) {
  sabun_attention r = a;
  attention_shape &s = r.shape;
  r.q1 += first * s.q_t;
  if (r.q2) r.q2 += first * s.q2_t;
  if (r.lam) r.lam += first * s.lam_t;
  r.out += first * s.out_t;
  s.pos0 += first;
  s.q_t *= step, s.q2_t *= step, s.lam_t *= step, s.out_t *= step;
  s.pos_step = step;
  s.tq = n;
  s.tk = std::min(s.tk, s.pos0 + step * (n - 1) + 1);
  return r;
}

// Rows of a micro-batch at p0 that may be sparse: all but the last of the prompt, as Delta Attention has it;
// without correction, all but the last whole block and what is behind it.
int n_sparse_rows(const Prefill &how, int n_prompt, int p0, int tq) {
  const int tail = how.correct ? n_prompt % how.gamma + std::max(128, how.gamma) : n_prompt % TILE_KEYS + TILE_KEYS;
  return std::clamp(n_prompt - tail - p0, 0, tq);
}

// Shares of the first n_blocks blocks in the attention of query rows begin .. end, pooled; summed over a group's heads.
std::vector<float> pooled_shares(const sabun_attention &a, const BlockMeans &means, float scale, int group, int begin,
                                 int end, int n_blocks) {
  const attention_shape &shape = a.shape;
  std::vector<float> shares(n_blocks), score(n_blocks), key(shape.d);
  for (int h = 0; h < shape.group; h++) {
    std::vector<float> pooled(shape.d, 0.0f);
    for (int t = begin; t < end; t++) {
      const float *q = a.q1 + t * shape.q_t + (group * shape.group + h) * shape.q_h;
      for (int i = 0; i < shape.d; i++) pooled[i] += q[i];
    }
    float top = -INFINITY, total = 0;
    for (int x = 0; x < n_blocks; x++) {
      half_to_float(means.key(group, x), key.data(), shape.d);
      score[x] = scale * std::inner_product(pooled.begin(), pooled.end(), key.begin(), 0.0f);
      top = std::max(top, score[x]);
    }
    for (int x = 0; x < n_blocks; x++) total += score[x] = std::exp(score[x] - top);
    for (int x = 0; x < n_blocks; x++) shares[x] += score[x] / total;
  }
  return shares;
}

// Indexes of the shares, largest first; of equal ones the first stays first.
std::vector<int> descending(const std::vector<float> &shares) {
  std::vector<int> order(shares.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int l, int r) { return shares[l] > shares[r]; });
  return order;
}

}  // namespace

void SparseReading::reset() {
  for (LayerState &layer : layers_) layer = {};
  was_sparse_ = false;
}

bool SparseReading::applies(const Stop &s) const {
  const Prefill &how = settings_.prefill;
  const Mask &mask = *s.mask;
  const int p0 = mask.pos0;
  if (!how.sparse() || !mask.causal || n_prompt_ < how.min_tokens || !s.cells) return false;
  if (p0 % how.gamma || p0 % TILE_KEYS || (how.window && p0 + s.tq <= how.sink_keys + how.window_keys)) return false;
  for (int t = 0; t < s.tq; t++)
    if ((*s.cells)[t] - s.first_cell != p0 + t || (*s.positions)[t] != p0 + t) return false;
  return n_sparse_rows(how, n_prompt_, p0, s.tq) >= how.gamma;
}

void SparseReading::attend(const Stop &s, const Team &team) {
  const Prefill &how = settings_.prefill;
  const int n_rows = n_sparse_rows(how, n_prompt_, s.mask->pos0, s.tq);
  sabun_attention sparse = rows_of(s.call, 0, 1, n_rows);
  if (how.window) {
    sparse.shape.sink = how.sink_keys;
    sparse.shape.window = how.window_keys;
  } else {
    select_blocks(s, sparse, team);
  }
  kernels_.run(sparse, team);
  if (how.correct) correct(s, n_rows, team);
  if (n_rows < s.tq) kernels_.run(rows_of(s.call, n_rows, 1, s.tq - n_rows), team);
  team.sync();
}

// Every gamma-th row becomes dense, and those behind it are moved by the running mean of the differences.
// Each thread does its columns of all rows.
void SparseReading::correct(const Stop &s, int n_rows, const Team &team) {
  const int gamma = settings_.prefill.gamma, n = (n_rows + gamma - 1) / gamma, width = s.heads * s.dv;
  LayerState &state = layers_[s.layer];
  const bool goes_on = state.next == s.mask->pos0;
  if (team.first()) {
    dense_.resize(at(n, width));
    state.difference.resize(width);
  }
  team.sync();
  sabun_attention every = rows_of(s.call, 0, gamma, n);
  every.out = dense_.data();
  every.shape.out_t = width;
  kernels_.run(every, team);
  const int lo = width * team.index / team.size, hi = width * (team.index + 1) / team.size;
  for (int j = 0; j < n; j++) {
    const int begin = j * gamma, end = std::min(n_rows, begin + gamma);
    correct_rows(s.call.out + at(begin, width), dense_.data() + at(j, width), state.difference.data(), end - begin,
                 width, j || goes_on ? settings_.prefill.smoothing : 1.0f, lo, hi);
  }
  team.sync();
  if (team.first()) state.next = n_rows == s.tq ? s.mask->pos0 + n_rows : -1;
}

// Columns lo .. hi of a dense row and of those behind it.
void SparseReading::correct_rows(float *out, const float *dense, float *mean, int n_rows, int width, float weight,
                                 int lo, int hi) {
  for (int i = lo; i < hi; i++) mean[i] += weight * (dense[i] - out[i] - mean[i]);
  std::copy(dense + lo, dense + hi, out + lo);
  for (int t = 1; t < n_rows; t++) {
    out += width;
    for (int i = lo; i < hi; i++) out[i] += mean[i];
  }
}

// Fills the map of `a`: per key head and 64 query rows, which blocks of keys are exact, centroids, or skipped.
void SparseReading::select_blocks(const Stop &s, sabun_attention &a, const Team &team) {
  BlockMeans &means = layers_[s.layer].means;
  means.update(s, a, n_prompt_, team);
  // As many columns as there are means, which are packed by capacity; those past the last key stay empty.
  const int rows = (a.shape.tq + TILE_KEYS - 1) / TILE_KEYS, columns = means.capacity();
  if (team.first()) map_.assign(at(s.groups * rows, columns), 0);
  team.sync();
  for (int item = team.index; item < s.groups * rows; item += team.size)
    mark_blocks(a, means, s.scale, item / rows, item % rows, map_.data() + at(item, columns));
  a.map = map_.data();
  a.shape.has_map = 1;
  a.shape.map_q = columns;
  a.shape.map_g = 1LL * rows * columns;
  if (settings_.prefill.compress && !has_latent_keys(a.shape)) means.lend(a);
}

void SparseReading::mark_blocks(const sabun_attention &a, const BlockMeans &means, float scale, int group, int row,
                                unsigned char *squares) const {
  const Prefill &how = settings_.prefill;
  const int begin = row * TILE_KEYS, end = std::min(a.shape.tq, begin + TILE_KEYS);
  const int own = a.shape.pos0 / TILE_KEYS + (end - 1) / TILE_KEYS;  // the block of the last row
  const std::vector<float> shares = pooled_shares(a, means, scale / static_cast<float>(end - begin), group, begin, end,
                                                  std::min(own + 1, means.capacity()));
  const float sum = static_cast<float>(a.shape.group);
  float reached = 0;
  for (int x : descending(shares)) {
    const bool always = x < how.sink_blocks || x > own - how.local_blocks;
    const bool past = (x + 1) * TILE_KEYS <= a.shape.pos0 + begin + 1;
    if (always || reached < how.mass || how.mass >= 1.0f)
      squares[x] = TILE_EXACT;
    else if (how.compress && past && reached < how.marginal_mass)
      squares[x] = TILE_MEAN;
    reached += shares[x] / sum;
  }
}

}  // namespace sabun::llama
