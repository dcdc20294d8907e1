// Where a key leads in a grid of cells: rows and columns are counted from 0, nothing leads out of it.

// How many rows a screen holds, less those that the heads and the foot take.
function screen(row) {
  const height = row.closest("[data-matrix-region]").clientHeight;
  return Math.max(1, Math.floor(height / (row.offsetHeight || 1)) - 3);
}

// The place that the key leads to from [row, column]; undefined for a key that is none of the grid's.
export function moved({ key, ctrlKey }, [row, column], rows, forward) {
  const last = [rows.length - 1, rows[0].children.length - 1];
  const to = {
    ArrowUp: () => [row - 1, column],
    ArrowDown: () => [row + 1, column],
    ArrowLeft: () => [row, column - forward],
    ArrowRight: () => [row, column + forward],
    PageUp: () => [row - screen(rows[row]), column],
    PageDown: () => [row + screen(rows[row]), column],
    Home: () => [ctrlKey ? 0 : row, 0],
    End: () => [ctrlKey ? last[0] : row, last[1]],
  }[key]?.();
  return to?.map((value, axis) => Math.min(Math.max(value, 0), last[axis]));
}
