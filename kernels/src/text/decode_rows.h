/* Attention for one query position on a CPU: keys and values are read once, row by row, where they lie.
 *
 * One work item takes one split of the keys, for all heads and both branches, tile by tile: scores of the
 * tile, online softmax, tile of values. Splits end as running maximum m, sum l and unnormalised sums per branch
 * and head; merge_splits joins them. Nothing is transposed: a vector runs along the head dimension, several keys
 * times several heads of sums stay in registers, and the sums of four at a time are reduced together. */

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
                    float *to) {
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
      *(vec4 *)(to + n / keys * TILE_KEYS + n % keys) = four;
    } else {
      float *first = to + n / 2 * TILE_KEYS;
      first[0] = four[0], first[1] = four[1];
      first[TILE_KEYS] = four[2], first[TILE_KEYS + 1] = four[3];
    }
  }
}

/* p[r][key] for n_rows query rows and a tile of keys. */
DEVFN void dot_tile(int n_rows, const float *q, int d, const KV *k, I64 stride, int n_keys, float *p) {
#define BLOCK_(rows, keys)                                                                     \
  {                                                                                            \
    NO_UNROLL for (int j = 0; j < n_keys; j += keys)                                           \
      dot_rows(rows, keys, q + r * d, d, k + j * stride, stride, n_keys - j, p + r * TILE_KEYS + j); \
    r += rows;                                                                                 \
  }
  for (int r = 0; r < n_rows;) {
    const int rest = n_rows - r;
    if (rest >= 6) BLOCK_(6, 2)
    else if (rest >= 4) BLOCK_(4, 2)
    else if (rest == 3) BLOCK_(3, 4)
    else if (rest == 2) BLOCK_(2, 4)
    else BLOCK_(1, 8)
  }
#undef BLOCK_
}

/* Scores become weights relative to the running maximum; sums so far are rescaled where it rose. */
DEVFN void online_softmax(float *p, float *m, float *l, float *acc, int dv) {
  vec top = LLD(p);
  UNROLL for (int i = VW; i < TILE_KEYS; i += VW) top = VMAX(top, LLD(p + i));
  const float high = SMAX(*m, HMAX(top)), ref = high == MINUS_INF ? 0.0f : high;
  if (high > *m) {
    const float keep = SEXP2(*m - ref);
    *l *= keep;
    for (int i = 0; i < dv; i += VW) LST(acc + i, LLD(acc + i) * SPLAT(keep));
    *m = high;
  }
  vec sum = SPLAT(0.0f);
  UNROLL for (int i = 0; i < TILE_KEYS; i += VW) {
    const vec e = VEXP2(LLD(p + i) - SPLAT(ref));
    sum = sum + e;
    LST(p + i, e);
  }
  *l += HSUM(sum);
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
  float *q, *p; /* [2][heads][d] scaled queries; [groups][2][group][TILE_KEYS] scores */
  int *kinds;   /* [groups], of the tile in hand */
} split_work;

/* Scores of one branch and key head whose keys are no rows in memory, for the tile at k0. */
DEVFN void scores_without_rows(split_work *w, int g, int k0, int n_keys) {
  const attention_shape *s = w->s;
  const float *q = w->q + ((I64)s->heads + g * s->group) * s->d;
  float *p = w->p + (2 * g + 1) * s->group * TILE_KEYS;
  if (K2_KIND == K2_TILED) {
    scores_of_kept(s->group, q, s->d, w->k2 + g * s->k2_g + (I64)k0 * s->d, s->d, p, TILE_KEYS, 0, 0, 0);
    return;
  }
  decode_work *latent = &w->latent;
  for (int x = 0; x < s->d * s->rank; x++) latent->basis[x] = w->basis[(I64)g * s->d * s->rank + x];
  if (K2_KIND == K2_MIRROR) load_keys(latent->kt, w->k1 + g * s->k_g + k0 * s->k_t, s->k_t, n_keys, s->d, 0);
  rebuild_keys(latent->kt, latent->e, latent->zt, latent->basis, w->k2 + k0 * s->k2_t, s->k2_t, w->rope, s, s->d,
               s->rank, n_keys, k0, 0, 0);
  scores_of_tile(s->group, q, s->d, latent->kt, s->d, p, TILE_KEYS, 0, 0, 0);
}

/* Scores of one branch for the tile at k0, a few keys at a time for all heads: the cache is read in the order in
 * which it lies in memory. */
DEVFN void split_scores(split_work *w, int branch, const int *kinds, int k0, int n_keys) {
  const attention_shape *s = w->s;
  const int own = branch == 1 && K2_KIND != K2_SHARED, few = 8;
  if (own && K2_KIND != K2_FULL) {
    for (int g = 0; g < s->groups; g++)
      if (kinds[g] != SKIP_TILE) scores_without_rows(w, g, k0, n_keys);
    return;
  }
  const KV *k = own ? w->k2 : w->k1;
  const I64 k_g = own ? s->k2_g : s->k_g, k_t = own ? s->k2_t : s->k_t;
  for (int j = 0; j < n_keys; j += few)
    for (int g = 0; g < s->groups; g++)
      if (kinds[g] != SKIP_TILE)
        dot_tile(s->group, w->q + ((I64)branch * s->heads + g * s->group) * s->d, s->d, k + g * k_g + (k0 + j) * k_t,
                 k_t, n_keys - j < few ? n_keys - j : few, w->p + (2 * g + branch) * s->group * TILE_KEYS + j);
}

/* Everything one work item does; ends and acc of this split are [groups][2][group] times (2 or dv). */
DEVFN void run_split(split_work *w, const float *q1, const float *q2, const float *mask32, const half_t *mask16,
                     int split, float *ends, float *acc) {
  const attention_shape *s = w->s;
  const int d = s->d, dv = s->dv, group = s->group, n_branches = s->last - s->first + 1;
  const int begin = split * s->split_keys, end = begin + s->split_keys < s->tk ? begin + s->split_keys : s->tk;
  for (int branch = s->first; branch <= s->last; branch++)
    for (int h = 0; h < s->heads; h++)
      for (int i = 0; i < d; i += VW)
        LST(w->q + ((I64)branch * s->heads + h) * d + i,
            GLD((branch ? q2 + h * s->q2_h : q1 + h * s->q_h) + i) * SPLAT(s->scale_log2));
  for (int x = 0; x < s->groups * 2 * group; x++) {
    ends[2 * x] = MINUS_INF;
    ends[2 * x + 1] = 0.0f;
  }
  for (I64 x = 0; x < (I64)s->groups * 2 * group * dv; x += VW) LST(acc + x, SPLAT(0.0f));
  for (int k0 = begin; k0 < end; k0 += TILE_KEYS) {
    const int n_keys = s->tk - k0 < TILE_KEYS ? s->tk - k0 : TILE_KEYS;
    for (int g = 0; g < s->groups; g++) w->kinds[g] = kind_of_tile(w->map ? w->map + g * s->map_g : w->map, s, 0, 0, k0);
    for (int branch = s->first; branch <= s->last; branch++) split_scores(w, branch, w->kinds, k0, n_keys);
    for (int g = 0; g < s->groups; g++) {
      if (w->kinds[g] == SKIP_TILE) continue;
      const byte_t *map = w->map ? w->map + g * s->map_g : w->map;
      float *p = w->p + 2 * g * group * TILE_KEYS;
      for (int x = s->first * group; x < (s->last + 1) * group; x++) {
        const I64 at = (g * group + x % group) * s->mask_h, y = (I64)g * 2 * group + x;
        if (w->kinds[g] == PART_TILE)
          mask_memory_row(p + x * TILE_KEYS, s, map, mask32 + (s->mask_half ? 0 : at), mask16 + (s->mask_half ? at : 0),
                          0, k0, 0);
        online_softmax(p + x * TILE_KEYS, ends + 2 * y, ends + 2 * y + 1, acc + y * dv, dv);
      }
      add_values(n_branches * group, p + s->first * group * TILE_KEYS, w->v + g * s->v_g + k0 * s->v_t, s->v_t, n_keys,
                 acc + ((I64)g * 2 + s->first) * group * dv, dv);
    }
  }
}

/* Joins the splits of one head; strides between splits are those of run_split's results. */
DEVFN void merge_splits(const attention_shape *s, const float *ends, const float *acc, const float *lam, int h,
                        float *out) {
  const int dv = s->dv;
  const I64 rows = (I64)s->groups * 2 * s->group;
  const float weight = s->last == 1 ? lam[h * s->lam_h] : 0.0f;
  const float gain = s->rescale ? 1.0f / (1.0f - weight) : 1.0f;
  float *to = out + h * s->out_h;
  if (!s->subtract)
    for (int i = 0; i < dv; i += VW) LST(to + i, SPLAT(0.0f));
  for (int branch = s->first; branch <= s->last; branch++) {
    const I64 x = ((I64)(h / s->group) * 2 + branch) * s->group + h % s->group;
    float high = MINUS_INF, sum = 0.0f;
    for (int i = 0; i < s->n_splits; i++) high = SMAX(high, ends[2 * (i * rows + x)]);
    const float ref = high == MINUS_INF ? 0.0f : high;
    for (int i = 0; i < s->n_splits; i++) {
      const float *end = ends + 2 * (i * rows + x);
      sum += high == MINUS_INF ? end[1] : end[1] * SEXP2(end[0] - ref); /* 0, or the NaN that hid */
    }
    const float factor = (branch ? -weight : 1.0f) * gain * inverse(sum);
    for (int i = 0; i < s->n_splits; i++) {
      const float m = ends[2 * (i * rows + x)];
      const float f = m == MINUS_INF && sum == sum ? 0.0f : factor * SEXP2(m - ref);
      const float *from = acc + (i * rows + x) * dv;
      for (int c = 0; c < dv; c += VW) LST(to + c, VFMA(f, LLD(from + c), LLD(to + c)));
    }
  }
}
