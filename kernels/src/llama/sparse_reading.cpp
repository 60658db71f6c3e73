// Reading prompts with fewer keys: sink + window, or selected blocks with centroids, and delta correction.
// The definitions are kernels/selection.py and kernels/sparse.py; here they run on one micro-batch of a prompt.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include "linear.h"
#include "stop.h"

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

}  // namespace

// Where reading sparsely helps and is defined.
bool Hook::reads_sparsely(const Stop &s) const {
  const Prefill &how = settings_.prefill;
  const Mask &mask = *s.mask;
  const int p0 = mask.pos0;
  if (!how.sparse() || !mask.causal || n_prompt_ < how.min_tokens || !s.cells) return false;
  if (p0 % how.gamma || p0 % TILE_KEYS || (how.window && p0 + s.tq <= how.sink_keys + how.window_keys)) return false;
  for (int t = 0; t < s.tq; t++)
    if ((*s.cells)[t] - s.first_cell != p0 + t || step_.positions()[t] != p0 + t) return false;
  return n_sparse_rows(how, n_prompt_, p0, s.tq) >= how.gamma;
}

void Hook::attend_sparsely(Stop &s, const Team &team) {
  const Prefill &how = settings_.prefill;
  const int head = n_sparse_rows(how, n_prompt_, s.mask->pos0, s.tq);
  sabun_attention sparse = rows_of(s.call, 0, 1, head);
  if (how.window) {
    sparse.shape.sink = how.sink_keys;
    sparse.shape.window = how.window_keys;
  } else {
    select_blocks(s, sparse, team);
  }
  run(sparse, team);
  if (how.correct) correct(s, head, team);
  if (head < s.tq) run(rows_of(s.call, head, 1, s.tq - head), team);
  team.sync();
}

// Every gamma-th row becomes dense, and those behind it are moved by the running mean of the differences.
// Each thread does its columns of all rows.
void Hook::correct(Stop &s, int head, const Team &team) {
  const int gamma = settings_.prefill.gamma, n = (head + gamma - 1) / gamma, width = s.heads * s.dv;
  const float share = settings_.prefill.smoothing;
  Correction &state = corrections_[layer_];
  const bool goes_on = state.next == s.mask->pos0;
  if (team.first()) {
    dense_.resize(static_cast<std::size_t>(n) * width);
    state.mean.resize(width);
  }
  team.sync();
  sabun_attention every = rows_of(s.call, 0, gamma, n);
  every.out = dense_.data();
  every.shape.out_t = width;
  run(every, team);
  const int lo = width * team.index / team.size, hi = width * (team.index + 1) / team.size;
  for (int j = 0; j < n; j++) {
    const float *dense = dense_.data() + static_cast<std::size_t>(j) * width;
    const int begin = j * gamma, end = std::min(head, begin + gamma);
    float *out = s.call.out + static_cast<std::size_t>(begin) * width, *mean = state.mean.data();
    const float weight = j || goes_on ? share : 1.0f;
    for (int i = lo; i < hi; i++) mean[i] += weight * (dense[i] - out[i] - mean[i]);
    std::copy(dense + lo, dense + hi, out + lo);
    for (int t = begin + 1; t < end; t++) {
      out += width;
      for (int i = lo; i < hi; i++) out[i] += mean[i];
    }
  }
  team.sync();
  if (team.first()) state.next = head == s.tq ? s.mask->pos0 + head : -1;
}

// Fills the map of `a`: per key head and 64 query rows, which blocks of keys are exact, centroids, or skipped.
void Hook::select_blocks(Stop &s, sabun_attention &a, const Team &team) {
  const Prefill &how = settings_.prefill;
  const attention_shape &shape = a.shape;
  block_means(s, a, team);
  const Means &means = *means_[layer_];
  // As many columns as there are means, which are packed by capacity; those past the last key stay empty.
  const int rows = (shape.tq + TILE_KEYS - 1) / TILE_KEYS, columns = means.capacity;
  const int first_block = shape.pos0 / TILE_KEYS, group = shape.group;
  if (team.first()) map_.assign(static_cast<std::size_t>(s.groups) * rows * columns, 0);
  team.sync();
  for (int item = team.index; item < s.groups * rows; item += team.size) {
      const int g = item / rows, y = item % rows;
      std::vector<float> weight(columns), score(columns), key(s.d);
      const int begin = y * TILE_KEYS, end = std::min(shape.tq, begin + TILE_KEYS);
      const int own = first_block + (end - 1) / TILE_KEYS;  // the block of the last row
      const float scale = s.scale / static_cast<float>(end - begin);
      for (int h = 0; h < group; h++) {
        std::vector<float> pooled(s.d, 0.0f);
        for (int t = begin; t < end; t++) {
          const float *q = a.q1 + t * shape.q_t + (g * group + h) * shape.q_h;
          for (int i = 0; i < s.d; i++) pooled[i] += q[i];
        }
        float top = -INFINITY, total = 0;
        for (int x = 0; x <= own && x < columns; x++) {
          half_to_float(means.k1.data() + (static_cast<std::size_t>(g) * means.capacity + x) * s.d, key.data(), s.d);
          score[x] = scale * std::inner_product(pooled.begin(), pooled.end(), key.begin(), 0.0f);
          top = std::max(top, score[x]);
        }
        for (int x = 0; x <= own && x < columns; x++) total += score[x] = std::exp(score[x] - top);
        for (int x = 0; x <= own && x < columns; x++) weight[x] += score[x] / total;
      }
      const float sum = static_cast<float>(group);
      std::vector<int> order(std::min(own + 1, columns));
      std::iota(order.begin(), order.end(), 0);
      std::stable_sort(order.begin(), order.end(), [&](int l, int r) { return weight[l] > weight[r]; });
      float reached = 0;
      for (int x : order) {
        const bool always = x < how.sink_blocks || x > own - how.local_blocks;
        const bool past = (x + 1) * TILE_KEYS <= shape.pos0 + begin + 1;
        unsigned char &square = map_[(static_cast<std::size_t>(g) * rows + y) * columns + x];
        if (always || reached < how.mass || how.mass >= 1.0f)
          square = TILE_EXACT;
        else if (how.compress && past && reached < how.marginal_mass)
          square = TILE_MEAN;
        reached += weight[x] / sum;
      }
  }
  a.map = map_.data();
  a.shape.has_map = 1;
  a.shape.map_q = columns;
  a.shape.map_g = 1LL * rows * columns;
  const bool latent = a.shape.last == 1 && (shape.k2_kind == K2_PAPER || shape.k2_kind == K2_MIRROR);
  if (!how.compress || latent) return;
  a.means1 = means.k1.data();
  a.means2 = means.k2.empty() ? nullptr : means.k2.data();
  a.means_v = means.v.data();
  a.shape.has_means = 1;
  a.shape.n_blocks = means.capacity;
}

// Means of the blocks that keys and values of this step complete or touch.
void Hook::block_means(Stop &s, sabun_attention &a, const Team &team) {
  const ggml_tensor *k = s.node->src[1], *v = s.node->src[2];
  const int n_blocks = (a.shape.tk + TILE_KEYS - 1) / TILE_KEYS;
  const bool second = a.shape.last == 1 && a.shape.k2_kind == K2_FULL;
  if (team.first()) {
    if (!means_[layer_]) means_[layer_] = std::make_unique<Means>();
    Means &m = *means_[layer_];
    if (m.capacity < n_blocks) {
      const int capacity = std::max((n_prompt_ + TILE_KEYS - 1) / TILE_KEYS, n_blocks);
      const std::size_t size = static_cast<std::size_t>(s.groups) * capacity * s.d;
      m.k1.assign(size, 0);
      m.v.assign(size, 0);
      m.k2.assign(second ? size : 0, 0);
      m.capacity = capacity;
      m.n_valid = 0;
    }
    m.from = std::min(m.n_valid, a.shape.pos0 / TILE_KEYS);
    m.n_valid = a.shape.tk / TILE_KEYS;
  }
  team.sync();
  Means &m = *means_[layer_];
  const int from = m.from, n_new = n_blocks - from;
  for (int item = team.index; item < s.groups * n_new; item += team.size) {
      const int g = item / n_new, x = from + item % n_new;
      float sum[3][256] = {}, row[256];
      const int begin = x * TILE_KEYS, end = std::min(a.shape.tk, begin + TILE_KEYS);
      const auto add = [&](float *to, const std::uint16_t *half) {
        half_to_float(half, row, s.d);
        for (int i = 0; i < s.d; i++) to[i] += row[i];
      };
      for (int key = begin; key < end; key++) {
        add(sum[0], reinterpret_cast<const std::uint16_t *>(s.k + key * k->nb[1] + g * k->nb[2]));
        add(sum[1], reinterpret_cast<const std::uint16_t *>(s.v + key * v->nb[1] + g * v->nb[2]));
        if (second) add(sum[2], kept_[layer_].row(s.first_cell + key) + g * s.d);
      }
      std::vector<std::uint16_t> *to[] = {&m.k1, &m.v, second ? &m.k2 : nullptr};
      for (int j = 0; j < 3; j++) {
        if (!to[j]) continue;
        for (int i = 0; i < s.d; i++) sum[j][i] /= static_cast<float>(end - begin);
        float_to_half(sum[j], to[j]->data() + (static_cast<std::size_t>(g) * m.capacity + x) * s.d, s.d);
      }
  }
  team.sync();
}

}  // namespace sabun::llama
