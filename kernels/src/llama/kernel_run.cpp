#include "kernel_run.h"

#include <cstdint>

namespace sabun::llama {
namespace {

// One stream of a call.
sabun_attention stream(const sabun_attention &a, int b) {
  const attention_shape &s = a.shape;
  sabun_attention one = a;
  one.batch = 1;
  one.q1 += b * s.q_b;
  one.q2 += b * s.q2_b;
  one.k1 = static_cast<const std::uint16_t *>(a.k1) + b * s.k_b;
  one.v = static_cast<const std::uint16_t *>(a.v) + b * s.v_b;
  one.k2 = static_cast<const std::uint16_t *>(a.k2) + b * s.k2_b;
  one.rope += b * (s.k2_b / s.k2_t);
  one.lam += b * s.lam_b;
  if (a.mask) one.mask = static_cast<const std::uint16_t *>(a.mask) + b * s.mask_b;
  if (a.map) one.map += b * s.map_b;
  one.out += b * s.out_b;
  return one;
}

// Latent keys have one table of angles, so streams run one after the other.
bool runs_by_stream(const sabun_attention &a) { return a.batch > 1 && has_latent_keys(a.shape); }

}  // namespace

bool has_latent_keys(const attention_shape &shape) {
  return shape.last == 1 && (shape.k2_kind == K2_PAPER || shape.k2_kind == K2_MIRROR);
}

void KernelRun::check(int status) {
  if (status == SABUN_NO_MEMORY) evaluation_.fail("there is not enough memory for attention");
  else if (status != SABUN_OK) evaluation_.fail("the attention kernel refused the call");
}

bool KernelRun::can_prepare(const sabun_attention &a) const { return !runner_ && !runs_by_stream(a); }

void KernelRun::run_prepared(const Team &team) {
  job_.work(team.index, team.size);
  team.sync();
  job_.values(team.index, team.size);
  team.sync();
  job_.finish(team.index, team.size);
}

void KernelRun::run(const sabun_attention &a, const Team &team) {
  if (runs_by_stream(a)) {
    for (int b = 0; b < a.batch; b++) run(stream(a, b), team);
    return;
  }
  if (team.first()) check(runner_ ? runner_(&a, data_) : job_.prepare(a));
  team.sync();
  if (!runner_ && !evaluation_.skipped()) run_prepared(team);
  team.sync();
  if (team.first() && !runner_) check_prepared();
}

}  // namespace sabun::llama
