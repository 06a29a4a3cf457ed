"""How much one file may hold. A roster of a whole province is far below every one of these."""

FILE_BYTES = 10 * 1024 * 1024
INFLATED_BYTES = 100 * 1024 * 1024
ENTRIES = 1_000
# Honest sheets shrink to a twentieth; only beyond this size does the ratio say anything.
RATIO, RATIO_FROM_BYTES = 100, 5 * 1024 * 1024

ROWS = 50_000
COLUMNS = 1_024
GRID_CELLS = 2_000_000
XML_ELEMENTS = 8_000_000
MERGED_CELLS = 500_000

SECONDS = 10
MEMORY_BYTES = 512 * 1024 * 1024
