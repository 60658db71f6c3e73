#include "hook.h"

namespace sabun::llama {

Hook::Hook(const GgmlApi &api, int n_layers)
    : observation_(n_layers),
      watch_(api, n_layers, &attend_, evaluation_),
      attend_(api, n_layers, watch_.step(), evaluation_, observation_) {}

bool Hook::callback(ggml_tensor *t, bool ask, void *hook) {
  Hook &self = *static_cast<Hook *>(hook);
  if (ask) return self.announced(t);
  if (Site *site = self.watch_.taken_over(t)) self.attend_.run_at_stop(*site);
  return true;
}

void Hook::configure(const Settings &settings) {
  restore();
  attend_.configure(settings);
}

// Follows the graph as it is announced; true where llama.cpp must stop after the node.
bool Hook::announced(ggml_tensor *t) {
  if (!attend_.settings().variant.ours) return false;
  Site *site = watch_.follow(t);
  if (!site || !watch_.supports(*site, t, attend_.needs(site->layer))) return false;
  const bool stop = attend_.needs_stop() || !watch_.in_host_memory(t);
  site->take_over(t, stop ? nullptr : &Attend::run_inline);
  return stop;
}

}  // namespace sabun::llama
