#include "block_means.h"

#include <algorithm>

#include "linear.h"

namespace sabun::llama {
namespace {

bool has_second_keys(const sabun_attention &a) { return a.shape.last == 1 && a.shape.k2_kind == K2_FULL; }

int n_blocks(int n_keys) { return (n_keys + TILE_KEYS - 1) / TILE_KEYS; }

const std::uint16_t *halves(const void *rows, long long offset) {
  return static_cast<const std::uint16_t *>(rows) + offset;
}

}  // namespace

void BlockMeans::make_room(const Stop &s, const sabun_attention &a, int n_prompt) {
  const int needed = n_blocks(a.shape.tk);
  d_ = s.d;
  if (capacity_ < needed) {
    capacity_ = std::max(n_blocks(n_prompt), needed);
    const std::size_t size = row(s.groups, 0);
    k1_.assign(size, 0);
    v_.assign(size, 0);
    k2_.assign(has_second_keys(a) ? size : 0, 0);
    n_valid_ = 0;
  }
  from_ = std::min(n_valid_, a.shape.pos0 / TILE_KEYS);
  n_valid_ = a.shape.tk / TILE_KEYS;
}

void BlockMeans::update(const Stop &s, const sabun_attention &a, int n_prompt, const Team &team) {
  if (team.first()) make_room(s, a, n_prompt);
  team.sync();
  const int n_new = n_blocks(a.shape.tk) - from_;
  for (int item = team.index; item < s.groups * n_new; item += team.size)
    average(s, a, item / n_new, from_ + item % n_new);
  team.sync();
}

void BlockMeans::average(const Stop &s, const sabun_attention &a, int group, int block) {
  const attention_shape &shape = a.shape;
  const bool second = has_second_keys(a);
  float sum[3][256] = {}, row_of_floats[256];
  const int begin = block * TILE_KEYS, end = std::min(shape.tk, begin + TILE_KEYS);
  const auto add = [&](float *to, const std::uint16_t *half) {
    half_to_float(half, row_of_floats, s.d);
    for (int i = 0; i < s.d; i++) to[i] += row_of_floats[i];
  };
  for (int key = begin; key < end; key++) {
    add(sum[0], halves(a.k1, key * shape.k_t + group * shape.k_g));
    add(sum[1], halves(a.v, key * shape.v_t + group * shape.v_g));
    if (second) add(sum[2], halves(a.k2, key * shape.k2_t + group * shape.k2_g));
  }
  std::vector<std::uint16_t> *to[] = {&k1_, &v_, second ? &k2_ : nullptr};
  for (int j = 0; j < 3; j++) {
    if (!to[j]) continue;
    for (int i = 0; i < s.d; i++) sum[j][i] /= static_cast<float>(end - begin);
    float_to_half(sum[j], to[j]->data() + row(group, block), s.d);
  }
}

void BlockMeans::lend(sabun_attention &a) const {
  a.means1 = k1_.data();
  a.means2 = k2_.empty() ? nullptr : k2_.data();
  a.means_v = v_.data();
  a.shape.has_means = 1;
  a.shape.n_blocks = capacity_;
}

}  // namespace sabun::llama
