/* Which keys a query position sees: bounds, causality, sink and window, tile map, additive mask. */
#define SKIP_TILE 0
#define WHOLE_TILE 1 /* every row sees every key, nothing to add */
#define PART_TILE 2  /* rows must be masked one by one */

/* The rule of sink, window and causality for positions lo..hi against the tile at k0. */
DEVFN int rule_of_tile(const attention_shape *s, int lo, int hi, int k0) {
  const int end = k0 + TILE_KEYS < s->tk ? k0 + TILE_KEYS : s->tk;
  if (!s->causal) return k0 + TILE_KEYS <= s->tk ? WHOLE_TILE : PART_TILE;
  if (k0 > hi) return SKIP_TILE;
  if (s->window > 0 && end - 1 <= lo - s->window && k0 >= s->sink) return SKIP_TILE;
  if (k0 + TILE_KEYS > s->tk || end - 1 > lo) return PART_TILE;
  return s->window == 0 || k0 > hi - s->window || end <= s->sink ? WHOLE_TILE : PART_TILE;
}

/* The tile map's say for query rows t_lo..t_hi: bits that all squares have, and bits that any has. */
DEVFN int map_of_tile(GLOBAL const byte_t *map, const attention_shape *s, int t_lo, int t_hi, int block,
                      int *any) {
  int all = 255;
  *any = 0;
  for (int y = t_lo / TILE_KEYS; y <= t_hi / TILE_KEYS; y++) {
    const int m = map[y * s->map_q + block];
    all &= m;
    *any |= m;
  }
  return all;
}

DEVFN int kind_of_tile(GLOBAL const byte_t *map, const attention_shape *s, int t_lo, int t_hi, int k0) {
  const int rule = rule_of_tile(s, s->pos0 + t_lo * s->pos_step, s->pos0 + t_hi * s->pos_step, k0);
  if (rule == SKIP_TILE) return SKIP_TILE;
  if (!s->has_map) return s->has_mask ? PART_TILE : rule;
  int any;
  const int all = map_of_tile(map, s, t_lo, t_hi, k0 / TILE_KEYS, &any);
  if (!(any & TILE_EXACT)) return SKIP_TILE;
  if (!(all & TILE_EXACT) || (s->has_mask && (any & TILE_MASKED))) return PART_TILE;
  return rule;
}

/* The same for a tile of block means: block k0 + j is visible where the map says so, and stands for
 * TILE_KEYS keys, hence log2(TILE_KEYS) on its score. */
DEVFN void mask_mean_row(LOCAL float *row, const attention_shape *s, GLOBAL const byte_t *map, int t, int k0,
                         int lane) {
  GLOBAL const byte_t *squares = map + t / TILE_KEYS * s->map_q;
  for (int c = 0; c < TILE_KEYS / (TX * VW); c++)
    for (int j = (c * TX + lane) * VW; j < (c * TX + lane + 1) * VW; j++)
      row[j] = k0 + j < s->n_blocks && (squares[k0 + j] & TILE_MEAN) ? row[j] + 6.0f : MINUS_INF;
}

/* Does any query row t_lo..t_hi see one of the block means k0..? */
DEVFN int any_mean(GLOBAL const byte_t *map, const attention_shape *s, int t_lo, int t_hi, int k0) {
  const int end = k0 + TILE_KEYS < s->n_blocks ? k0 + TILE_KEYS : s->n_blocks;
  int any = 0;
  for (int y = t_lo / TILE_KEYS; y <= t_hi / TILE_KEYS; y++)
    for (int x = k0; x < end; x++) any |= map[y * s->map_q + x] & TILE_MEAN;
  return any;
}
