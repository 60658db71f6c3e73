/* The CPU backend as plain C, for callers without Python (the llama.cpp hook, tests).
 *
 * Fill `sabun_attention`, call `sabun_attention_run`. Nothing is copied or kept: every pointer belongs to
 * the caller and must stay valid during the call. Results do not depend on n_threads. Thread-safe.
 *
 *   sabun_attention a = {0};
 *   a.shape = ...;  a.q1 = q; a.k1 = k; a.v = v; a.out = out; a.kv_half = 1;
 *   int status = sabun_attention_run(&a, n_threads);
 *
 * A llama.cpp graph node maps onto it like this: out[t][h][d] means out_t = H * D, out_h = D; the KV cache
 * views give k_t = nb[1] / 2, k_g = nb[2] / 2; the mask gives mask_t = nb[1] / 2 and mask_h = 0.
 */
#ifndef SABUN_ATTENTION_H
#define SABUN_ATTENTION_H

#include "body/shape.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sabun_attention {
  attention_shape shape;
  const float *q1, *q2;      /* [B, H, Tq, D] */
  const void *k1, *v;        /* [B, G, Tk, D], [B, G, Tk, Dv]; float or IEEE half (kv_half) */
  const void *k2;            /* like k1; or tiled [B, G, ceil(Tk/64), D, 64]; or the latent z [B, Tk, r] */
  const float *basis;        /* latent keys: B transposed, [G, D, r] */
  const float *rope;         /* latent keys: cosines then sines, [2, n_rot / 2, rope_stride];
                                columns up to the next multiple of 64 are read */
  const void *mask;          /* [B, H, Tq, Tk], float or half (shape.mask_half) */
  const float *lam;          /* [B, H, Tq] */
  const unsigned char *map;  /* tile map [B, G, ceil(Tq/64), ceil(Tk/64)] */
  const void *means1, *means2, *means_v; /* block means [B, G, n_blocks, D or Dv], storage as k1 */
  float *out;                /* [B, H, Tq, Dv] */
  int batch, kv_half;
} sabun_attention;

enum {
  SABUN_OK = 0,
  SABUN_BAD_SHAPE = 1,  /* see sabun_attention_check */
  SABUN_NO_MEMORY = 2,
};

/* 0, or SABUN_BAD_SHAPE with a sentence in *why (static storage). */
int sabun_attention_check(const sabun_attention *a, const char **why);

/* Runs on at most n_threads OpenMP threads (the calling thread's own team). */
int sabun_attention_run(const sabun_attention *a, int n_threads);

/* "avx512", "avx2", "baseline" or "neon": what this CPU gets. */
const char *sabun_attention_isa(void);

/* Chooses another instruction set than the best (tests); 0 when this CPU or build has it. */
int sabun_attention_set_isa(const char *name);

/* map[ceil(tq/64)][ceil(tk/64)] from an additive mask: which tiles are all -inf, all zero, or mixed. */
void sabun_tile_map(const void *mask, int half, long long stride_t, int tq, int tk, unsigned char *map);

/* Copies row-major half keys [tk][d] (stride in elements) to tiles [ceil(tk/64)][d][64], keys begin..end. */
void sabun_tile_keys(const void *keys, long long stride, int d, int begin, int end, void *tiles);

#ifdef __cplusplus
}
#endif
#endif
