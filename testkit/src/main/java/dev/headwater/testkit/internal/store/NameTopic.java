package dev.headwater.testkit.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.PageQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What counts as the same name, and the order of names. */
public abstract class NameTopic extends StoreTopic {

    /** All different, though some look alike, and a lenient collation holds many for equal. */
    private static final List<String> ALL_DIFFERENT = List.of(
            "orders",
            "Orders",
            "ORDERS",
            "orders ",
            "orders  ",
            " orders",
            "ordérs",
            "orde\u0301rs",
            "ord\u00e8rs",
            "stra\u00dfe",
            "strasse",
            "\u0131",
            "i",
            "I",
            "\u0130",
            "\ufb01",
            "fi",
            "\u00c5",
            "\u212b",
            "\ud83d\ude00",
            "\ud83d\ude01",
            "\uff41",
            "a\u200bb",
            "ab",
            "%",
            "_",
            "a_b",
            "a%b",
            "a\\b",
            "a'b",
            "a\"b",
            "0",
            "00",
            "~",
            "\u65e5\u672c",
            "\ue000",
            "\uffee");

    protected NameTopic(StoreHooks hooks) {
        super(hooks);
    }

    private void insertAll() {
        for (int i = 0; i < ALL_DIFFERENT.size(); i++) {
            inserted(DataSourceId.of("n" + i), ALL_DIFFERENT.get(i));
        }
    }

    @Test
    @DisplayName("differ by case, accents, trailing spaces and whatever else is not the same character")
    void compareExactly() {
        insertAll();

        for (int i = 0; i < ALL_DIFFERENT.size(); i++) {
            assertThat(store().findByName(ENV, ALL_DIFFERENT.get(i)).map(DataSourceRecord::id))
                    .as("the one with the name '%s'", ALL_DIFFERENT.get(i))
                    .contains(DataSourceId.of("n" + i));
        }
        assertThat(store().findByName(ENV, "oRDERS")).isEmpty();
        assertThat(store().findByName(ENV, "orders   ")).isEmpty();
        assertThat(store().findByName(ENV, "orders%")).isEmpty();
        assertThat(store().findByName(ENV, "")).isEmpty();
    }

    @Test
    @DisplayName("are in ascending order of their code units or code points")
    void order() {
        insertAll();

        List<String> names = store().page(ENV, PageQuery.first(1_000)).stream()
                .map(DataSourceRecord::name)
                .toList();

        List<String> byUnits = new ArrayList<>(ALL_DIFFERENT);
        byUnits.sort(Comparator.naturalOrder());
        List<String> byPoints = new ArrayList<>(ALL_DIFFERENT);
        byPoints.sort(NameTopic::compareByCodePoints);
        assertThat(names).isIn(byUnits, byPoints);

        List<String> onePerPage = new ArrayList<>();
        PageQuery next = PageQuery.first(1);
        for (List<DataSourceRecord> page = store().page(ENV, next); !page.isEmpty(); page = store().page(ENV, next)) {
            onePerPage.add(page.get(0).name());
            assertThat(onePerPage).as("pages of one that never end").hasSizeLessThanOrEqualTo(names.size());
            next = next.after(page.get(0).name());
        }
        assertThat(onePerPage).isEqualTo(names);
    }

    @Test
    @DisplayName("that nothing can have are not found, and are no error")
    void impossibleNames() {
        inserted(A, "?");

        assertThat(store().findByName(ENV, "\0")).isEmpty();
        assertThat(store().findByName(ENV, "\ud83d")).isEmpty();
        assertThat(store().findByName(ENV, "x".repeat(100_000))).isEmpty();
        for (String impossible : List.of("\0", "\ud83d", "x".repeat(100_000))) {
            assertThat(store().page(ENV, new PageQuery(Set.of(impossible), Map.of(), Set.of(), null, 1)))
                    .isEmpty();
            assertThat(store().page(ENV, new PageQuery(Set.of(), Map.of(impossible, "x"), Set.of(), null, 1)))
                    .isEmpty();
            assertThat(store().page(ENV, new PageQuery(Set.of(), Map.of("x", impossible), Set.of(), null, 1)))
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("of labels and kinds, and ids, are told apart by case and trailing spaces too")
    void otherKeys() {
        committed(insert(A, spec("a", "kind", Map.of("team", "x"))));
        committed(insert(DataSourceId.of("A"), spec("b", "KIND", Map.of("Team", "x"))));
        committed(insert(C, spec("c", "Kind", Map.of("team ", "x "))));

        assertThat(store().findById(ENV, DataSourceId.of("A")).map(DataSourceRecord::name))
                .contains("b");
        assertThat(page(new PageQuery(Set.of("kind"), Map.of(), Set.of(), null, 9)))
                .containsExactly("a");
        assertThat(page(new PageQuery(Set.of(), Map.of("team", "x"), Set.of(), null, 9)))
                .containsExactly("a");
        assertThat(page(new PageQuery(Set.of(), Map.of("team ", "x "), Set.of(), null, 9)))
                .containsExactly("c");
        assertThat(page(new PageQuery(Set.of(), Map.of("team ", "x"), Set.of(), null, 9)))
                .isEmpty();
    }

    private List<String> page(PageQuery query) {
        return store().page(ENV, query).stream().map(DataSourceRecord::name).toList();
    }

    private static int compareByCodePoints(String left, String right) {
        int[] lefts = left.codePoints().toArray();
        int[] rights = right.codePoints().toArray();
        return Arrays.compare(lefts, rights);
    }
}
