// The variants of attention that the hook runs, and what each is made of. They are known by name; nothing else
// in the hook compares one: it asks for a trait.
#pragma once

#include <span>
#include <string_view>

namespace sabun::llama {

// Every trait is off by default. Those after has_second say what the second branch is made of.
struct VariantTraits {
  const char *name = "";
  bool ours = false;            // our kernel computes; else llama.cpp does, and the hook touches nothing
  bool has_second = false;      // lambda times a second map is subtracted, in layers that have a lambda
  bool needs_input = false;     // its queries have a low-rank part, made of the layer's input
  bool own_keys = false;        // its keys, too, kept beside llama.cpp's; else they are the first branch's
  bool adds_first = false;      // to the low-rank part of queries and of own keys come the first branch's
  bool flattens = false;        // its queries are divided by Settings::temperature
  bool rescales = false;        // the difference is always divided by 1 - lambda
  bool scales_queries = false;  // queries and values are multiplied by temperatures that the adapter gives
};

// All there are, in the order in which they are listed to people.
std::span<const VariantTraits> variants();

// The one of that name. Throws std::invalid_argument, which names those there are.
const VariantTraits &variant_named(std::string_view name);

}  // namespace sabun::llama
