// Work done once per decode step or per new key, not once per layer: tile maps and tiled keys.
#include <cmath>
#include <cstdint>
#include <cstring>

#include "../attention.h"

namespace {

constexpr uint16_t half_minus_inf = 0xfc00, half_minus_zero = 0x8000;

// What one square of the mask holds.
struct Square {
  bool any_seen = false, any_nonzero = false;
  void add(uint16_t m) {
    any_seen |= m != half_minus_inf;
    any_nonzero |= m != 0 && m != half_minus_zero;
  }
  void add(float m) {
    any_seen |= !(std::isinf(m) && m < 0);
    any_nonzero |= m != 0;
  }
};

template <class T>
void fill_map(const T *mask, long long stride, int tq, int tk, unsigned char *map) {
  const int rows = (tq + TILE_KEYS - 1) / TILE_KEYS, cols = (tk + TILE_KEYS - 1) / TILE_KEYS;
  for (int y = 0; y < rows; y++)
    for (int x = 0; x < cols; x++) {
      Square square;
      for (int t = y * TILE_KEYS; t < tq && t < (y + 1) * TILE_KEYS; t++)
        for (int k = x * TILE_KEYS; k < tk && k < (x + 1) * TILE_KEYS; k++) square.add(mask[t * stride + k]);
      map[y * cols + x] = !square.any_seen ? 0 : TILE_EXACT | (square.any_nonzero ? TILE_MASKED : 0);
    }
}

}  // namespace

extern "C" void sabun_tile_map(const void *mask, int half, long long stride_t, int tq, int tk, unsigned char *map) {
  if (half)
    fill_map(static_cast<const uint16_t *>(mask), stride_t, tq, tk, map);
  else
    fill_map(static_cast<const float *>(mask), stride_t, tq, tk, map);
}

extern "C" void sabun_tile_keys(const void *keys, long long stride, int d, int begin, int end, void *tiles) {
  const uint16_t *from = static_cast<const uint16_t *>(keys);
  uint16_t *to = static_cast<uint16_t *>(tiles);
  for (int k = begin; k < end; k++)
    for (int i = 0; i < d; i++)
      to[(static_cast<long long>(k / TILE_KEYS) * d + i) * TILE_KEYS + k % TILE_KEYS] = from[k * stride + i];
}
