/* Reduces one value per lane and row over the TX lanes that share a row. */
#if TX > 1
#define LANES_(red, op, x)                                                          \
  BARRIER();                                                                        \
  UNROLL for (int r = 0; r < RM; r++) red[(ty * RM + r) * TX + tx] = x[r];          \
  BARRIER();                                                                        \
  UNROLL for (int r = 0; r < RM; r++) {                                             \
    float y_ = red[(ty * RM + r) * TX];                                             \
    UNROLL for (int i = 1; i < TX; i++) y_ = op(y_, red[(ty * RM + r) * TX + i]);   \
    x[r] = y_;                                                                      \
  }
#else
#define LANES_(red, op, x)
#endif
#define ADD_(a, b) ((a) + (b))

/* Online softmax of RM rows of scores: scores become weights; m and l are updated; keep[r] is what the
 * accumulators of row r must be multiplied by. l holds this lane's part of the sum. */
DEVFN void softmax_rows(LOCAL float *p, LOCAL float *red, float *m, float *l, float *keep, int tx, int ty) {
  float top[RM];
  UNROLL for (int r = 0; r < RM; r++) {
    vec t = LLD(p + r * TILE_KEYS + tx * VW);
    UNROLL for (int c = 1; c < TILE_KEYS / (TX * VW); c++)
      t = VMAX(t, LLD(p + r * TILE_KEYS + (c * TX + tx) * VW));
    top[r] = HMAX(t);
  }
  LANES_(red, SMAX, top)
  UNROLL for (int r = 0; r < RM; r++) {
    const float high = SMAX(m[r], top[r]), ref = high == MINUS_INF ? 0.0f : high;
    keep[r] = SEXP2(m[r] - ref);
    m[r] = high;
    vec sum = SPLAT(0.0f);
    UNROLL for (int c = 0; c < TILE_KEYS / (TX * VW); c++) {
      LOCAL float *at = p + r * TILE_KEYS + (c * TX + tx) * VW;
      const vec e = VEXP2(LLD(at) - SPLAT(ref));
      sum = sum + e;
      LST(at, e);
    }
    l[r] = l[r] * keep[r] + HSUM(sum);
  }
}

/* 1 / x, and 0 for an empty row; a NaN stays a NaN. */
DEVFN float inverse(float x) { return x == 0.0f ? 0.0f : 1.0f / x; }
