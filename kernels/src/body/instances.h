/* The micro-kernels for the places that scores and keys can be in; see scores.h and mask_row.h. */
#define SCORES scores_of_tile /* everything in local memory: prefill, rebuilding keys */
#define SCORES_ROWS scores_of_rows
#define KEY_TYPE LOCAL const float
#define KEY_LOAD(p) LLD(p)
#define OUT_SPACE LOCAL
#define OUT_STORE(p, v) LST(p, v)
#define OUT_LOAD(p) LLD(p)
#include "scores.h"

#define SCORES scores_to_memory /* decode keeps all scores of a split */
#define SCORES_ROWS scores_to_memory_rows
#define KEY_TYPE LOCAL const float
#define KEY_LOAD(p) LLD(p)
#define OUT_SPACE GLOBAL
#define OUT_STORE(p, v) GST(p, v)
#define OUT_LOAD(p) GLD(p)
#include "scores.h"

#define MASK_ROW mask_row
#define ROW_SPACE LOCAL
#define ROW_LOAD(p) LLD(p)
#define ROW_STORE(p, v) LST(p, v)
#include "mask_row.h"

#define MASK_ROW mask_memory_row
#define ROW_SPACE GLOBAL
#define ROW_LOAD(p) GLD(p)
#define ROW_STORE(p, v) GST(p, v)
#include "mask_row.h"
