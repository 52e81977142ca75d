package io.tidings.scenarios.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Cells below each other, each column as wide as its widest cell. */
final class Table {

    private static final String GAP = "   ";

    /** @param paint the cell as it is shown; colours take no room */
    record Cell(String text, UnaryOperator<String> paint) {

        static Cell of(String text) {
            return new Cell(text, UnaryOperator.identity());
        }

        private String padded(int width) {
            return paint.apply(text) + " ".repeat(width - text.length());
        }
    }

    private final List<List<Cell>> rows = new ArrayList<>();

    void add(Cell... cells) {
        rows.add(List.of(cells));
    }

    List<String> lines(String indent) {
        List<Integer> widths = new ArrayList<>();
        for (List<Cell> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                int width = row.get(column).text().length();
                if (column == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(column, Math.max(width, widths.get(column)));
                }
            }
        }
        return rows.stream()
                .map(row -> indent
                        + String.join(
                                GAP,
                                IntStream.range(0, row.size())
                                        .mapToObj(column -> row.get(column).padded(widths.get(column)))
                                        .toList()))
                .map(String::stripTrailing)
                .toList();
    }
}
