package lvc.cli.view;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows under headings, without lines: one row per thing, the name first. */
final class Table {
    private static final int WIDEST = 200;

    private Table() {}

    static String of(List<String> headings, List<List<String>> rows) {
        List<Column> columns = headings.stream()
                .map(heading -> new Column()
                        .header(heading)
                        .headerAlign(HorizontalAlign.LEFT)
                        .dataAlign(HorizontalAlign.LEFT)
                        .maxWidth(WIDEST, OverflowBehaviour.ELLIPSIS_RIGHT))
                .toList();
        String text = AsciiTable.builder()
                .border(AsciiTable.NO_BORDERS)
                .data(
                        rows,
                        IntStream.range(0, headings.size())
                                .mapToObj(i -> columns.get(i).<List<String>>with(row -> row.get(i)))
                                .toList())
                .asString();
        return text.lines()
                .map(line -> line.stripTrailing()
                        .substring(Math.min(1, line.stripTrailing().length())))
                .collect(Collectors.joining("\n"));
    }
}
