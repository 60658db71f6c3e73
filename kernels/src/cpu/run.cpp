// Checks a call, chooses the instruction set, and spreads the work items over the OpenMP team.
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "table.h"

namespace sabun {
namespace {

constexpr int max_dim = 256;  // of D, Dv and the rank

struct Free {
  void operator()(float *p) const { ::operator delete[](p, std::align_val_t(64)); }
};
using Floats = std::unique_ptr<float[], Free>;

Floats allocate(long long n) {
  return Floats(static_cast<float *>(::operator new[](n * sizeof(float), std::align_val_t(64), std::nothrow)));
}

// One buffer per thread, kept between calls and only ever grown.
float *thread_scratch(long long n) {
  static thread_local Floats buffer;
  static thread_local long long size = 0;
  if (n > size) {
    buffer = allocate(n);
    size = buffer ? n : 0;
  }
  return buffer.get();
}

const Kernels *best() {
#ifdef SABUN_X86
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
  if (avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq"))
    return &kernels_avx512;
  if (avx2) return &kernels_avx2;
#endif
  return &kernels_baseline;
}

std::atomic<const Kernels *> chosen{nullptr};

const Kernels &current() {
  const Kernels *k = chosen.load(std::memory_order_acquire);
  if (!k) chosen.store(k = best(), std::memory_order_release);
  return *k;
}

int team_size(int n_threads, long long n_items) {
#ifdef _OPENMP
  if (omp_in_parallel()) return 1;  // the caller's team is busy with the caller's own items
  return int(n_items < n_threads ? n_items : n_threads);
#else
  (void)n_threads, (void)n_items;
  return 1;
#endif
}

int run_prefill(const Kernels &k, const sabun_attention &a, int n_threads) {
  const attention_shape &s = a.shape;
  const int n_blocks = (s.tq * s.group + k.rows - 1) / k.rows;
  const int n_items = n_blocks * s.groups * a.batch;
  const long long n_floats = k.scratch_floats(s);
  std::atomic<int> next{0}, failed{0};
#ifdef _OPENMP
#pragma omp parallel num_threads(team_size(n_threads, n_items))
#endif
  {
    float *scratch = thread_scratch(n_floats);
    if (!scratch) failed = 1;
    // Last rows first: with a causal mask they are the longest.
    for (int i; scratch && (i = next++) < n_items;) {
      const int block = n_blocks - 1 - i / (s.groups * a.batch), rest = i % (s.groups * a.batch);
      k.prefill[a.kv_half](a, block, rest % s.groups, rest / s.groups, scratch);
    }
  }
  return failed ? SABUN_NO_MEMORY : SABUN_OK;
}

// Splits depend on the length alone, so that results do not depend on the number of threads.
void choose_splits(attention_shape &s) {
  const int keys = ((s.tk + 7) / 8 + TILE_KEYS - 1) / TILE_KEYS * TILE_KEYS;
  s.split_keys = keys < 512 ? keys : 512;
  s.n_splits = (s.tk + s.split_keys - 1) / s.split_keys;
}

int run_decode(const Kernels &k, sabun_attention a, int n_threads) {
  attention_shape &s = a.shape;
  choose_splits(s);
  const long long n_ends = 4LL * s.heads, n_sums = 2LL * s.heads * s.dv;  // of one split
  const long long n_all = 1LL * a.batch * s.n_splits * (n_ends + n_sums) + 16;
  static thread_local Floats kept;
  static thread_local long long kept_size = 0;
  if (n_all > kept_size) {
    kept = allocate(n_all);
    kept_size = kept ? n_all : 0;
    if (!kept) return SABUN_NO_MEMORY;
  }
  const int n_items = s.n_splits * a.batch;
  float *ends = kept.get(), *sums = ends + (n_items * n_ends + 15) / 16 * 16;
  const long long n_floats = k.scratch_floats(s);
  std::atomic<int> next{0}, failed{0};
  const auto work = [&] {
    float *scratch = thread_scratch(n_floats);
    if (!scratch) failed = 1;
    for (int i; scratch && (i = next++) < n_items;)
      k.split[a.kv_half](a, i % s.n_splits, i / s.n_splits, ends + i * n_ends, sums + i * n_sums, scratch);
  };
  // Waking another thread costs as much as some 700 keys of three groups of 64.
  const long long n_products = 1LL * a.batch * s.tk * s.groups * (s.d * (1 + s.last - s.first) + s.dv);
  const int team = n_products < 1 << 18 ? 1 : team_size(n_threads, n_items);
#ifdef _OPENMP
#pragma omp parallel num_threads(team) if (team > 1)
#endif
  work();
  if (failed) return SABUN_NO_MEMORY;
  for (int b = 0; b < a.batch; b++)
    for (int h = 0; h < s.heads; h++)
      k.merge(a, ends + b * s.n_splits * n_ends, sums + b * s.n_splits * n_sums, h, b);
  return SABUN_OK;
}

const char *complaint(const sabun_attention &a) {
  const attention_shape &s = a.shape;
  const bool latent = s.k2_kind == K2_PAPER || s.k2_kind == K2_MIRROR, second = s.last == 1;
  if (a.batch < 1 || s.heads < 1 || s.groups < 1 || s.tq < 1 || s.tk < 1) return "every axis needs at least one entry";
  if (s.heads != s.groups * s.group) return "heads must be a multiple of key/value heads";
  if (s.d < 16 || s.d > max_dim || s.d % 16) return "D must be a multiple of 16 up to 256";
  if (s.dv < 16 || s.dv > max_dim || s.dv % 16) return "Dv must be a multiple of 16 up to 256";
  if (s.first < 0 || s.last > 1 || s.first > s.last) return "branches must be 0..0, 0..1 or 1..1";
  if (s.first == 0 && !a.q1) return "q1 is missing";
  if (!a.v || !a.out) return "v or out is missing";
  if (second && (!a.q2 || !a.lam)) return "the second branch needs q2 and lam";
  if (second && (s.k2_kind < K2_SHARED || s.k2_kind > K2_TILED)) return "unknown kind of second keys";
  if (second && s.k2_kind != K2_SHARED && !a.k2) return "k2 is missing";
  if ((s.first == 0 || s.k2_kind == K2_SHARED || s.k2_kind == K2_MIRROR) && !a.k1) return "k1 is missing";
  if (!second && s.rank != 0) return "a rank without second branch";
  if (latent != (s.rank > 0) || s.rank > max_dim) return "latent keys need a rank of 1..256, others 0";
  if (latent && (!a.basis || !a.rope)) return "latent keys need basis and rope";
  if (latent && (s.n_rot < 0 || s.n_rot > s.d || s.n_rot % 2)) return "n_rot must be even and at most D";
  if (latent && s.rope_stride < (s.tk + TILE_KEYS - 1) / TILE_KEYS * TILE_KEYS)
    return "rope tables must reach the next multiple of 64 keys";
  if (s.has_mask && !a.mask) return "mask is missing";
  if (s.has_map && !a.map) return "map is missing";
  if (s.has_means && (!a.map || !a.means_v || s.n_blocks < 1)) return "block means need a map";
  if (s.has_means && s.first == 0 && !a.means1) return "means of the first keys are missing";
  if (s.has_means && second && !(s.k2_kind == K2_SHARED ? a.means1 : a.means2))
    return "means of the second keys are missing";
  return nullptr;
}

}  // namespace
}  // namespace sabun

extern "C" int sabun_attention_check(const sabun_attention *a, const char **why) {
  const char *what = sabun::complaint(*a);
  if (why) *why = what;
  return what ? SABUN_BAD_SHAPE : SABUN_OK;
}

extern "C" int sabun_attention_run(const sabun_attention *a, int n_threads) {
  if (sabun::complaint(*a)) return SABUN_BAD_SHAPE;
  const sabun::Kernels &k = sabun::current();
  const bool decode = a->shape.tq == 1 && !a->shape.has_means;
  n_threads = n_threads < 1 ? 1 : n_threads;
  return decode ? sabun::run_decode(k, *a, n_threads) : sabun::run_prefill(k, *a, n_threads);
}

extern "C" const char *sabun_attention_isa(void) { return sabun::current().name; }

extern "C" int sabun_attention_set_isa(const char *name) {
  using namespace sabun;
  const Kernels *top = best();
  const Kernels *all[] = {
#ifdef SABUN_X86
      top == &kernels_avx512 ? &kernels_avx512 : nullptr,
      top != &kernels_baseline ? &kernels_avx2 : nullptr,
#endif
      &kernels_baseline};
  for (const Kernels *k : all)
    if (k && !std::strcmp(k->name, name)) {
      chosen = k;
      return 0;
    }
  return 1;
}
