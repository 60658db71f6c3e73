#include "attend.h"

#include <chrono>

#ifdef _OPENMP
#include <omp.h>
#endif

namespace sabun::llama {

Attend::Attend(const GgmlApi &api, int n_layers, Step &step, Evaluation &evaluation, Observation &observation)
    : layers_(n_layers),
      evaluation_(evaluation),
      observation_(observation),
      reader_(api, step, settings_),
      kernels_(evaluation),
      second_(n_layers, settings_, evaluation),
      temperatures_(evaluation),
      reading_(n_layers, settings_, kernels_) {}

void Attend::configure(const Settings &settings) {
  settings_ = settings;
  second_.reset();
  reading_.reset();
  seconds_ = 0;
}

void Attend::set_layer(int index, Layer layer) {
  layers_.at(index) = std::move(layer);
  second_.reset(index);
}

bool Attend::has_second(int layer) const { return settings_.variant.has_second && layers_[layer].has_lambda(); }

Needs Attend::needs(int layer) const {
  const bool input = has_second(layer) && settings_.variant.needs_input;
  return {.input = input, .positions = input || settings_.variant.scales_queries};
}

void Attend::run_inline(ggml_tensor *, int index, int n, void *site) {
  Site &own = *static_cast<Site *>(site);
  Attend &self = *static_cast<Attend *>(own.owner);
  self.attend(own, Team{index, n, &self.barrier_});
}

void Attend::run_at_stop(Site &site) {
  const int wanted = kernels_.elsewhere() ? 1 : settings_.n_threads;
#ifdef _OPENMP
#pragma omp parallel num_threads(wanted)
  attend(site, Team{omp_get_thread_num(), omp_get_num_threads(), &barrier_});
#else
  (void)wanted;
  attend(site, Team{0, 1, &barrier_});
#endif
}

// Runs on every thread of the team, like everything it calls but set_up and finish.
void Attend::attend(Site &site, const Team &team) {
  const auto started = std::chrono::steady_clock::now();
  if (team.first() && !evaluation_.skipped()) set_up(site);
  team.sync();  // from here on every thread has read what the node pretends to be
  if (evaluation_.skipped()) {
    if (team.first()) site.put_back();
    return;
  }
  prepare(team);
  compute(team);
  if (!stop_.inlined) team.sync();  // what the other threads wrote is copied back; inlined, llama.cpp waits itself
  if (!team.first()) return;
  finish(site);
  seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

void Attend::set_up(Site &site) {
  stop_ = Stop{};
  Stop &s = stop_;
  reader_.read(s, site);
  const Needs needed = needs(site.layer);
  s.second = has_second(site.layer);
  if (needed.positions) reader_.read_positions(s, site);
  if (needed.input) reader_.read_input(s, site);
  if (s.second) second_.set_up(s, layers_[site.layer]);
  if (settings_.variant.scales_queries) temperatures_.set_up(s);
  if (evaluation_.skipped()) return;
  s.sparse = reading_.applies(s);
  // The common case needs no more than this one call; it reads what the threads prepare only when it runs.
  s.prepared = !s.sparse && !observation_.active() && kernels_.can_prepare(s.call);
  if (s.prepared) kernels_.prepare(s.call);
}

void Attend::prepare(const Team &team) {
  const Layer &layer = layers_[stop_.layer];
  if (stop_.second) second_.prepare(stop_, layer, team);
  if (settings_.variant.scales_queries) temperatures_.prepare(stop_, layer, team);
  if (stop_.second || settings_.variant.scales_queries) team.sync();
}

void Attend::compute(const Team &team) {
  if (stop_.prepared) return kernels_.run_prepared(team);
  if (observation_.active()) observation_.measure(stop_, kernels_, team);
  if (stop_.sparse)
    reading_.attend(stop_, team);
  else
    kernels_.run(stop_.call, team);
}

void Attend::finish(Site &site) {
  if (stop_.prepared) kernels_.check_prepared();
  if (settings_.variant.scales_queries) reader_.write_values(site);
  reader_.write_result(site);
  site.put_back();
  reading_.layer_done(stop_);
  evaluation_.layer_done();
}

}  // namespace sabun::llama
