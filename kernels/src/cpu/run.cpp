// Checks a call, chooses the instruction set, and spreads the work items over the OpenMP team.
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "job.h"

namespace sabun {
namespace {

constexpr int max_dim = 256;  // of D, Dv and the rank

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

// Splits depend on the length alone, so that results do not depend on the number of threads.
void choose_splits(attention_shape &s) {
  const int keys = ((s.tk + 7) / 8 + TILE_KEYS - 1) / TILE_KEYS * TILE_KEYS;
  s.split_keys = keys < 512 ? keys : 512;
  s.n_splits = (s.tk + s.split_keys - 1) / s.split_keys;
  // One line more than needed: rows at a power of two would fall into the same few sets of the cache.
  s.score_stride = (s.tk + TILE_KEYS - 1) / TILE_KEYS * TILE_KEYS + 16;
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

int Job::prepare(const sabun_attention &a) {
  if (complaint(a)) return SABUN_BAD_SHAPE;
  kernels_ = &current();
  a_ = a;
  attention_shape &s = a_.shape;
  decode_ = s.tq == 1 && !s.has_means;
  next_ = n_scored_ = failed_ = 0;
  n_scratch_ = kernels_->scratch_floats(s);
  if (!decode_) {
    n_items_ = (s.tq * s.group + kernels_->rows - 1) / kernels_->rows * s.groups * a.batch;
    return SABUN_OK;
  }
  choose_splits(s);
  n_items_ = s.n_splits * a.batch;
  const long long n_rows = 2LL * s.heads * a.batch, line = 16;
  const long long n_scores = n_rows * s.score_stride, n_ends = (2 * n_rows * s.n_splits + line - 1) / line * line,
                  n_totals = (2 * n_rows + line - 1) / line * line, n_partial = 1LL * n_items_ * s.heads * s.dv;
  const long long n_all = n_scores + n_ends + n_totals + n_partial;
  if (n_all > size_) {
    results_ = allocate(n_all);
    size_ = results_ ? n_all : 0;
    if (!results_) return SABUN_NO_MEMORY;
  }
  if (n_items_ > n_claims_) {
    taken_.reset(new (std::nothrow) std::atomic<bool>[2 * n_items_]);
    n_claims_ = taken_ ? n_items_ : 0;
    if (!n_claims_) return SABUN_NO_MEMORY;
  }
  for (int i = 0; i < 2 * n_items_; i++) taken_[i].store(false, std::memory_order_relaxed);
  scores_ = results_.get();
  ends_ = scores_ + n_scores;
  totals_ = ends_ + n_ends;
  partial_ = totals_ + n_totals;
  return SABUN_OK;
}

int Job::useful_threads() const {
  // Waking another thread costs as much as reading some 700 keys of three groups of 64.
  const attention_shape &s = a_.shape;
  const long long n_products = 1LL * a_.batch * s.tk * s.groups * (s.d * (1 + s.last - s.first) + s.dv);
  return decode_ && n_products < 1 << 18 ? 1 : n_items_;
}

template <typename Work>
void Job::share(int pass, int index, int n, Work work) {
  // One's own part first, the same in both passes and in every call: what it wrote is in this core's cache.
  const int own = n_items_ * index / n;
  for (int i = 0; i < n_items_; i++) {
    const int item = (own + i) % n_items_;
    if (!taken_[2 * item + pass].exchange(true, std::memory_order_relaxed)) work(item);
  }
}

void Job::work(int index, int n) {
  float *scratch = thread_scratch(n_scratch_);
  if (!scratch) failed_ = 1;
  if (!scratch) return;
  const attention_shape &s = a_.shape;
  if (decode_) {
    share(0, index, n, [&](int i) {
      kernels_->scores[a_.kv_half](a_, i % s.n_splits, i / s.n_splits, scores_, ends_, scratch);
      if (++n_scored_ == n_items_) kernels_->join(a_, ends_, totals_);  // the last one knows all
    });
    return;
  }
  for (int i; (i = next_++) < n_items_;) {
    // Last rows first: with a causal mask they are the longest.
    const int per_row = s.groups * a_.batch, block = n_items_ / per_row - 1 - i / per_row, rest = i % per_row;
    kernels_->prefill[a_.kv_half](a_, block, rest % s.groups, rest / s.groups, scratch);
  }
}

void Job::values(int index, int n) {
  if (!decode_ || failed_) return;
  float *scratch = thread_scratch(n_scratch_);
  const attention_shape &s = a_.shape;
  share(1, index, n, [&](int i) {
    kernels_->values[a_.kv_half](a_, i % s.n_splits, i / s.n_splits, scores_, ends_, totals_, partial_, scratch);
  });
}

void Job::finish(int index, int n) const {
  const attention_shape &s = a_.shape;
  if (!decode_ || failed_) return;
  for (int i = index; i < s.heads * a_.batch; i += n) kernels_->sum(a_, partial_, i % s.heads, i / s.heads);
}

}  // namespace sabun

extern "C" int sabun_attention_check(const sabun_attention *a, const char **why) {
  const char *what = sabun::complaint(*a);
  if (why) *why = what;
  return what ? SABUN_BAD_SHAPE : SABUN_OK;
}

extern "C" int sabun_attention_run(const sabun_attention *a, int n_threads) {
  static thread_local sabun::Job job;
  const int status = job.prepare(*a);
  if (status != SABUN_OK) return status;
  sabun::Job *shared = &job;  // thread_local, so the others cannot name it
#ifdef _OPENMP
  const int useful = job.useful_threads(), wanted = n_threads < useful ? n_threads : useful;
  // Inside the caller's team its threads are busy with items of their own.
  const int team = omp_in_parallel() || wanted < 1 ? 1 : wanted;
#pragma omp parallel num_threads(team) if (team > 1)
  {
    const int index = omp_get_thread_num(), n = omp_get_num_threads();
    shared->work(index, n);
#pragma omp barrier
    shared->values(index, n);
  }
#else
  (void)n_threads;
  shared->work(0, 1);
  shared->values(0, 1);
#endif
  job.finish(0, 1);
  return job.status();
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
