// Means of blocks of keys and values of one layer, for centroids and for choosing blocks.
#pragma once

#include <cstdint>
#include <vector>

#include "stop.h"
#include "team.h"

namespace sabun::llama {

class BlockMeans {
 public:
  // By all threads of the team: brings up to date the blocks that the keys of this call complete or touch, and
  // those behind them, whose cells may have been rewritten. `a` sees the first keys of a prompt of n_prompt.
  void update(const Stop &s, const sabun_attention &a, int n_prompt, const Team &team);

  const std::uint16_t *key(int group, int block) const { return k1_.data() + row(group, block); }
  int capacity() const { return capacity_; }

  // Lets the call read them as centroids.
  void lend(sabun_attention &a) const;

 private:
  std::size_t row(int group, int block) const {
    return (static_cast<std::size_t>(group) * capacity_ + block) * d_;
  }
  void make_room(const Stop &s, const sabun_attention &a, int n_prompt);
  void average(const Stop &s, const sabun_attention &a, int group, int block);

  std::vector<std::uint16_t> k1_, k2_, v_;  // [groups][capacity][d]; k2: if there are second keys
  int d_ = 0, capacity_ = 0, n_valid_ = 0, from_ = 0;
};

}  // namespace sabun::llama
