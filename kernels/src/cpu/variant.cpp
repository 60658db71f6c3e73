// The kernel text for one instruction set. CMake compiles this file once per set with SABUN_TABLE,
// SABUN_ISA and VW defined. No header with inline functions of external linkage may be included here: the
// linker could pick the copy with instructions that another CPU lacks.
#include "../body/prelude_host.h"
#include "table.h"

#define RM 6 /* rows in registers; with CN vectors: RM * CN sums, CN keys, 1 broadcast */
#define NB 16
#define BM (RM * NB)
#define FIRST_BRANCH 0
#define LAST_BRANCH 1
#define WITH_LATENT
#define WITH_MEANS
#define GROUP (s->group) /* every function of the text calls the shape s */
#define K2_KIND (s->k2_kind)

#include "../body/tile.h"
#include "../body/visible.h"
#include "../body/instances.h"
#include "../body/softmax.h"

namespace {

namespace single {
#include "../body/load.h"
#include "../body/prefill.h"
#include "../body/decode.h"
#include "../body/decode_rows.h"
#include "entry.h"
#undef KV
#undef KVLD
#undef KVVLD
}  // namespace single

namespace half {
#define KV_HALF
#include "../body/load.h"
#include "../body/prefill.h"
#include "../body/decode.h"
#include "../body/decode_rows.h"
#include "entry.h"
}  // namespace half

long long scratch_floats(const attention_shape &s) {
  return BM * 2LL * (s.d + s.dv) + TILE_KEYS * (2LL * s.d + s.rank + s.dv) + 1LL * s.rank * s.d +
         RM * TILE_KEYS + 4 * BM + 2LL * s.heads * (TILE_KEYS + s.d) + s.groups + 16 * 16;
}

}  // namespace

namespace sabun {

extern const Kernels SABUN_TABLE;
const Kernels SABUN_TABLE = {
    SABUN_ISA,
    BM,
    {single::prefill, half::prefill},
    {single::split_scores, half::split_scores},
    {single::split_values, half::split_values},
    single::join,
    single::sum,
    scratch_floats,
};

}  // namespace sabun
