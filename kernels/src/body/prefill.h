/* Fused attention over many query positions, one pass over K and V for both branches.
 *
 *   out = softmax(s Q1 K1^T + M) V  -  lam softmax(s Q2 K2^T + M) V
 *
 * One work-group owns BM rows of one key/value head. A row is a pair (position, head): row r is
 * position r / group, head r % group, so one tile of K and V serves all heads of the group. Each tile is
 * loaded once, then both branches run on it with the online softmax (running maximum m, running sum l,
 * rescaled accumulators). A row that sees no key has l = 0 and yields zeros.
 *
 * Keys of the second branch never exist outside local memory when they are rebuilt from a latent. */

/* What a work-group works with; lives in registers once everything is inlined. */
typedef struct prefill_work {
  const attention_shape *s;
  GLOBAL const byte_t *map;
  GLOBAL const float *mask32, *rope, *latent_basis, *q1, *q2;
  GLOBAL const half_t *mask16;
  LOCAL float *q, *kt, *e, *zt, *basis, *values, *weights, *red;
  PRIVATE_FLOATS acc;
  float *m, *l;
  int r0, n_rows, g, d, dv, rank, tx, ty;
} prefill_work;

/* Where one tile's keys and values are; means: it holds block means instead of keys. */
typedef struct prefill_tile {
  GLOBAL const KV *k1, *k2, *v;
  I64 k1_stride, k2_stride, v_stride;
  int k0, n_keys, kind, k2_kind, means;
} prefill_tile;

/* Hides keys from the RM rows that start at `first`. */
DEVFN void mask_rows(const prefill_work *w, const prefill_tile *tile, LOCAL float *p, int first) {
  const attention_shape *s = w->s;
  for (int r = 0; r < RM; r++) {
    const int row = w->r0 + (first + r < w->n_rows ? first + r : w->n_rows - 1);
    const int t = row / s->group, h = w->g * s->group + row % s->group;
    const I64 at = h * s->mask_h + t * s->mask_t;
    if (tile->means)
      mask_mean_row(p + r * TILE_KEYS, s, w->map, t, tile->k0, w->tx);
    else
      mask_row(p + r * TILE_KEYS, s, w->map, w->mask32 + (s->mask_half ? 0 : at),
               w->mask16 + (s->mask_half ? at : 0), t, tile->k0, w->tx);
  }
}

#ifdef CHUNK
#include "prefill_chunks.h"
#else
#include "prefill_whole.h"
#endif

DEVFN void write_rows(const prefill_work *w, GLOBAL float *out, GLOBAL const float *lam) {
  const attention_shape *s = w->s;
  const int n_vec = w->dv / (TX * VW), ty = w->ty, tx = w->tx;
  NO_UNROLL for (int b = 0; b < NB; b++) {
    float sum1[RM], sum2[RM];
    UNROLL for (int r = 0; r < RM; r++) {
      sum1[r] = w->l[b * RM + r];
      sum2[r] = w->l[NB * RM + b * RM + r];
    }
    LANES_(w->red, ADD_, sum1)
    LANES_(w->red, ADD_, sum2)
    UNROLL for (int r = 0; r < RM; r++) {
      const int x = (b * TY + ty) * RM + r, row = w->r0 + x;
      if (x >= w->n_rows) continue;
      const int t = row / s->group, h = w->g * s->group + row % s->group;
      const float weight = s->last == 1 ? lam[h * s->lam_h + t * s->lam_t] : 0.0f;
      const float gain = s->rescale ? 1.0f / (1.0f - weight) : 1.0f;
      const float f1 = gain * inverse(sum1[r]), f2 = gain * weight * inverse(sum2[r]);
      GLOBAL float *to = out + h * s->out_h + t * s->out_t;
      UNROLL for (int c = 0; c < n_vec; c++) {
        const int at = (b * RM + r) * n_vec + c;
        GLOBAL float *o = to + (c * TX + tx) * VW;
        vec y = SPLAT(0.0f);
        if (s->subtract) y = GLD(o);
#if FIRST_BRANCH == 0
        if (s->first == 0) y = PLD(w->acc, at) * SPLAT(f1);
#endif
#if LAST_BRANCH == 1
        if (s->last == 1) y = y - PLD(w->acc, NB * RM * n_vec + at) * SPLAT(f2);
#endif
        GST(o, y);
      }
    }
  }
}

/* Everything one work-group does. k2 is z for latent keys; means1, means2 and means_v are block means,
 * [groups][n_blocks][..] per batch, or null. */
DEVFN void run_prefill(prefill_work *w, GLOBAL const KV *k1, GLOBAL const KV *k2, GLOBAL const KV *v,
                       GLOBAL const KV *means1, GLOBAL const KV *means2, GLOBAL const KV *means_v,
                       GLOBAL float *out, GLOBAL const float *lam) {
  const attention_shape *s = w->s;
  const int t_lo = w->r0 / s->group, t_hi = (w->r0 + w->n_rows - 1) / s->group;
  prefill_tile tile;
  tile.k1_stride = s->k_t;
  tile.k2_stride = s->k2_t;
  tile.v_stride = s->v_t;
  tile.k2_kind = K2_KIND;
  tile.means = 0;
  for (tile.k0 = 0; tile.k0 < s->tk; tile.k0 += TILE_KEYS) {
    tile.kind = kind_of_tile(w->map, s, t_lo, t_hi, tile.k0);
    if (tile.kind == SKIP_TILE) continue;
    tile.n_keys = s->tk - tile.k0 < TILE_KEYS ? s->tk - tile.k0 : TILE_KEYS;
    tile.k1 = k1 + tile.k0 * s->k_t;
    tile.k2 = k2 + (K2_KIND == K2_TILED ? (I64)tile.k0 * w->d : tile.k0 * s->k2_t);
    tile.v = v + tile.k0 * s->v_t;
    run_tile(w, &tile);
  }
#ifdef WITH_MEANS
  if (s->has_means) {
    tile.k1_stride = tile.k2_stride = w->d;
    tile.v_stride = w->dv;
    tile.k2_kind = K2_KIND == K2_SHARED ? K2_SHARED : K2_FULL;
    tile.means = 1;
    tile.kind = PART_TILE;
    for (tile.k0 = 0; tile.k0 < s->n_blocks; tile.k0 += TILE_KEYS) {
      if (!any_mean(w->map, s, t_lo, t_hi, tile.k0)) continue;
      tile.n_keys = s->n_blocks - tile.k0 < TILE_KEYS ? s->n_blocks - tile.k0 : TILE_KEYS;
      tile.k1 = means1 + (I64)tile.k0 * w->d;
      tile.k2 = means2 + (I64)tile.k0 * w->d;
      tile.v = means_v + (I64)tile.k0 * w->dv;
      run_tile(w, &tile);
    }
  }
#endif
  write_rows(w, out, lam);
}
