/* Attention for one query position, split over keys; every key and every value is read once, for all
 * query heads of the group and for both branches. Three passes with a global barrier between them:
 *
 *   1. scores:  per split, e = 2^(score - m) and (m, l = sum e) for each branch and head
 *   2. values:  w = e1 2^(m1 - M1) / L1 - lam e2 2^(m2 - M2) / L2, then w V: ONE product with V serves
 *               both branches, because M and L of all splits are known by now
 *   3. sum of the splits, in a fixed order, so that results do not depend on the number of threads
 *
 * scores [batch][groups][2][group][score_stride]; ends [batch][groups][n_splits][2][group][2]. */

DEVFN GLOBAL float *score_row(const attention_shape *s, GLOBAL float *scores, int b, int g, int branch, int h) {
  return scores + ((((I64)b * s->groups + g) * 2 + branch) * s->group + h) * s->score_stride;
}

DEVFN GLOBAL float *split_ends(const attention_shape *s, GLOBAL float *ends, int b, int g, int split, int branch,
                               int h) {
  return ends + (((((I64)b * s->groups + g) * s->n_splits + split) * 2 + branch) * s->group + h) * 2;
}

/* What every tile of a split shares. */
typedef struct decode_work {
  const attention_shape *s;
  GLOBAL const byte_t *map;
  GLOBAL const float *mask32;
  GLOBAL const half_t *mask16;
  LOCAL float *q, *kt, *e, *zt, *basis;
  int g, d, rank, tx, ty;
} decode_work;

/* Hides keys from the scores of one tile. Each work-item masks what it alone wrote, so no barrier. */
DEVFN void mask_tile(const decode_work *w, GLOBAL float *to, int k0) {
  const attention_shape *s = w->s;
  for (int r = 0; r < GROUP; r++) {
    if (r / RM % TY != w->ty) continue;
    const I64 at = (w->g * s->group + r) * s->mask_h;
    mask_memory_row(to + r * (I64)s->score_stride, s, w->map, w->mask32 + (s->mask_half ? 0 : at),
                    w->mask16 + (s->mask_half ? at : 0), 0, k0, w->tx);
  }
}

/* Scores of one row become weights relative to the split's own maximum. One work-item does a row. */
DEVFN void decode_softmax(GLOBAL float *row, int n, GLOBAL float *end) {
  vec top = GLD(row);
  for (int i = VW; i < n; i += VW) top = VMAX(top, GLD(row + i));
  const float high = HMAX(top), ref = high == MINUS_INF ? 0.0f : high;
  vec sum = SPLAT(0.0f);
  for (int i = 0; i < n; i += VW) {
    const vec e = VEXP2(GLD(row + i) - SPLAT(ref));
    sum = sum + e;
    GST(row + i, e);
  }
  end[0] = high;
  end[1] = HSUM(sum);
}

/* Keys of one branch, head dimensions d0.. d0 + n: what is in kt already stays where it can. */
DEVFN void decode_keys(const decode_work *w, GLOBAL const KV *k1, GLOBAL const KV *k2, GLOBAL const float *basis,
                       GLOBAL const float *rope, int branch, int d0, int n, int k0) {
  const attention_shape *s = w->s;
  const int tid = w->ty * TX + w->tx, n_keys = s->tk - k0 < TILE_KEYS ? s->tk - k0 : TILE_KEYS;
  const int own = branch == 1 && K2_KIND == K2_FULL, kept = branch != s->first && n == w->d;
  if (own || (!kept && (branch == 0 || K2_KIND == K2_SHARED || K2_KIND == K2_MIRROR)))
    load_keys(w->kt, (own ? k2 + k0 * s->k2_t : k1 + k0 * s->k_t) + d0, own ? s->k2_t : s->k_t, n_keys, n, tid);
#ifdef WITH_LATENT
#ifdef CHUNK
  BARRIER(); /* never in a branch: PoCL 3.1 then wrote past its work-item memory */
  if (branch == 1) rebuild_chunk(w->kt, k2 + k0 * s->k2_t, s->k2_t, basis + (I64)w->g * w->d * w->rank, rope, s, d0, w->rank, n_keys,
                k0, tid);
#else
  if (branch == 1 && (K2_KIND == K2_PAPER || K2_KIND == K2_MIRROR))
    rebuild_keys(w->kt, w->e, w->zt, w->basis, k2 + k0 * s->k2_t, s->k2_t, rope, s, w->d, w->rank, n_keys, k0, w->tx,
               w->ty);
#endif
#endif
}

/* One tile that is not skipped; `to` points at branch 0's scores, `apart` before branch 1's. */
DEVFN void decode_scores(const decode_work *w, GLOBAL const KV *k1, GLOBAL const KV *k2, GLOBAL const float *basis,
                         GLOBAL const float *rope, GLOBAL float *to, I64 apart, int kind, int k0) {
  const attention_shape *s = w->s;
#ifdef CHUNK
  const int n = CHUNK;
#else
  const int n = w->d;
#endif
  const int next = s->tk - k0 - TILE_KEYS < TILE_KEYS ? s->tk - k0 - TILE_KEYS : TILE_KEYS;
  if (s->first == 0) prefetch_rows(k1 + (k0 + TILE_KEYS) * s->k_t, s->k_t, next, w->d);
  if (s->last == 1 && K2_KIND == K2_FULL) prefetch_rows(k2 + (k0 + TILE_KEYS) * s->k2_t, s->k2_t, next, w->d);
  if (s->last == 1 && K2_KIND == K2_TILED && next > 0)
    prefetch_rows(k2 + (I64)(k0 + TILE_KEYS) * w->d, TILE_KEYS, w->d, TILE_KEYS);
  NO_UNROLL for (int branch = s->first; branch <= s->last; branch++) {
    LOCAL const float *q = w->q + branch * GROUP * w->d;
    GLOBAL float *at = to + branch * apart;
    if (K2_KIND == K2_TILED && branch == 1) {
      scores_of_kept(GROUP, q, w->d, k2 + (I64)k0 * w->d, w->d, at, s->score_stride, 0, w->tx, w->ty);
    } else {
      NO_UNROLL for (int d0 = 0; d0 < w->d; d0 += n) {
        BARRIER();
        decode_keys(w, k1, k2, basis, rope, branch, d0, n, k0);
        BARRIER();
        scores_to_memory(GROUP, q + d0, w->d, w->kt, n, at, s->score_stride, d0 > 0, w->tx, w->ty);
      }
    }
    if (kind == PART_TILE) mask_tile(w, at, k0);
  }
}

/* The query rows of the group, scaled for base-2 exponentials. */
DEVFN void load_heads(const decode_work *w, LOCAL float *to, GLOBAL const float *q, I64 stride) {
  const attention_shape *s = w->s;
  const int per_row = w->d / VW;
  for (int x = w->ty * TX + w->tx; x < GROUP * per_row; x += TX * TY) {
    const int h = x / per_row, i = (x % per_row) * VW;
    LST(to + h * w->d + i, GLD(q + (w->g * s->group + h) * stride + i) * SPLAT(s->scale_log2));
  }
}

/* Pass 1 for one split. */
DEVFN void run_scores(const decode_work *w, GLOBAL const float *q1, GLOBAL const float *q2, GLOBAL const KV *k1,
                      GLOBAL const KV *k2, GLOBAL const float *basis, GLOBAL const float *rope,
                      GLOBAL float *scores, GLOBAL float *ends, int split, int b) {
  const attention_shape *s = w->s;
  const int tid = w->ty * TX + w->tx, g = w->g;
  const int begin = split * s->split_keys, end = begin + s->split_keys < s->tk ? begin + s->split_keys : s->tk;
  if (s->first == 0) load_heads(w, w->q, q1, s->q_h);
  if (s->last == 1) load_heads(w, w->q + GROUP * w->d, q2, s->q2_h);
#if defined(WITH_LATENT) && !defined(CHUNK)
  if (w->rank)
    for (int x = tid; x < w->d * w->rank; x += TX * TY) w->basis[x] = basis[(I64)g * w->d * w->rank + x];
#endif
  for (int k0 = begin; k0 < end; k0 += TILE_KEYS) {
    const int kind = kind_of_tile(w->map, s, 0, 0, k0);
    GLOBAL float *to = score_row(s, scores, b, g, 0, 0) + k0;
    const I64 apart = (I64)s->group * s->score_stride;
    if (kind != SKIP_TILE) {
      decode_scores(w, k1, k2, basis, rope, to, apart, kind, k0);
    } else {
      for (int r = s->first * GROUP + w->ty; r < (s->last + 1) * GROUP; r += TY)
        for (int i = w->tx * VW; i < TILE_KEYS; i += TX * VW)
          GST(to + r * (I64)s->score_stride + i, SPLAT(MINUS_INF));
    }
  }
  BARRIER_GLOBAL();
  const int n = (end - begin + TILE_KEYS - 1) / TILE_KEYS * TILE_KEYS;
  for (int x = tid; x < 2 * GROUP; x += TX * TY) {
    const int branch = x / GROUP, h = x % GROUP;
    if (branch >= s->first && branch <= s->last)
      decode_softmax(score_row(s, scores, b, g, branch, h) + begin, n, split_ends(s, ends, b, g, split, branch, h));
  }
}

/* What the weights of one branch and head must be multiplied by in this split. */
DEVFN float split_factor(const attention_shape *s, GLOBAL float *ends, int b, int g, int split, int branch, int h) {
  float high = MINUS_INF, sum = 0.0f;
  for (int i = 0; i < s->n_splits; i++) high = SMAX(high, split_ends(s, ends, b, g, i, branch, h)[0]);
  if (high == MINUS_INF) return split_ends(s, ends, b, g, split, branch, h)[1]; /* 0, or the NaN that hid */
  for (int i = 0; i < s->n_splits; i++) {
    GLOBAL const float *at = split_ends(s, ends, b, g, i, branch, h);
    sum += at[1] * SEXP2(at[0] - high);
  }
  return SEXP2(split_ends(s, ends, b, g, split, branch, h)[0] - high) / sum;
}

/* acc[r][c] += sum_k w[r][k] v[k][c], values straight from storage; the keys of a tile are shared by TY. */
DEVFN void decode_values(const int rows, const int cols, LOCAL const float *w, GLOBAL const KV *v, I64 stride,
                         int n_keys, PRIVATE_FLOATS acc, int n_vec, int c0, int tx, int ty) {
  vec a[RM * CN];
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int c = 0; c < cols; c++) a[r * CN + c] = PLD(acc, r * n_vec + c0 + c);
  NO_UNROLL for (int k = ty; k < n_keys; k += TY) {
    vec x[CN];
    UNROLL for (int c = 0; c < cols; c++) x[c] = KVVLD(v + k * stride + ((c0 + c) * TX + tx) * VW);
    UNROLL for (int r = 0; r < rows; r++)
      UNROLL for (int c = 0; c < cols; c++) a[r * CN + c] = VFMA(w[r * TILE_KEYS + k], x[c], a[r * CN + c]);
  }
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int c = 0; c < cols; c++) PST(acc, r * n_vec + c0 + c, a[r * CN + c]);
}

DEVFN void decode_value_block(int n_rows, LOCAL const float *w, GLOBAL const KV *v, I64 stride, int n_keys,
                              PRIVATE_FLOATS acc, int n_vec, int tx, int ty) {
#define ROWS_(x, c_, cols) decode_values(x, cols, w + r * TILE_KEYS, v, stride, n_keys, POFFSET(acc, r * n_vec), n_vec, c_, tx, ty)
#define COLS_(x)                                        \
  {                                                     \
    int c = 0;                                          \
    for (; c + CN <= n_vec; c += CN) ROWS_(x, c, CN);   \
    for (; c < n_vec; c++) ROWS_(x, c, 1);              \
  }
  int r = 0;
  for (; r + RM <= n_rows; r += RM) COLS_(RM)
  const int rest = n_rows - r;
  if (rest == 1) COLS_(1)
  if (rest == 2) COLS_(2)
  if (rest == 3) COLS_(3)
  if (rest == 4) COLS_(4)
#if RM > 5
  if (rest == 5) COLS_(5)
#endif
#undef COLS_
#undef ROWS_
}

/* Pass 2 for one split; partial [batch][groups][n_splits][group][dv]. */
DEVFN void run_values(const attention_shape *s, GLOBAL const KV *v, GLOBAL const float *lam,
                      GLOBAL const byte_t *map, GLOBAL float *scores, GLOBAL float *ends, GLOBAL float *partial,
                      LOCAL float *w, LOCAL float *factors, LOCAL float *red, PRIVATE_FLOATS acc, int split, int g,
                      int b, int dv, int tx, int ty) {
  const int tid = ty * TX + tx, n_vec = dv / (TX * VW);
  const int begin = split * s->split_keys, end = begin + s->split_keys < s->tk ? begin + s->split_keys : s->tk;
  for (int h = tid; h < GROUP; h += TX * TY) {
    const float weight = s->last == 1 ? lam[(g * s->group + h) * s->lam_h] : 0.0f;
    const float gain = s->rescale ? 1.0f / (1.0f - weight) : 1.0f;
    factors[h] = s->first == 0 ? gain * split_factor(s, ends, b, g, split, 0, h) : 0.0f;
    factors[GROUP + h] = s->last == 1 ? -gain * weight * split_factor(s, ends, b, g, split, 1, h) : 0.0f;
  }
  for (int i = 0; i < GROUP * n_vec; i++) PST(acc, i, SPLAT(0.0f));
  for (int k0 = begin; k0 < end; k0 += TILE_KEYS) {
    if (kind_of_tile(map, s, 0, 0, k0) == SKIP_TILE) continue;
    BARRIER();
    for (int x = tid; x < GROUP * (TILE_KEYS / VW); x += TX * TY) {
      const int h = x / (TILE_KEYS / VW), i = x % (TILE_KEYS / VW) * VW;
      vec y = SPLAT(0.0f);
      if (s->first == 0) y = GLD(score_row(s, scores, b, g, 0, h) + k0 + i) * SPLAT(factors[h]);
      if (s->last == 1) y = VFMA(factors[GROUP + h], GLD(score_row(s, scores, b, g, 1, h) + k0 + i), y);
      LST(w + h * TILE_KEYS + i, y);
    }
    BARRIER();
    const int n_keys = s->tk - k0 < TILE_KEYS ? s->tk - k0 : TILE_KEYS;
    const int left = s->tk - k0 - TILE_KEYS;
    prefetch_rows(v + (k0 + TILE_KEYS) * s->v_t, s->v_t, left < TILE_KEYS ? left : TILE_KEYS, dv);
    decode_value_block(GROUP, w, v + k0 * s->v_t, s->v_t, n_keys, acc, n_vec, tx, ty);
  }
  GLOBAL float *to = partial + (((I64)b * s->groups + g) * s->n_splits + split) * s->group * dv;
#if TY > 1
  for (int y = 0; y < TY; y++) {
    BARRIER();
    if (ty == y)
      for (int i = 0; i < GROUP * n_vec; i++) {
        LOCAL float *at = red + (i * TX + tx) * VW;
        LST(at, y == 0 ? PLD(acc, i) : LLD(at) + PLD(acc, i));
      }
  }
  BARRIER();
  for (int i = ty; i < GROUP * n_vec; i += TY) GST(to + (i * TX + tx) * VW, LLD(red + (i * TX + tx) * VW));
#else
  for (int i = 0; i < GROUP * n_vec; i++) GST(to + (i * TX + tx) * VW, PLD(acc, i));
#endif
}

/* Pass 3 for one vector of one head. */
DEVFN void run_sum(const attention_shape *s, GLOBAL const float *partial, GLOBAL float *out, int h, int b, int c,
                   int dv) {
  const int g = h / s->group;
  GLOBAL const float *at = partial + (((I64)b * s->groups + g) * s->n_splits * s->group + h % s->group) * dv + c;
  GLOBAL float *to = out + b * s->out_b + h * s->out_h + c;
  vec sum = SPLAT(0.0f);
  if (s->subtract) sum = GLD(to);
  for (int i = 0; i < s->n_splits; i++) sum = sum + GLD(at + (I64)i * s->group * dv);
  GST(to, sum);
}
