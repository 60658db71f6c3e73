#include "step.h"

#include <algorithm>

#include "../attention.h"

namespace sabun::llama {
namespace {

constexpr std::uint16_t minus_inf = 0xfc00;

// Number of leading zeros of a row, or -1 if anything but 0 and then -inf stands in it.
int visible_prefix(const std::uint16_t *row, int n) {
  int n_seen = 0;
  while (n_seen < n && row[n_seen] == 0) n_seen++;
  unsigned other = 0;
  for (int k = n_seen; k < n; k++) other |= row[k] ^ minus_inf;
  return other ? -1 : n_seen;
}

bool is_causal(Mask &m) {
  if (m.n_streams != 1) return false;
  for (int t = 0; t < m.tq; t++) {
    const int n = visible_prefix(m.data + t * m.row, m.tk);
    if (n < 1 || (t > 0 && n != m.pos0 + 1 + t)) return false;
    if (t == 0) m.pos0 = n - 1;
  }
  m.n_keys = m.pos0 + m.tq;
  return true;
}

int last_visible(const std::uint16_t *row, int n) {
  while (n > 0 && row[n - 1] == minus_inf) n--;
  return n;
}

void fill_map(Mask &m) {
  m.n_keys = 1;
  for (int b = 0; b < m.n_streams; b++)
    for (int t = 0; t < m.tq; t++)
      m.n_keys = std::max(m.n_keys, last_visible(m.data + b * m.stream + t * m.row, m.tk));
  const int rows = (m.tq + TILE_KEYS - 1) / TILE_KEYS, columns = (m.n_keys + TILE_KEYS - 1) / TILE_KEYS;
  m.map.resize(static_cast<std::size_t>(m.n_streams) * rows * columns);
  for (int b = 0; b < m.n_streams; b++)
    sabun_tile_map(m.data + b * m.stream, 1, m.row, m.tq, m.n_keys, m.map.data() + b * rows * columns);
}

}  // namespace

void Step::begin() {
  positions_tensor_ = nullptr;
  positions_.clear();
  cells_.clear();
  masks_.clear();
  angles_.clear();
}

void Step::read_positions(ggml_tensor *positions) {
  if (positions == positions_tensor_) return;
  positions_tensor_ = positions;
  std::vector<char> space;
  const HostBytes bytes(*api_, positions, space);
  const auto *p = reinterpret_cast<const std::int32_t *>(bytes.data());
  positions_.assign(p, p + positions->ne[0]);
}

void Step::read_cells(ggml_tensor *indexes) {
  if (indexes->type != GGML_TYPE_I64 || cells(indexes)) return;
  std::vector<char> space;
  const HostBytes bytes(*api_, indexes, space);
  const auto *p = reinterpret_cast<const std::int64_t *>(bytes.data());
  cells_.push_back({indexes, std::vector<std::int64_t>(p, p + indexes->ne[0])});
}

const std::vector<std::int64_t> *Step::cells(const ggml_tensor *indexes) const {
  for (const Cells &c : cells_)
    if (c.tensor == indexes) return &c.rows;
  return nullptr;
}

const Mask &Step::mask(ggml_tensor *tensor, bool always_copy) {
  for (const auto &known : masks_)
    if (known->tensor == tensor) return *known;
  auto m = std::make_unique<Mask>();
  m->tensor = tensor;
  const HostBytes bytes(*api_, tensor, m->space, always_copy);
  m->data = reinterpret_cast<const std::uint16_t *>(bytes.data());
  m->row = tensor->nb[1] / 2;
  m->stream = tensor->nb[3] / 2;
  m->tk = static_cast<int>(tensor->ne[0]);
  m->tq = static_cast<int>(tensor->ne[1]);
  m->n_streams = static_cast<int>(tensor->ne[3]);
  m->causal = is_causal(*m);
  if (!m->causal) fill_map(*m);
  masks_.push_back(std::move(m));
  return *masks_.back();
}

const Angles &Step::angles(const Rope &rope) {
  for (const auto &known : angles_)
    if (known->rope == rope) return *known;
  auto a = std::make_unique<Angles>();
  a->rope = rope;
  a->cs.resize(positions_.size() * rope.n_rot);
  for (std::size_t t = 0; t < positions_.size(); t++) rope.angles(positions_[t], a->cs.data() + t * rope.n_rot);
  angles_.push_back(std::move(a));
  return *angles_.back();
}

}  // namespace sabun::llama
