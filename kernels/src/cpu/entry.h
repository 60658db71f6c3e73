// The entry points of the text on a CPU: pointers of one batch entry, and a work item's scratch memory.
// Included once per storage type, inside a namespace; the text does the work.

// Hands out parts of the scratch memory, each on a cache line.
struct Scratch {
  float *next;
  float *take(long long n) {
    float *at = next;
    next += (n + 15) / 16 * 16;
    return at;
  }
};

static inline const KV *batch_of(const void *p, I64 offset) { return (const KV *)p + offset; }

static const float *mask32_of(const sabun_attention &a, int b) {
  return a.shape.mask_half || !a.mask ? nullptr : (const float *)a.mask + b * a.shape.mask_b;
}

static const half_t *mask16_of(const sabun_attention &a, int b) {
  return a.shape.mask_half && a.mask ? (const half_t *)a.mask + b * a.shape.mask_b : nullptr;
}

static const byte_t *map_of(const sabun_attention &a, int g, int b) {
  return a.map ? a.map + b * a.shape.map_b + g * a.shape.map_g : nullptr;
}

// Latent keys and block means are addressed without a head stride in the text.
static const KV *keys2_of(const sabun_attention &a, int g, int b) {
  const attention_shape &s = a.shape;
  return a.k2 ? batch_of(a.k2, b * s.k2_b + g * s.k2_g) : nullptr;
}

static const KV *means_of(const void *means, const attention_shape &s, int g, int b, int n) {
  return means ? batch_of(means, ((I64)b * s.groups + g) * s.n_blocks * n) : nullptr;
}

static void prefill(const sabun_attention &a, int block, int g, int b, float *memory) {
  const attention_shape &s = a.shape;
  Scratch scratch{memory};
  prefill_work w;
  w.s = &s;
  w.map = map_of(a, g, b);
  w.mask32 = mask32_of(a, b);
  w.mask16 = mask16_of(a, b);
  w.rope = a.rope;
  w.d = s.d;
  w.dv = s.dv;
  w.rank = s.rank;
  w.tx = w.ty = 0;
  w.g = g;
  w.r0 = block * BM;
  w.n_rows = s.tq * s.group - w.r0 < BM ? s.tq * s.group - w.r0 : BM;
  w.kt = scratch.take(s.d * TILE_KEYS);
  w.values = scratch.take(s.dv * TILE_KEYS);
  w.weights = scratch.take(RM * TILE_KEYS);
  w.m = scratch.take(2 * BM);
  w.l = scratch.take(2 * BM);
  w.q = scratch.take(2 * BM * s.d);
  w.acc = scratch.take(2 * BM * s.dv);
  w.e = scratch.take(s.d * TILE_KEYS);
  w.zt = scratch.take(s.rank * TILE_KEYS);
  w.basis = scratch.take(s.rank * s.d);
  w.red = nullptr;
  for (int i = 0; i < 2 * BM; i++) {
    w.m[i] = MINUS_INF;
    w.l[i] = 0.0f;
  }
  for (int i = 0; i < 2 * BM * s.dv; i += VW) LST(w.acc + i, SPLAT(0.0f));
  if (s.first == 0) load_queries(w.q, a.q1 + b * s.q_b, s.q_h, s.q_t, &w);
  if (s.last == 1) load_queries(w.q + BM * s.d, a.q2 + b * s.q2_b, s.q2_h, s.q2_t, &w);
  for (int i = 0; i < s.rank * s.d; i++) w.basis[i] = a.basis[(I64)g * s.rank * s.d + i];
  run_prefill(&w, batch_of(a.k1, b * s.k_b + g * s.k_g), keys2_of(a, g, b), batch_of(a.v, b * s.v_b + g * s.v_g),
              means_of(a.means1, s, g, b, s.d), means_of(a.means2, s, g, b, s.d),
              means_of(a.means_v, s, g, b, s.dv), a.out + b * s.out_b,
              a.lam ? a.lam + b * s.lam_b : nullptr);
}

static split_work split_of(const sabun_attention &a, int index, int b, float *scores, float *ends, float *memory) {
  const attention_shape &s = a.shape;
  Scratch scratch{memory};
  split_work w;
  w.s = &s;
  w.latent.kt = scratch.take(s.d * TILE_KEYS);
  w.latent.e = scratch.take(s.d * TILE_KEYS);
  w.latent.zt = scratch.take(s.rank * TILE_KEYS);
  w.latent.basis = scratch.take(s.rank * s.d);
  w.q = scratch.take(2 * s.heads * s.d);
  w.p = scratch.take(s.group * TILE_KEYS);
  w.kinds = (int *)scratch.take(s.groups);
  w.k1 = batch_of(a.k1, b * s.k_b);
  w.k2 = keys2_of(a, 0, b);
  w.v = batch_of(a.v, b * s.v_b);
  w.basis = a.basis;
  w.rope = a.rope;
  w.map = map_of(a, 0, b);
  w.scores = scores + 2LL * b * s.heads * s.score_stride;
  w.ends = ends + 4LL * b * s.heads * s.n_splits;
  w.split = index;
  w.begin = index * s.split_keys;
  w.end = w.begin + s.split_keys < s.tk ? w.begin + s.split_keys : s.tk;
  return w;
}

static void split_scores(const sabun_attention &a, int index, int b, float *scores, float *ends, float *memory) {
  const attention_shape &s = a.shape;
  split_work w = split_of(a, index, b, scores, ends, memory);
  run_split_scores(&w, a.q1 ? a.q1 + b * s.q_b : nullptr, a.q2 ? a.q2 + b * s.q2_b : nullptr, mask32_of(a, b),
                   mask16_of(a, b));
}

static void split_values(const sabun_attention &a, int index, int b, float *scores, float *ends, const float *totals,
                         float *partial, float *memory) {
  const attention_shape &s = a.shape;
  split_work w = split_of(a, index, b, scores, ends, memory);
  run_split_values(&w, a.lam ? a.lam + b * s.lam_b : nullptr, totals + 4LL * b * s.heads,
                   partial + (1LL * b * s.groups * s.n_splits + index) * s.group * s.dv);
}

[[maybe_unused]] static void join(const sabun_attention &a, float *ends, float *totals) {
  for (int b = 0; b < a.batch; b++)
    join_ends(&a.shape, ends + 4LL * b * a.shape.heads * a.shape.n_splits, totals + 4LL * b * a.shape.heads);
}

[[maybe_unused]] static void sum(const sabun_attention &a, const float *partial, int h, int b) {
  for (int c = 0; c < a.shape.dv; c += VW) run_sum(&a.shape, partial, a.out, h, b, c, a.shape.dv);
}
