#include "variants.h"

#include <stdexcept>
#include <string>

namespace sabun::llama {
namespace {

constexpr VariantTraits table[] = {
    {.name = "own"},
    {.name = "baseline", .ours = true},
    // DiffLoRA as published: the second branch is low rank only.
    {.name = "paper", .ours = true, .has_second = true, .needs_input = true, .own_keys = true},
    // DiffLoRA, second branch = first branch + low rank.
    {.name = "mirror",
     .ours = true,
     .has_second = true,
     .needs_input = true,
     .own_keys = true,
     .adds_first = true},
    // Differential V2: queries of its own, the first branch's keys.
    {.name = "shared", .ours = true, .has_second = true, .needs_input = true, .adds_first = true},
    {.name = "selective", .ours = true, .scales_queries = true},
    // The model's own map, smoothed; no adapter.
    {.name = "contrast",
     .ours = true,
     .has_second = true,
     .adds_first = true,
     .flattens = true,
     .rescales = true},
};

}  // namespace

std::span<const VariantTraits> variants() { return table; }

const VariantTraits &variant_named(std::string_view name) {
  std::string known;
  for (const VariantTraits &variant : table) {
    if (name == variant.name) return variant;
    known += (known.empty() ? "" : ", ") + std::string(variant.name);
  }
  throw std::invalid_argument("there is no variant \"" + std::string(name) + "\"; there are: " + known);
}

}  // namespace sabun::llama
