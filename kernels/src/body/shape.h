/* What one launch works on. Read by every dialect of the kernel text and by the host alike.
 *
 * Strides count elements, not bytes; a stride of 0 broadcasts. The innermost axis (head
 * dimension, key index of the mask) is always contiguous. Letters: b batch, h query head,
 * g key/value head, t query position or key.
 */
#ifndef SABUN_SHAPE_H
#define SABUN_SHAPE_H
#ifndef I64
#define I64 long long
#endif

/* Where the keys of the second branch come from. */
#define K2_SHARED 0 /* the first branch's keys */
#define K2_FULL 1   /* an array like the first branch's keys */
#define K2_PAPER 2  /* RoPE(z B), rebuilt per tile */
#define K2_MIRROR 3 /* K1 + RoPE(z B), rebuilt per tile */
#define K2_TILED 4  /* an array kept as [tile][D][TILE_KEYS], no transposition needed */

/* Keys per tile; also the side of one square of the tile map. */
#define TILE_KEYS 64

/* Bits of one entry of the tile map (64 query positions x 64 keys). */
#define TILE_EXACT 1  /* its keys take part one by one */
#define TILE_MASKED 2 /* ... and the additive mask is not all zero there */
#define TILE_MEAN 4   /* the block takes part as one centroid */

typedef struct attention_shape {
  I64 q_b, q_h, q_t, q2_b, q2_h, q2_t;
  I64 k_b, k_g, k_t, k2_b, k2_g, k2_t; /* latent keys: k2_b and k2_t stride z, k2_g is 0 */
  I64 v_b, v_g, v_t, out_b, out_h, out_t;
  I64 mask_b, mask_h, mask_t, lam_b, lam_h, lam_t;
  I64 map_b, map_g, map_q;
  int heads, groups, group; /* query heads, key/value heads, query heads per key/value head */
  int tq, tk, d, dv;
  int first, last;          /* branches to run: 0..0 baseline, 0..1 differential, 1..1 correction */
  int k2_kind, rank, n_rot, interleaved, rope_stride; /* rope table: [2][n_rot / 2][rope_stride] */
  int has_mask, mask_half, has_map, has_means, n_blocks;
  int causal, pos0, pos_step, window, sink; /* query t stands at key position pos0 + t pos_step */
  int subtract, rescale;    /* out -= lam * branch 2;  divide by 1 - lam */
  int split_keys, n_splits, score_stride; /* decode: keys per split, splits, floats per score row */
  float scale_log2;         /* softmax scale times log2(e) */
} attention_shape;
#endif
