/* Applies everything that hides or shifts keys k0.. to one row of scores. Each lane touches the
 * elements that it alone computed. mask points at the row's first key.
 * Included once per address space of the scores: MASK_ROW, ROW_SPACE, ROW_LOAD, ROW_STORE. */
DEVFN void MASK_ROW(ROW_SPACE float *row, const attention_shape *s, GLOBAL const byte_t *map,
                    GLOBAL const float *mask32, GLOBAL const half_t *mask16, int t, int k0, int lane) {
  const int pos = s->pos0 + t * s->pos_step;
  const int square = s->has_map ? map[t / TILE_KEYS * s->map_q + k0 / TILE_KEYS] : TILE_EXACT | TILE_MASKED;
  int end = s->tk - k0 < TILE_KEYS ? s->tk - k0 : TILE_KEYS;
  int begin = 0, sink = 0;
  if (s->causal) {
    if (pos + 1 - k0 < end) end = pos + 1 - k0;
    if (s->window > 0) {
      begin = pos + 1 - s->window - k0;
      sink = s->sink - k0;
    }
  }
  if (!(square & TILE_EXACT)) end = 0;
  const int add = s->has_mask && (square & TILE_MASKED);
  const int whole = k0 + TILE_KEYS <= s->tk;
  for (int c = 0; c < TILE_KEYS / (TX * VW); c++) {
    const int i = (c * TX + lane) * VW;
    if (add && whole && i < end)
      ROW_STORE(row + i, MASK_ADD(ROW_LOAD(row + i), s->mask_half ? VLDH(mask16 + k0 + i) : GLD(mask32 + k0 + i)));
    if (add && !whole)
      for (int j = i; j < i + VW && j < end; j++) {
        const float m = s->mask_half ? LDH(mask16, k0 + j) : mask32[k0 + j];
        row[j] = m == MINUS_INF ? MINUS_INF : row[j] + m * 1.4426950408889634f;
      }
    if (i + VW <= end && (i >= begin || i + VW <= sink)) continue; /* all of them are seen */
    for (int j = i; j < i + VW; j++) row[j] = (j < end) & ((j >= begin) | (j < sink)) ? row[j] : MINUS_INF;
  }
}

#undef MASK_ROW
#undef ROW_SPACE
#undef ROW_LOAD
#undef ROW_STORE
