package dev.headwater.examples;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints sections, paragraphs and tables, none of them wider than {@value #WIDTH} columns. Used by one thread. */
final class Console {

    static final int WIDTH = 100;

    private static final String INDENT = "  ";
    private static final String GAP = "  ";

    private final PrintStream out;
    private int sections;

    Console(PrintStream out) {
        this.out = out;
    }

    void title(String text) {
        out.println(text);
        out.println("=".repeat(text.length()));
    }

    /** Begins a section with the next number. */
    void section(String heading) {
        sections++;
        String line = sections + ". " + heading;
        out.println();
        out.println(line);
        out.println("-".repeat(line.length()));
    }

    /** A paragraph. */
    void say(String text) {
        wrapped(text, WIDTH).forEach(out::println);
    }

    /** Something that Headwater said, line by line. */
    void quote(String text) {
        out.println();
        text.lines().forEach(line -> {
            String hanging = line.startsWith("  - ") ? "    " : "";
            List<String> parts = wrapped(line.strip(), WIDTH - INDENT.length() - 2 - hanging.length());
            String bullet = hanging.isEmpty() ? "" : INDENT;
            for (int i = 0; i < parts.size(); i++) {
                out.println(INDENT + "| " + (i == 0 ? bullet : hanging) + parts.get(i));
            }
        });
        out.println();
    }

    /** A table; what is too long in its last column goes on in the next line. */
    void table(List<String> headings, List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < headings.size(); column++) {
            int width = headings.get(column).length();
            for (List<String> row : rows) {
                width = Math.max(width, row.get(column).length());
            }
            widths.add(width);
        }
        int last = headings.size() - 1;
        int before = INDENT.length()
                + widths.subList(0, last).stream()
                        .mapToInt(width -> width + GAP.length())
                        .sum();
        widths.set(last, Math.min(widths.get(last), WIDTH - before));
        out.println();
        row(headings, widths, before);
        row(widths.stream().map("-"::repeat).toList(), widths, before);
        rows.forEach(row -> row(row, widths, before));
        out.println();
    }

    private void row(List<String> cells, List<Integer> widths, int before) {
        int last = cells.size() - 1;
        List<String> parts = wrapped(cells.get(last), widths.get(last));
        StringBuilder line = new StringBuilder(INDENT);
        for (int column = 0; column < last; column++) {
            line.append(padded(cells.get(column), widths.get(column))).append(GAP);
        }
        out.println((line + parts.get(0)).stripTrailing());
        parts.stream().skip(1).forEach(part -> out.println(" ".repeat(before) + part));
    }

    /** Numbers to the right, all else to the left. */
    private static String padded(String cell, int width) {
        String space = " ".repeat(width - cell.length());
        return cell.matches("[0-9][0-9,.]*( ms)?") ? space + cell : cell + space;
    }

    /** At least one line; words that are longer than a line are cut. */
    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }
}
