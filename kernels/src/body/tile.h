/* The second micro-kernel: a row block of weights times a tile of values. */

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

/* n_vec vectors of columns per lane of one row block. */
DEVFN void value_block(LOCAL const float *w, LOCAL const float *values, int dv, int n_keys,
                       PRIVATE_FLOATS acc, int acc_stride, int n_vec, const float *keep, int lane) {
  int c = 0;
  for (; c + CN <= n_vec; c += CN)
    value_rows(RM, CN, w, values, dv, n_keys, acc, acc_stride, keep, c, lane);
  for (; c < n_vec; c++) value_rows(RM, 1, w, values, dv, n_keys, acc, acc_stride, keep, c, lane);
}
