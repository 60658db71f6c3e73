/* Bringing a tile of keys or values into local memory, in float32. Storage is KV (half_t or float). */
#ifdef KV_HALF
#define KV half_t
#define KVLD(p, i) LDH(p, i)
#define KVVLD(p) VLDH(p)
#else
#define KV float
#define KVLD(p, i) ((p)[i])
#define KVVLD(p) GLD(p)
#endif

#define SCORES scores_of_kept /* tiled keys, read in place: decode has no other use for them */
#define SCORES_ROWS scores_of_kept_rows
#define KEY_TYPE GLOBAL const KV
#define KEY_LOAD(p) KVVLD(p)
#define OUT_SPACE GLOBAL
#define OUT_STORE(p, v) GST(p, v)
#define OUT_LOAD(p) GLD(p)
#include "scores.h"

/* Asks for n_rows rows of n numbers each. */
DEVFN void prefetch_rows(GLOBAL const KV *p, I64 stride, int n_rows, int n) {
#ifdef PREFETCH
  for (int r = 0; r < n_rows; r++)
    for (int i = 0; i < n; i += 64 / (int)sizeof(KV)) PREFETCH(p + r * stride + i);
#endif
}

/* kt[i][key] = k[key][i]: keys run along the vectors. Keys from n_valid on repeat the last valid one;
 * their scores are masked. */
SHAREDFN void load_keys(LOCAL float *kt, GLOBAL const KV *k, I64 stride, int n_valid, int n, int tid) {
#ifdef TILE_TRANSPOSE
  if (n % VW == 0) {
    NO_UNROLL for (int key = 0; key < TILE_KEYS; key += VW)
      NO_UNROLL for (int i = 0; i < n; i += VW) {
        vec a[VW], b[VW];
        UNROLL for (int j = 0; j < VW; j++) {
          const int row = key + j < n_valid ? key + j : n_valid - 1;
          a[j] = KVVLD(k + row * stride + i);
        }
        /* Perfect shuffles of the halves, log2(VW) times, transpose a VW x VW block. */
#define SHUFFLE_(from, to)                                 \
  UNROLL for (int j = 0; j < VW / 2; j++) {                \
    to[2 * j] = VZIPLO(from[j], from[j + VW / 2]);         \
    to[2 * j + 1] = VZIPHI(from[j], from[j + VW / 2]);     \
  }
        SHUFFLE_(a, b)
        SHUFFLE_(b, a)
#if VW == 4
        UNROLL for (int j = 0; j < VW; j++) LST(kt + (i + j) * TILE_KEYS + key, a[j]);
#elif VW == 8
        SHUFFLE_(a, b)
        UNROLL for (int j = 0; j < VW; j++) LST(kt + (i + j) * TILE_KEYS + key, b[j]);
#else
        SHUFFLE_(a, b)
        SHUFFLE_(b, a)
        UNROLL for (int j = 0; j < VW; j++) LST(kt + (i + j) * TILE_KEYS + key, a[j]);
#endif
#undef SHUFFLE_
      }
    return;
  }
#endif
  for (int x = tid; x < TILE_KEYS * n; x += TX * TY) {
    const int key = x % TILE_KEYS, i = x / TILE_KEYS;
    kt[i * TILE_KEYS + key] = KVLD(k, (key < n_valid ? key : n_valid - 1) * stride + i);
  }
}

/* Keys that are kept as [D][TILE_KEYS] already. */
DEVFN void load_tiled_keys(LOCAL float *kt, GLOBAL const KV *k, int n, int tid) {
  for (int x = tid * VW; x < TILE_KEYS * n; x += TX * TY * VW) LST(kt + x, KVVLD(k + x));
}

/* values[key][c]; rows from n_valid on are zero, so that weight 0 times them is 0. */
DEVFN void load_values(LOCAL float *values, GLOBAL const KV *v, I64 stride, int n_valid, int dv, int tid) {
#if TX * TY == 1 /* a division of vector numbers by a length known at run time took longer than the copy */
  NO_UNROLL for (int key = 0; key < n_valid; key++)
    for (int c = 0; c < dv; c += VW) LST(values + key * dv + c, KVVLD(v + key * stride + c));
  for (int x = n_valid * dv; x < TILE_KEYS * dv; x += VW) LST(values + x, SPLAT(0.0f));
#else
  const int per_row = dv / VW;
  for (int x = tid; x < TILE_KEYS * per_row; x += TX * TY) {
    const int key = x / per_row, c = (x % per_row) * VW;
    LST(values + key * dv + c, key < n_valid ? KVVLD(v + key * stride + c) : SPLAT(0.0f));
  }
#endif
}

/* One pair of rotated rows: kt[lo], kt[hi] (+)= rotation of e[lo], e[hi] by the angle of each key. */
DEVFN void rotate_pair(LOCAL float *kt, LOCAL const float *e, int lo, int hi, GLOBAL const float *cosine,
                       GLOBAL const float *sine, int add, int tid) {
  for (int key = tid * VW; key < TILE_KEYS; key += TX * TY * VW) {
    const vec c = GLD(cosine + key), s = GLD(sine + key);
    const vec a = LLD(e + lo * TILE_KEYS + key), b = LLD(e + hi * TILE_KEYS + key);
    vec x = a * c - b * s, y = a * s + b * c;
    if (add) {
      x = x + LLD(kt + lo * TILE_KEYS + key);
      y = y + LLD(kt + hi * TILE_KEYS + key);
    }
    LST(kt + lo * TILE_KEYS + key, x);
    LST(kt + hi * TILE_KEYS + key, y);
  }
}

#ifndef CHUNK
/* kt (+)= RoPE(z B): e = B^T z as a product of tiles, then the rotation, both with keys along the
 * vectors. basis is B as [D][rank] in local memory, zt and e are scratch [rank or D][TILE_KEYS]. */
SHAREDFN void rebuild_keys(LOCAL float *kt, LOCAL float *e, LOCAL float *zt, LOCAL const float *basis,
                        GLOBAL const KV *z, I64 stride, GLOBAL const float *rope,
                        const attention_shape *s, int d, int rank, int n_valid, int k0, int tx, int ty) {
  const int tid = ty * TX + tx, add = K2_KIND == K2_MIRROR;
  load_keys(zt, z, stride, n_valid, rank, tid);
  BARRIER();
  scores_of_tile(d, basis, rank, zt, rank, e, TILE_KEYS, 0, tx, ty);
  BARRIER();
  const int pairs = s->n_rot / 2;
  for (int i = 0; i < pairs; i++) {
    GLOBAL const float *cosine = rope + (I64)i * s->rope_stride + k0;
    const int lo = s->interleaved ? 2 * i : i, hi = s->interleaved ? 2 * i + 1 : i + pairs;
    rotate_pair(kt, e, lo, hi, cosine, cosine + (I64)pairs * s->rope_stride, add, tid);
  }
  for (int x = s->n_rot * TILE_KEYS + tid * VW; x < d * TILE_KEYS; x += TX * TY * VW)
    LST(kt + x, add ? LLD(kt + x) + LLD(e + x) : LLD(e + x));
}
#else
/* The same for CHUNK rows of kt from head dimension d0 on, element by element: where local memory is small
 * there is no room for whole rotated tiles. z and B come from the caches. */
DEVFN float latent_element(GLOBAL const KV *z, GLOBAL const float *row, int rank) {
  float sum = 0.0f;
  for (int j = 0; j < rank; j++) sum += KVLD(z, j) * row[j];
  return sum;
}

DEVFN void rebuild_chunk(LOCAL float *kt, GLOBAL const KV *z, I64 stride, GLOBAL const float *basis,
                         GLOBAL const float *rope, const attention_shape *s, int d0, int rank, int n_valid, int k0,
                         int tid) {
  const int pairs = s->n_rot / 2;
  for (int x = tid; x < TILE_KEYS * CHUNK; x += TX * TY) {
    const int key = x % TILE_KEYS, i = d0 + x / TILE_KEYS;
    GLOBAL const KV *row = z + (key < n_valid ? key : n_valid - 1) * stride;
    float y = latent_element(row, basis + i * rank, rank);
    if (i < s->n_rot) {
      const int pair = s->interleaved ? i / 2 : i % pairs, low = s->interleaved ? i % 2 == 0 : i < pairs;
      const int other = s->interleaved ? i ^ 1 : low ? i + pairs : i - pairs;
      const float c = rope[(I64)pair * s->rope_stride + k0 + key];
      const float t = rope[(I64)(pairs + pair) * s->rope_stride + k0 + key];
      const float partner = latent_element(row, basis + other * rank, rank);
      y = low ? y * c - partner * t : y * c + partner * t;
    }
    LOCAL float *to = kt + x / TILE_KEYS * TILE_KEYS + key;
    *to = K2_KIND == K2_MIRROR ? *to + y : y;
  }
}
#endif
