package dev.octet.compiler.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.kernel.KernelCatalog.Row;
import dev.octet.compiler.schedule.LaunchGeometry;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.compiler.schedule.WarpgroupTile;
import dev.octet.plan.Target;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.launch.Geometry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KernelCatalogTest {
    static List<Row> rows() {
        return KernelCatalog.rows();
    }

    @Test
    void hasEachVariantOnce() {
        assertThat(rows())
                .extracting(Row::toString)
                .doesNotHaveDuplicates()
                .contains("sm_61 conv2d_u8_s8_adds8", "sm_75 conv2d_u8_s8_adds8", "sm_80 conv2d_u8_s8_adds8");
        assertThat(rows()).extracting(Row::variant).allMatch(variant -> variant.matches("[a-z0-9_]+"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void examplesAreOfTheirVariant(Row row) {
        assertThat(row.examples()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(spec -> {
            assertThat(spec.variant()).isEqualTo(row.variant());
            assertThat(KernelCatalog.contains(row.target(), spec)).isTrue();
        });
    }

    @Test
    void namesAreInjective() {
        Map<String, KernelSpec> byName = new HashMap<>();
        for (Row row : rows()) {
            if (row.target() != Target.SM_61) {
                continue; // the same specifications
            }
            for (KernelSpec spec : row.examples()) {
                assertThat(byName.put(spec.canonicalName(), spec))
                        .as(spec.canonicalName())
                        .isNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyScheduleCoversEveryItem(Row row) {
        for (KernelSpec spec : row.examples()) {
            for (Schedule schedule : ScheduleSelector.candidates(spec, row.target())) {
                Geometry geometry = LaunchGeometry.of(spec, schedule);
                assertThat(schedule.threads()).isBetween(64, 512);
                assertThat(geometry.threads()).isEqualTo(schedule.threads());
                // Blocks that walk over their units cover them all, however few they are.
                if (!geometry.isLimited()) {
                    assertThat(geometry.gridX(3) * itemsOfUnit(spec, schedule) * geometry.unitsPerBlock())
                            .isGreaterThanOrEqualTo(3L * items(spec, schedule));
                }
                assertThat(new ScheduledKernel(spec, schedule, row.target()).name())
                        .startsWith(spec.variant().replaceFirst("_add[su]8$", ""))
                        .matches("[a-z][a-z0-9_]{0,254}");
            }
        }
    }

    /** Items of a unit along x. */
    private static int itemsOfUnit(KernelSpec spec, Schedule schedule) {
        return schedule instanceof Schedule.PooledTile tile
                ? tile.rows() * tile.columns(((PooledConv2d) spec).pool())
                : 1;
    }

    /** On tensor cores the lanes of a dense layer lie along y. */
    private static int items(KernelSpec spec, Schedule schedule) {
        boolean matrix = schedule instanceof Schedule.TensorCoreTile || schedule instanceof WarpgroupTile;
        return matrix && spec instanceof KernelSpec.Dense dense
                ? dense.asConvolution().items()
                : spec.items();
    }

    @Test
    void hasNoRowForWhatTheCompilerNeverAsks() {
        KernelSpec signedToUnsigned =
                new KernelSpec.GlobalAvgPool(ElementType.S8, ElementType.U8, new KernelSpec.Extent(2, 2, 16, 16));
        assertThat(KernelCatalog.contains(Target.SM_61, signedToUnsigned)).isFalse();
    }
}
