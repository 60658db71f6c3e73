/* Tiles at their full head dimension, many row blocks per work-item: for CPUs, with large caches. */

/* The query rows of this work-group, scaled for base-2 exponentials; rows past the end are zero. */
DEVFN void load_queries(LOCAL float *rows, GLOBAL const float *q, I64 stride_h, I64 stride_t,
                        const prefill_work *w) {
  const int per_row = w->d / VW, group = w->s->group;
  for (int x = w->ty * TX + w->tx; x < BM * per_row; x += TX * TY) {
    const int r = x / per_row, i = (x % per_row) * VW, row = w->r0 + r;
    vec v = SPLAT(0.0f);
    if (r < w->n_rows)
      v = GLD(q + (w->g * group + row % group) * stride_h + row / group * stride_t + i) *
          SPLAT(w->s->scale_log2);
    LST(rows + r * w->d + i, v);
  }
}

/* One branch of one tile for every row block of this work-item. */
DEVFN void branch_of_tile(const prefill_work *w, const prefill_tile *tile, int branch) {
  const int n_vec = w->dv / (TX * VW);
  LOCAL const float *q = w->q + branch * BM * w->d;
  LOCAL float *p = w->weights + w->ty * RM * TILE_KEYS;
  PRIVATE_FLOATS acc = POFFSET(w->acc, branch * NB * RM * n_vec);
  float *m = w->m + branch * NB * RM, *l = w->l + branch * NB * RM;
  NO_UNROLL for (int b = 0; b < NB; b++) {
    const int first = (b * TY + w->ty) * RM;
#if TX * TY == 1
    if (first >= w->n_rows) break;
#endif
    scores_of_rows(RM, q + first * w->d, w->d, w->kt, w->d, p, TILE_KEYS, 0, w->tx);
    if (tile->kind == PART_TILE) mask_rows(w, tile, p, first);
    float keep[RM];
    softmax_rows(p, w->red, m + b * RM, l + b * RM, keep, w->tx, w->ty);
    BARRIER();
    value_block(p, w->values, w->dv, tile->n_keys, POFFSET(acc, b * RM * n_vec), n_vec, n_vec, keep, w->tx);
    BARRIER();
  }
}

/* Values once, then keys and scores per branch. One copy of the code serves both branches: drivers compile
 * this on the user's machine. */
DEVFN void run_tile(const prefill_work *w, const prefill_tile *tile) {
  const attention_shape *s = w->s;
  const int tid = w->ty * TX + w->tx, kind = tile->k2_kind;
  BARRIER();
  load_values(w->values, tile->v, tile->v_stride, tile->n_keys, w->dv, tid);
  NO_UNROLL for (int branch = s->first; branch <= s->last; branch++) {
    const int own = branch == 1 && kind == K2_FULL;
    if (branch == s->first || own)
      if (own || branch == 0 || kind == K2_SHARED || kind == K2_MIRROR)
        load_keys(w->kt, own ? tile->k2 : tile->k1, own ? tile->k2_stride : tile->k1_stride, tile->n_keys, w->d,
                  tid);
    if (branch == 1 && kind == K2_TILED) load_tiled_keys(w->kt, tile->k2, w->d, tid);
#ifdef WITH_LATENT
    if (branch == 1 && (kind == K2_PAPER || kind == K2_MIRROR))
      rebuild_keys(w->kt, w->e, w->zt, w->basis, tile->k2, tile->k2_stride, w->rope, s, w->d, w->rank,
                   tile->n_keys, tile->k0, w->tx, w->ty);
#endif
    BARRIER();
    branch_of_tile(w, tile, branch);
  }
}
