/* The first micro-kernel: scores[r][key] = sum_i q[r][i] kt[i][key], keys along the vectors. RM rows times
 * CN vectors of sums stay in registers, so that each loaded vector is used RM times.
 *
 * OpenCL C 1.2 knows no generic address space, so this file is included once per combination of
 *   SCORES       name of the function for any number of rows; SCORES_ROWS: for a literal number
 *   KEY_TYPE, KEY_LOAD(p)     where the tile is and how a vector of it becomes float
 *   OUT_SPACE, OUT_STORE(p,v), OUT_LOAD(p)   where the scores go
 * more: add to the scores that are there (head dimensions taken in chunks). */

/* `rows` is a literal at every call: the loops over it unroll and the sums stay in registers. */
DEVFN void SCORES_ROWS(const int rows, LOCAL const float *q, int q_stride, KEY_TYPE *kt, int n,
                       OUT_SPACE float *scores, I64 stride, int more, int lane) {
  NO_UNROLL for (int c0 = 0; c0 < TILE_KEYS / (TX * VW); c0 += CN) {
    vec s[RM * CN];
    UNROLL for (int r = 0; r < rows; r++)
      UNROLL for (int c = 0; c < CN; c++)
        s[r * CN + c] = more ? OUT_LOAD(scores + r * stride + ((c0 + c) * TX + lane) * VW) : SPLAT(0.0f);
    NO_UNROLL for (int i = 0; i < n; i++) {
      vec k[CN];
      UNROLL for (int c = 0; c < CN; c++) k[c] = KEY_LOAD(kt + i * TILE_KEYS + ((c0 + c) * TX + lane) * VW);
      UNROLL for (int r = 0; r < rows; r++) {
        const float a = q[r * q_stride + i];
        UNROLL for (int c = 0; c < CN; c++) s[r * CN + c] = VFMA(a, k[c], s[r * CN + c]);
      }
    }
    UNROLL for (int r = 0; r < rows; r++)
      UNROLL for (int c = 0; c < CN; c++)
        OUT_STORE(scores + r * stride + ((c0 + c) * TX + lane) * VW, s[r * CN + c]);
  }
}

/* Any number of rows, in blocks of RM; the work-item rows (ty) take turns. */
SHAREDFN void SCORES(int n_rows, LOCAL const float *q, int q_stride, KEY_TYPE *kt, int n, OUT_SPACE float *scores,
                  I64 stride, int more, int tx, int ty) {
  int r = ty * RM;
  for (; r + RM <= n_rows; r += TY * RM)
    SCORES_ROWS(RM, q + r * q_stride, q_stride, kt, n, scores + r * stride, stride, more, tx);
  const int rest = n_rows - r;
#define REST_(x) \
  if (rest == x) SCORES_ROWS(x, q + r * q_stride, q_stride, kt, n, scores + r * stride, stride, more, tx)
  REST_(1);
  REST_(2);
  REST_(3);
#if RM > 4
  REST_(4);
  REST_(5);
#endif
#undef REST_
}

#undef SCORES
#undef SCORES_ROWS
#undef KEY_TYPE
#undef KEY_LOAD
#undef OUT_SPACE
#undef OUT_STORE
#undef OUT_LOAD
