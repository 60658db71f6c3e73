/* Head dimensions taken CHUNK at a time, one row block per work-item: for GPUs, whose local memory holds no
 * whole tile of 128 or 256 dimensions. The sums stay in registers, the weights of the tile in local memory. */

/* CHUNK dimensions of the query rows, scaled for base-2 exponentials; rows past the end are zero. */
DEVFN void load_query_chunk(const prefill_work *w, int branch, int d0) {
  const attention_shape *s = w->s;
  GLOBAL const float *q = branch ? w->q2 : w->q1;
  const I64 stride_h = branch ? s->q2_h : s->q_h, stride_t = branch ? s->q2_t : s->q_t;
  for (int x = w->ty * TX + w->tx; x < BM * (CHUNK / VW); x += TX * TY) {
    const int r = x / (CHUNK / VW), i = (x % (CHUNK / VW)) * VW, row = w->r0 + r;
    vec v = SPLAT(0.0f);
    if (r < w->n_rows)
      v = GLD(q + (w->g * s->group + row % s->group) * stride_h + row / s->group * stride_t + d0 + i) *
          SPLAT(s->scale_log2);
    LST(w->q + r * CHUNK + i, v);
  }
}

/* Dimensions d0.. of the keys of one branch. */
DEVFN void load_key_chunk(const prefill_work *w, const prefill_tile *tile, int branch, int d0) {
  const int tid = w->ty * TX + w->tx, kind = tile->k2_kind, second = branch == 1;
  const int own = second && kind == K2_FULL;
  if (second && kind == K2_TILED)
    load_tiled_keys(w->kt, tile->k2 + (I64)d0 * TILE_KEYS, CHUNK, tid);
  else if (!(second && kind == K2_PAPER))
    load_keys(w->kt, (own ? tile->k2 : tile->k1) + d0, own ? tile->k2_stride : tile->k1_stride, tile->n_keys, CHUNK,
              tid);
#ifdef WITH_LATENT
  BARRIER(); /* never in a branch: PoCL 3.1 then wrote past its work-item memory */
  if (second && (kind == K2_PAPER || kind == K2_MIRROR))
    rebuild_chunk(w->kt, tile->k2, tile->k2_stride, w->latent_basis, w->rope, w->s, d0, w->rank, tile->n_keys,
                  tile->k0, tid);
#endif
}

DEVFN void run_tile(const prefill_work *w, const prefill_tile *tile) {
  const attention_shape *s = w->s;
  const int n_vec = w->dv / (TX * VW), tid = w->ty * TX + w->tx;
  LOCAL float *p = w->weights + w->ty * RM * TILE_KEYS;
  UNROLL for (int branch = FIRST_BRANCH; branch <= LAST_BRANCH; branch++) { /* unrolled: sums stay in registers */
    NO_UNROLL for (int d0 = 0; d0 < w->d; d0 += CHUNK) {
      BARRIER();
      load_query_chunk(w, branch, d0);
      load_key_chunk(w, tile, branch, d0);
      BARRIER();
      scores_of_rows(RM, w->q + w->ty * RM * CHUNK, CHUNK, w->kt, CHUNK, p, TILE_KEYS, d0 > 0, w->tx);
    }
    if (tile->kind == PART_TILE) mask_rows(w, tile, p, w->ty * RM);
    float keep[RM];
    softmax_rows(p, w->red, w->m + branch * RM, w->l + branch * RM, keep, w->tx, w->ty);
    UNROLL for (int c0 = 0; c0 < w->dv; c0 += CHUNK) {
      BARRIER();
      load_values(w->values, tile->v + c0, tile->v_stride, tile->n_keys, CHUNK, tid);
      BARRIER();
      value_block(p, w->values, CHUNK, tile->n_keys, POFFSET(w->acc, branch * RM * n_vec + c0 / (TX * VW)), n_vec,
                  CHUNK / (TX * VW), keep, w->tx);
    }
  }
}
