/* Attention for one query position on a CPU: keys and values are read once, row by row, where they lie.
 *
 * One work item takes one split of the keys, for all heads and both branches. As in decode.h there are three
 * passes with a barrier between them: scores of all keys; values, once for both branches, because maxima and sums
 * are known by then; the sum over the splits. Nothing is transposed: a vector runs along the head dimension,
 * several keys times several heads of sums stay in registers, and the sums of four at a time are reduced together. */

/* Sums of the lanes of four vectors, one each. */
DEVFN vec4 sums_of_4(vec a, vec b, vec c, vec d) {
  const vec u = VEVEN(a, b) + VODD(a, b), v = VEVEN(c, d) + VODD(c, d);
  return LANES_OF_4(VEVEN(u, v) + VODD(u, v));
}

/* Asks for the row that is one tile further on, in small doses: bursts would wait for each other. */
DEVFN void ask_ahead(const KV *row, I64 stride, int n) {
  for (int i = 0; i < n; i += 64 / (int)sizeof(KV)) PREFETCH(row + TILE_KEYS * stride + i);
}

/* to[r][j] = q[r] . k[j] for a literal number of rows and keys; rows x keys is a multiple of four. Keys past the
 * last valid one repeat it. */
DEVFN void dot_rows(const int rows, const int keys, const float *q, int d, const KV *k, I64 stride, int n_valid,
                    float *to, I64 to_stride) {
  const KV *row[8];
  vec sum[RM * CN];
  UNROLL for (int j = 0; j < keys; j++) {
    row[j] = k + (j < n_valid ? j : n_valid - 1) * stride;
    ask_ahead(row[j], stride, d);
  }
  UNROLL for (int n = 0; n < rows * keys; n++) sum[n] = SPLAT(0.0f);
  NO_UNROLL for (int i = 0; i < d; i += VW)
    UNROLL for (int j = 0; j < keys; j++) {
      const vec x = KVVLD(row[j] + i);
      UNROLL for (int r = 0; r < rows; r++) sum[r * keys + j] += x * LLD(q + r * d + i);
    }
  UNROLL for (int n = 0; n < rows * keys; n += 4) {
    const vec4 four = sums_of_4(sum[n], sum[n + 1], sum[n + 2], sum[n + 3]);
    if (keys >= 4) {
      *(vec4 *)(to + n / keys * to_stride + n % keys) = four;
    } else {
      float *first = to + n / 2 * to_stride;
      first[0] = four[0], first[1] = four[1];
      first[to_stride] = four[2], first[to_stride + 1] = four[3];
    }
  }
}

/* to[r][key] for n_rows query rows and a few keys. */
DEVFN void dot_tile(int n_rows, const float *q, int d, const KV *k, I64 stride, int n_keys, float *to, I64 to_stride) {
#define BLOCK_(rows, keys)                                                                     \
  {                                                                                            \
    NO_UNROLL for (int j = 0; j < n_keys; j += keys)                                           \
      dot_rows(rows, keys, q + r * d, d, k + j * stride, stride, n_keys - j, to + r * to_stride + j, to_stride); \
    r += rows;                                                                                 \
  }
  for (int r = 0; r < n_rows;) {
    const int rest = n_rows - r;
    if (rest >= 6) BLOCK_(6, CN)
    else if (rest >= 4) BLOCK_(4, CN)
    else if (rest == 3) BLOCK_(3, 2 * CN)
    else if (rest == 2) BLOCK_(2, 2 * CN)
    else BLOCK_(1, 8)
  }
#undef BLOCK_
}

/* acc[r] += w[r] . v for a literal number of rows and of vectors of columns. */
DEVFN void add_value_rows(const int rows, const int cols, const float *w, const KV *v, I64 stride, int n_keys,
                          float *acc, int dv, int ahead) {
  vec a[RM * CN];
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int c = 0; c < cols; c++) a[r * cols + c] = LLD(acc + r * dv + c * VW);
  /* The smaller of the two operands stays in registers: there are none to spare. */
  NO_UNROLL for (int k = 0; k < n_keys; k++) {
    vec y[RM];
    ask_ahead(v + k * stride, stride, ahead);
    if (rows < cols) {
      UNROLL for (int r = 0; r < rows; r++) y[r] = SPLAT(w[r * TILE_KEYS + k]);
      UNROLL for (int c = 0; c < cols; c++) {
        const vec x = KVVLD(v + k * stride + c * VW);
        UNROLL for (int r = 0; r < rows; r++) a[r * cols + c] += y[r] * x;
      }
    } else {
      UNROLL for (int c = 0; c < cols; c++) y[c] = KVVLD(v + k * stride + c * VW);
      UNROLL for (int r = 0; r < rows; r++)
        UNROLL for (int c = 0; c < cols; c++) a[r * cols + c] = VFMA(w[r * TILE_KEYS + k], y[c], a[r * cols + c]);
    }
  }
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int c = 0; c < cols; c++) LST(acc + r * dv + c * VW, a[r * cols + c]);
}

DEVFN void add_values(int n_rows, const float *w, const KV *v, I64 stride, int n_keys, float *acc, int dv) {
#define COLS_(rows, cols) \
  for (; c + cols <= n_vec; c += cols) \
    add_value_rows(rows, cols, w + r * TILE_KEYS, v + c * VW, stride, n_keys, acc + r * dv + c * VW, dv, r + c ? 0 : dv);
#define BLOCK_(rows, cols) \
  {                        \
    int c = 0;             \
    COLS_(rows, cols)      \
    COLS_(rows, CN)        \
    COLS_(rows, 1)         \
    r += rows;             \
  }
  const int n_vec = dv / VW;
  for (int r = 0; r < n_rows;) {
    const int rest = n_rows - r;
    if (rest >= 6) BLOCK_(6, CN)
    else if (rest >= 4) BLOCK_(4, CN)
    else if (rest == 3) BLOCK_(3, 2 * CN)
    else if (rest == 2) BLOCK_(2, 2 * CN)
    else BLOCK_(1, 2 * CN)
  }
#undef BLOCK_
#undef COLS_
}

/* What one split works with. */
typedef struct split_work {
  const attention_shape *s;
  decode_work latent; /* how rebuilt keys are made; its q, kt, e, zt, basis are scratch */
  const KV *k1, *k2, *v;
  const float *basis, *rope;
  const byte_t *map;
  float *q, *p;         /* [2][heads][d] scaled queries; [group][TILE_KEYS] weights of a tile */
  float *scores, *ends; /* of this batch entry; see score_row and split_ends */
  int *kinds;           /* [groups], of the tile in hand */
  int split, begin, end;
} split_work;

DEVFN const byte_t *map_of_group(const split_work *w, int g) { return w->map ? w->map + g * w->s->map_g : w->map; }

DEVFN void kinds_of_tile(split_work *w, int k0) {
  for (int g = 0; g < w->s->groups; g++) w->kinds[g] = kind_of_tile(map_of_group(w, g), w->s, 0, 0, k0);
}

/* Scores of one branch and key head whose keys are no rows in memory, for the tile at k0. */
DEVFN void scores_without_rows(split_work *w, int g, int k0, int n_keys) {
  const attention_shape *s = w->s;
  const float *q = w->q + ((I64)s->heads + g * s->group) * s->d;
  float *to = score_row(s, w->scores, 0, g, 1, 0) + k0;
  if (K2_KIND == K2_TILED) {
    scores_of_kept(s->group, q, s->d, w->k2 + g * s->k2_g + (I64)k0 * s->d, s->d, to, s->score_stride, 0, 0, 0);
    return;
  }
  decode_work *latent = &w->latent;
  for (int x = 0; x < s->d * s->rank; x++) latent->basis[x] = w->basis[(I64)g * s->d * s->rank + x];
  if (K2_KIND == K2_MIRROR) load_keys(latent->kt, w->k1 + g * s->k_g + k0 * s->k_t, s->k_t, n_keys, s->d, 0);
  rebuild_keys(latent->kt, latent->e, latent->zt, latent->basis, w->k2 + k0 * s->k2_t, s->k2_t, w->rope, s, s->d,
               s->rank, n_keys, k0, 0, 0);
  scores_of_tile(s->group, q, s->d, latent->kt, s->d, to, s->score_stride, 0, 0, 0);
}

/* Scores of one branch for the tile at k0, a few keys at a time for all heads: the cache is read in the order in
 * which it lies in memory. */
DEVFN void scores_of_branch(split_work *w, int branch, int k0, int n_keys) {
  const attention_shape *s = w->s;
  const int own = branch == 1 && K2_KIND != K2_SHARED, few = 8;
  if (own && K2_KIND != K2_FULL) {
    for (int g = 0; g < s->groups; g++)
      if (w->kinds[g] != SKIP_TILE) scores_without_rows(w, g, k0, n_keys);
    return;
  }
  const KV *k = own ? w->k2 : w->k1;
  const I64 k_g = own ? s->k2_g : s->k_g, k_t = own ? s->k2_t : s->k_t;
  for (int j = 0; j < n_keys; j += few)
    for (int g = 0; g < s->groups; g++)
      if (w->kinds[g] != SKIP_TILE)
        dot_tile(s->group, w->q + ((I64)branch * s->heads + g * s->group) * s->d, s->d, k + g * k_g + (k0 + j) * k_t,
                 k_t, n_keys - j < few ? n_keys - j : few, score_row(s, w->scores, 0, g, branch, 0) + k0 + j,
                 s->score_stride);
}

/* Hides keys of one key head's scores for the tile at k0. */
DEVFN void mask_scores(split_work *w, int g, const float *mask32, const half_t *mask16, int k0) {
  const attention_shape *s = w->s;
  for (int branch = s->first; branch <= s->last; branch++)
    for (int h = 0; h < s->group; h++) {
      float *row = score_row(s, w->scores, 0, g, branch, h) + k0;
      const I64 at = (g * s->group + h) * s->mask_h;
      if (w->kinds[g] == SKIP_TILE)
        for (int i = 0; i < TILE_KEYS; i += VW) GST(row + i, SPLAT(MINUS_INF));
      else if (w->kinds[g] == PART_TILE)
        mask_memory_row(row, s, map_of_group(w, g), mask32 + (s->mask_half ? 0 : at), mask16 + (s->mask_half ? at : 0), 0,
                        k0, 0);
    }
}

/* Pass 1: scores of the split become weights relative to the split's own maximum. */
DEVFN void run_split_scores(split_work *w, const float *q1, const float *q2, const float *mask32,
                            const half_t *mask16) {
  const attention_shape *s = w->s;
  for (int branch = s->first; branch <= s->last; branch++)
    for (int h = 0; h < s->heads; h++)
      for (int i = 0; i < s->d; i += VW)
        LST(w->q + ((I64)branch * s->heads + h) * s->d + i,
            GLD((branch ? q2 + h * s->q2_h : q1 + h * s->q_h) + i) * SPLAT(s->scale_log2));
  for (int k0 = w->begin; k0 < w->end; k0 += TILE_KEYS) {
    const int n_keys = s->tk - k0 < TILE_KEYS ? s->tk - k0 : TILE_KEYS;
    kinds_of_tile(w, k0);
    for (int branch = s->first; branch <= s->last; branch++) scores_of_branch(w, branch, k0, n_keys);
    for (int g = 0; g < s->groups; g++)
      if (w->kinds[g] != WHOLE_TILE) mask_scores(w, g, mask32, mask16, k0);
  }
  const int n = (w->end - w->begin + TILE_KEYS - 1) / TILE_KEYS * TILE_KEYS;
  for (int g = 0; g < s->groups; g++)
    for (int x = s->first * s->group; x < (s->last + 1) * s->group; x++) {
      const int branch = x / s->group, h = x % s->group;
      decode_softmax(score_row(s, w->scores, 0, g, branch, h) + w->begin, n,
                     split_ends(s, w->ends, 0, g, w->split, branch, h));
    }
}

/* Between passes 1 and 2: totals[branch][h] = {M, 1 / L} over all splits. */
DEVFN void join_ends(const attention_shape *s, float *ends, float *totals) {
  for (int branch = s->first; branch <= s->last; branch++)
    for (int h = 0; h < s->heads; h++) {
      const int g = h / s->group, x = h % s->group;
      float high = MINUS_INF, sum = 0.0f;
      for (int i = 0; i < s->n_splits; i++) high = SMAX(high, split_ends(s, ends, 0, g, i, branch, x)[0]);
      for (int i = 0; i < s->n_splits; i++) {
        const float *end = split_ends(s, ends, 0, g, i, branch, x);
        sum += high == MINUS_INF ? end[1] : end[1] * SEXP2(end[0] - high); /* 0, or the NaN that hid */
      }
      float *to = totals + 2 * (branch * s->heads + h);
      to[0] = high == MINUS_INF ? 0.0f : high;
      to[1] = inverse(sum);
    }
}

/* What the weights of one branch and head must be multiplied by in this split. */
DEVFN float factor_of(const split_work *w, const float *totals, int branch, int h) {
  const attention_shape *s = w->s;
  const float *total = totals + 2 * (branch * s->heads + h);
  const float high = split_ends(s, w->ends, 0, h / s->group, w->split, branch, h % s->group)[0];
  return high == MINUS_INF && total[1] == total[1] ? 0.0f : total[1] * SEXP2(high - total[0]);
}

/* Pass 2: one product with the values serves both branches; acc [groups][n_splits][group][dv]. */
DEVFN void run_split_values(split_work *w, const float *lam, const float *totals, float *acc) {
  const attention_shape *s = w->s;
  float *first = w->q, *second = w->q + s->heads; /* the queries are done with */
  for (int h = 0; h < s->heads; h++) {
    const float weight = s->last == 1 ? lam[h * s->lam_h] : 0.0f, gain = s->rescale ? 1.0f / (1.0f - weight) : 1.0f;
    if (s->first == 0) first[h] = gain * factor_of(w, totals, 0, h);
    if (s->last == 1) second[h] = -gain * weight * factor_of(w, totals, 1, h);
    float *to = acc + ((I64)(h / s->group) * s->n_splits * s->group + h % s->group) * s->dv;
    for (int i = 0; i < s->dv; i += VW) LST(to + i, SPLAT(0.0f));
  }
  for (int k0 = w->begin; k0 < w->end; k0 += TILE_KEYS) {
    const int n_keys = s->tk - k0 < TILE_KEYS ? s->tk - k0 : TILE_KEYS;
    kinds_of_tile(w, k0);
    for (int g = 0; g < s->groups; g++) {
      if (w->kinds[g] == SKIP_TILE) continue;
      for (int r = 0; r < s->group; r++) {
        const float *e1 = score_row(s, w->scores, 0, g, 0, r) + k0, *e2 = score_row(s, w->scores, 0, g, 1, r) + k0;
        const int h = g * s->group + r;
        for (int i = 0; i < TILE_KEYS; i += VW) {
          vec y = SPLAT(0.0f);
          if (s->first == 0) y = GLD(e1 + i) * SPLAT(first[h]);
          if (s->last == 1) y = VFMA(second[h], GLD(e2 + i), y);
          LST(w->p + r * TILE_KEYS + i, y);
        }
      }
      add_values(s->group, w->p, w->v + g * s->v_g + k0 * s->v_t, s->v_t, n_keys,
                 acc + (I64)g * s->n_splits * s->group * s->dv, s->dv);
    }
  }
}
