#pragma once

#include <nanobind/nanobind.h>

namespace sabun::llama {

void bind(nanobind::module_ &m);

}  // namespace sabun::llama
