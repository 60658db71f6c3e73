/* Entry points for OpenCL and CUDA: local memory, and the pointers of this work-group's batch entry and
 * key/value head. Grid: x row block or split, y key/value head (or query head), z batch entry. */

#if defined(WITH_LATENT) && !defined(CHUNK)
#define REBUILT_TILE
#endif
#define HEAD_OF(p, b_stride, g_stride) ((p) + b * s.b_stride + g * s.g_stride)
#define MEANS_OF(p, n) ((p) + ((I64)b * s.groups + g) * s.n_blocks * (n))

#ifdef PREFILL
KERNEL attention_prefill(const attention_shape s, GLOBAL const float *q1, GLOBAL const float *q2,
                         GLOBAL const KV *k1, GLOBAL const KV *k2, GLOBAL const KV *v, GLOBAL const float *basis,
                         GLOBAL const float *rope, GLOBAL const byte_t *mask, GLOBAL const float *lam,
                         GLOBAL const byte_t *map, GLOBAL const KV *means1, GLOBAL const KV *means2,
                         GLOBAL const KV *means_v, GLOBAL float *out) {
#ifdef CHUNK
  LOCAL_FLOATS(local_q, BM * CHUNK)
  LOCAL_FLOATS(local_kt, CHUNK * TILE_KEYS)
  LOCAL_FLOATS(local_values, CHUNK * TILE_KEYS)
#else
  LOCAL_FLOATS(local_q, 2 * BM * D)
  LOCAL_FLOATS(local_kt, D * TILE_KEYS)
  LOCAL_FLOATS(local_values, DV * TILE_KEYS)
#endif
  LOCAL_FLOATS(local_weights, TY * RM * TILE_KEYS)
  LOCAL_FLOATS(local_red, TX * TY * RM)
#ifdef REBUILT_TILE
  LOCAL_FLOATS(local_e, D * TILE_KEYS)
  LOCAL_FLOATS(local_zt, RANK * TILE_KEYS)
  LOCAL_FLOATS(local_basis, RANK * D)
#endif
  vec acc[2 * NB * RM * (DV / (TX * VW))];
  float m[2 * NB * RM], l[2 * NB * RM];
  const int g = GROUP_Y, b = GROUP_Z;
  prefill_work w;
  w.s = &s;
  w.map = HEAD_OF(map, map_b, map_g);
  w.mask32 = (GLOBAL const float *)mask + (s.mask_half ? 0 : b * s.mask_b);
  w.mask16 = (GLOBAL const half_t *)mask + (s.mask_half ? b * s.mask_b : 0);
  w.rope = rope;
  w.q = local_q;
  w.kt = local_kt;
  w.values = local_values;
  w.weights = local_weights;
  w.red = local_red;
  w.acc = acc;
  w.m = m;
  w.l = l;
  w.g = g;
  w.d = D;
  w.dv = DV;
  w.rank = RANK;
  w.tx = LANE_X;
  w.ty = LANE_Y;
  w.r0 = ((s.tq * s.group + BM - 1) / BM - 1 - GROUP_X) * BM; /* the longest rows start first */
  w.n_rows = s.tq * s.group - w.r0 < BM ? s.tq * s.group - w.r0 : BM;
  for (int i = 0; i < 2 * NB * RM * (DV / (TX * VW)); i++) acc[i] = SPLAT(0.0f);
  for (int i = 0; i < 2 * NB * RM; i++) {
    m[i] = MINUS_INF;
    l[i] = 0.0f;
  }
#ifdef CHUNK
  w.q1 = q1 + b * s.q_b;
  w.q2 = q2 + b * s.q2_b;
  w.latent_basis = basis + (I64)g * RANK * D;
#else
  if (s.first == 0) load_queries(w.q, q1 + b * s.q_b, s.q_h, s.q_t, &w);
  if (s.last == 1) load_queries(w.q + BM * D, q2 + b * s.q2_b, s.q2_h, s.q2_t, &w);
#endif
#ifdef REBUILT_TILE
  w.e = local_e;
  w.zt = local_zt;
  w.basis = local_basis;
  for (int x = w.ty * TX + w.tx; x < RANK * D; x += TX * TY) w.basis[x] = basis[(I64)g * RANK * D + x];
#endif
  run_prefill(&w, HEAD_OF(k1, k_b, k_g), HEAD_OF(k2, k2_b, k2_g), HEAD_OF(v, v_b, v_g), MEANS_OF(means1, D),
              MEANS_OF(means2, D), MEANS_OF(means_v, DV), out + b * s.out_b, lam + b * s.lam_b);
}

#else
KERNEL attention_scores(const attention_shape s, GLOBAL const float *q1, GLOBAL const float *q2,
                        GLOBAL const KV *k1, GLOBAL const KV *k2, GLOBAL const float *basis,
                        GLOBAL const float *rope, GLOBAL const byte_t *mask, GLOBAL const byte_t *map,
                        GLOBAL float *scores, GLOBAL float *ends) {
  LOCAL_FLOATS(local_q, 2 * GROUP * D)
#ifdef CHUNK
  LOCAL_FLOATS(local_kt, CHUNK * TILE_KEYS)
#else
  LOCAL_FLOATS(local_kt, D * TILE_KEYS)
#endif
#ifdef REBUILT_TILE
  LOCAL_FLOATS(local_e, D * TILE_KEYS)
  LOCAL_FLOATS(local_zt, RANK * TILE_KEYS)
  LOCAL_FLOATS(local_basis, RANK * D)
#endif
  const int g = GROUP_Y, b = GROUP_Z;
  decode_work w;
  w.s = &s;
  w.map = HEAD_OF(map, map_b, map_g);
  w.mask32 = (GLOBAL const float *)mask + (s.mask_half ? 0 : b * s.mask_b);
  w.mask16 = (GLOBAL const half_t *)mask + (s.mask_half ? b * s.mask_b : 0);
  w.q = local_q;
  w.kt = local_kt;
#ifdef REBUILT_TILE
  w.e = local_e;
  w.zt = local_zt;
  w.basis = local_basis;
#endif
  w.g = g;
  w.d = D;
  w.rank = RANK;
  w.tx = LANE_X;
  w.ty = LANE_Y;
  run_scores(&w, q1 + b * s.q_b, q2 + b * s.q2_b, HEAD_OF(k1, k_b, k_g), HEAD_OF(k2, k2_b, k2_g), basis, rope,
             scores, ends, GROUP_X, b);
}

KERNEL attention_values(const attention_shape s, GLOBAL const KV *v, GLOBAL const float *lam,
                        GLOBAL const byte_t *map, GLOBAL float *scores, GLOBAL float *ends, GLOBAL float *partial) {
  LOCAL_FLOATS(local_w, GROUP * TILE_KEYS)
  LOCAL_FLOATS(local_factors, 2 * GROUP)
  LOCAL_FLOATS(local_red, GROUP * DV)
  vec acc[GROUP * (DV / (TX * VW))];
  const int g = GROUP_Y, b = GROUP_Z;
  run_values(&s, HEAD_OF(v, v_b, v_g), lam + b * s.lam_b, HEAD_OF(map, map_b, map_g), scores, ends, partial,
             local_w, local_factors, local_red, acc, GROUP_X, g, b, DV, LANE_X, LANE_Y);
}

/* Each work-item adds up some of the vectors of one query head. */
KERNEL attention_sum(const attention_shape s, GLOBAL const float *partial, GLOBAL float *out) {
  for (int c = (LANE_Y * TX + LANE_X) * VW; c < DV; c += TX * TY * VW)
    run_sum(&s, partial, out, GROUP_X, GROUP_Z, c, DV);
}
#endif
