// The Python face of the compiled kernels. Shapes are checked in kernels/__init__.py.
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include "masked_softmax.h"

namespace nb = nanobind;

using Scores = nb::ndarray<const float, nb::ndim<2>, nb::c_contig, nb::device::cpu>;
using Output = nb::ndarray<float, nb::ndim<2>, nb::c_contig, nb::device::cpu>;

NB_MODULE(_native, m) {
  m.doc() = "Compiled attention kernels of Sabun.";
  m.def(
      "masked_softmax",
      [](Scores scores, Scores mask, Output out) {
        nb::gil_scoped_release release;
        sabun::masked_softmax(scores.data(), mask.data(), out.data(), scores.shape(0),
                              scores.shape(1));
      },
      nb::arg("scores"), nb::arg("mask"), nb::arg("out"));
  m.def("compiler", [] { return __VERSION__; });
}
