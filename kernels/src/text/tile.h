/* The two micro-kernels every attention form is made of: scores of a row block against a tile of
 * keys, and a row block of weights times a tile of values. RM rows are held in registers, against
 * CN vectors of keys or columns, so that each loaded vector is used RM times. */

/* scores[r][key] = sum_i rows[r][i] kt[i][key] for `rows` rows; kt is [n][TILE_KEYS]. `rows` is a
 * literal at every call, so the loops over it unroll and the sums stay in registers. */
DEVFN void score_rows(const int rows, LOCAL const float *q, int q_stride, LOCAL const float *kt, int n,
                      LOCAL float *scores, int lane) {
  NO_UNROLL for (int c0 = 0; c0 < TILE_KEYS / (TX * VW); c0 += CN) {
    vec s[RM * CN];
    UNROLL for (int i = 0; i < rows * CN; i++) s[i] = SPLAT(0.0f);
    NO_UNROLL for (int i = 0; i < n; i++) {
      vec k[CN];
      UNROLL for (int c = 0; c < CN; c++) k[c] = LLD(kt + i * TILE_KEYS + ((c0 + c) * TX + lane) * VW);
      UNROLL for (int r = 0; r < rows; r++) {
        const float a = q[r * q_stride + i];
        UNROLL for (int c = 0; c < CN; c++) s[r * CN + c] = VFMA(a, k[c], s[r * CN + c]);
      }
    }
    UNROLL for (int r = 0; r < rows; r++)
      UNROLL for (int c = 0; c < CN; c++)
        LST(scores + r * TILE_KEYS + ((c0 + c) * TX + lane) * VW, s[r * CN + c]);
  }
}

/* scores of any number of rows, in blocks; the work-item rows (ty) take turns. */
DEVFN void score_block(int n_rows, LOCAL const float *q, int q_stride, LOCAL const float *kt, int n,
                       LOCAL float *scores, int tx, int ty) {
  int r = ty * RM;
  for (; r + RM <= n_rows; r += TY * RM)
    score_rows(RM, q + r * q_stride, q_stride, kt, n, scores + r * TILE_KEYS, tx);
  const int rest = n_rows - r;
#define REST_(x) if (rest == x) score_rows(x, q + r * q_stride, q_stride, kt, n, scores + r * TILE_KEYS, tx)
  REST_(1);
  REST_(2);
  REST_(3);
  REST_(4);
#if RM > 5
  REST_(5);
#endif
#undef REST_
}

/* acc[r][c] = acc[r][c] * keep[r] + sum_k w[r][k] values[k][c] for `cols` vectors from c0 on. */
DEVFN void value_rows(const int rows, const int cols, LOCAL const float *w, LOCAL const float *values,
                      int dv, int n_keys, PRIVATE_FLOATS acc, int acc_stride, const float *keep, int c0,
                      int lane) {
  vec a[RM * CN];
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int c = 0; c < cols; c++)
      a[r * CN + c] = PLD(acc, r * acc_stride + c0 + c) * SPLAT(keep[r]);
  NO_UNROLL for (int k = 0; k < n_keys; k++) {
    vec v[CN];
    UNROLL for (int c = 0; c < cols; c++) v[c] = LLD(values + k * dv + ((c0 + c) * TX + lane) * VW);
    UNROLL for (int r = 0; r < rows; r++) {
      const float x = w[r * TILE_KEYS + k];
      UNROLL for (int c = 0; c < cols; c++) a[r * CN + c] = VFMA(x, v[c], a[r * CN + c]);
    }
  }
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int c = 0; c < cols; c++) PST(acc, r * acc_stride + c0 + c, a[r * CN + c]);
}

/* All columns of one row block; n_vec vectors per lane. */
DEVFN void value_block(LOCAL const float *w, LOCAL const float *values, int dv, int n_keys,
                       PRIVATE_FLOATS acc, int n_vec, const float *keep, int lane) {
  int c = 0;
  for (; c + CN <= n_vec; c += CN)
    value_rows(RM, CN, w, values, dv, n_keys, acc, n_vec, keep, c, lane);
  for (; c < n_vec; c++) value_rows(RM, 1, w, values, dv, n_keys, acc, n_vec, keep, c, lane);
}
