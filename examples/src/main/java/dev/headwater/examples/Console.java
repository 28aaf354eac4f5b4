package dev.headwater.examples;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Prints sections, paragraphs and tables, none of them wider than {@value #WIDTH} columns. Used by one thread. */
final class Console {

    static final int WIDTH = 100;

    private static final String INDENT = "  ";
    private static final String GAP = "  ";

    /** How a violation begins in a message. */
    private static final String BULLET = "  - ";

    private static final Pattern NUMBER = Pattern.compile("([0-9]+(\\.[0-9]+)?( ms)?)?");

    private final PrintStream out;
    private int sections;
    private boolean afterBlank = true;

    Console(PrintStream out) {
        this.out = out;
    }

    void title(String text) {
        line(text);
        line("=".repeat(text.length()));
    }

    /** Begins a section with the next number. */
    void section(String heading) {
        sections++;
        String title = sections + ". " + heading;
        blank();
        line(title);
        line("-".repeat(title.length()));
    }

    /** A paragraph. */
    void say(String text) {
        wrapped(text, WIDTH).forEach(this::line);
    }

    private void line(String text) {
        out.println(text);
        afterBlank = text.isEmpty();
    }

    private void blank() {
        if (!afterBlank) {
            line("");
        }
    }

    /** Something that Headwater said. */
    void quote(String text) {
        blank();
        wrapped(text, WIDTH - 2 * INDENT.length()).forEach(part -> line(INDENT + "| " + part));
        blank();
    }

    /** A table, its columns of numbers to the right; what is too long in the last column goes on in the next line. */
    void table(List<String> headings, List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < headings.size(); column++) {
            int width = headings.get(column).length();
            for (List<String> row : rows) {
                width = Math.max(width, longestLine(row.get(column)));
            }
            widths.add(width);
        }
        int last = headings.size() - 1;
        int before = INDENT.length()
                + widths.subList(0, last).stream()
                        .mapToInt(width -> width + GAP.length())
                        .sum();
        widths.set(last, Math.min(widths.get(last), WIDTH - before));
        blank();
        row(headings, widths, before);
        row(widths.stream().map("-"::repeat).toList(), widths, before);
        List<Boolean> numbers = IntStream.rangeClosed(0, last)
                .mapToObj(column -> rows.stream()
                        .allMatch(row -> NUMBER.matcher(row.get(column)).matches()))
                .toList();
        for (List<String> row : rows) {
            List<String> aligned = new ArrayList<>(row);
            for (int column = 0; column <= last; column++) {
                if (numbers.get(column)) {
                    aligned.set(
                            column,
                            " ".repeat(widths.get(column) - row.get(column).length()) + row.get(column));
                }
            }
            row(aligned, widths, before);
        }
        blank();
    }

    private void row(List<String> cells, List<Integer> widths, int before) {
        int last = cells.size() - 1;
        List<String> parts = wrapped(cells.get(last), widths.get(last));
        StringBuilder start = new StringBuilder(INDENT);
        for (int column = 0; column < last; column++) {
            String cell = cells.get(column);
            start.append(cell)
                    .append(" ".repeat(widths.get(column) - cell.length()))
                    .append(GAP);
        }
        line((start + parts.get(0)).stripTrailing());
        parts.stream().skip(1).forEach(part -> line(" ".repeat(before) + part));
    }

    private static int longestLine(String cell) {
        return cell.lines().mapToInt(String::length).max().orElse(0);
    }

    /** {@return at least one line; a line that is too long goes on under its own beginning} */
    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String hang = line.startsWith(BULLET) ? " ".repeat(BULLET.length()) : "";
            String rest = line;
            while (rest.length() > width) {
                int space = rest.lastIndexOf(' ', width);
                int end = space > hang.length() ? space : width;
                lines.add(rest.substring(0, end));
                rest = hang + rest.substring(end).strip();
            }
            lines.add(rest);
        }
        return lines;
    }
}
