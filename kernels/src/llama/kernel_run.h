// Runs attention calls with all threads of a team: on the CPU kernel, or where a runner was set on that.
#pragma once

#include "../attention.h"
#include "../cpu/job.h"
#include "evaluation.h"
#include "team.h"

namespace sabun::llama {

// Runs a call on another backend than the CPU kernel; returns SABUN_OK, or a code of attention.h.
using Runner = int (*)(const sabun_attention *, void *);

// Whether second keys are rebuilt from a latent.
bool has_latent_keys(const attention_shape &shape);

class KernelRun {
 public:
  explicit KernelRun(Evaluation &evaluation) : evaluation_(evaluation) {}

  void set_runner(Runner runner, void *data) { runner_ = runner, data_ = data; }
  bool elsewhere() const { return runner_ != nullptr; }

  // By all threads of the team, which come back together.
  void run(const sabun_attention &a, const Team &team);

  // The common case in one go, without a runner and in one stream: one thread makes the job ready, all do it (the
  // team must meet before and after), one looks at what came of it.
  bool can_prepare(const sabun_attention &a) const;
  void prepare(const sabun_attention &a) { check(job_.prepare(a)); }
  void run_prepared(const Team &team);
  void check_prepared() { check(job_.status()); }

 private:
  void check(int status);

  Evaluation &evaluation_;
  Runner runner_ = nullptr;
  void *data_ = nullptr;
  Job job_;
};

}  // namespace sabun::llama
