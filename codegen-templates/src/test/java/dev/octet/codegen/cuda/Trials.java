package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.Schedule.Dp4aTile;
import dev.octet.compiler.schedule.Schedule.Mma8Tile;
import dev.octet.compiler.schedule.Schedule.MmaTile;
import dev.octet.compiler.schedule.WarpgroupTile;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Asks for trials of some families; what they share. */
abstract class Trials {
    static final Dp4aTile SMALL = new Dp4aTile(32, 32, 16, 4, 4);
    static final Dp4aTile WIDER = new Dp4aTile(32, 64, 32, 4, 8);
    static final MmaTile MMA = new MmaTile(64, 64, 16, 64, 4);
    static final MmaTile MMA_NARROW = new MmaTile(32, 32, 16, 32, 4);
    static final Mma8Tile MMA8 = new Mma8Tile(64, 64, 32, 32);
    static final Mma8Tile MMA8_NARROW = new Mma8Tile(32, 32, 16, 32);
    static final Window POINT = new Window(1, 1, 1, 1, 0, 0, 0, 0);
    static final Window SAME = new Window(3, 3, 1, 1, 1, 1, 1, 1);
    static final Window WIDE = new Window(5, 8, 1, 3, 2, 4, 2, 3);
    static final Window ATROUS = new Window(3, 3, 1, 1, 2, 2, new Border(2, 2, 2, 2));

    private final TrialList list;

    Trials(TrialList list) {
        this.list = list;
    }

    final long seed() {
        return list.seed();
    }

    final void add(String title, KernelSpec spec, Schedule schedule, int batch) {
        add(title, spec, schedule, target(schedule), batch);
    }

    final void add(String title, KernelSpec spec, Schedule schedule, Target target, int batch) {
        list.add(title, spec, schedule, target, batch);
    }

    final void conv(
            String title, List<ElementType> types, Extent in, int channels, Window w, Schedule tile, int batch) {
        Optional<ElementType> residual = types.stream().skip(2).findFirst();
        add(title, LayerTrials.spec(types.get(0), types.get(1), in, channels, w, residual), tile, batch);
    }

    private static Target target(Schedule schedule) {
        if (schedule instanceof WarpgroupTile) {
            return Target.SM_90A;
        }
        if (schedule instanceof MmaTile) {
            return Target.SM_80;
        }
        return schedule instanceof Mma8Tile ? Target.SM_75 : Target.SM_61;
    }

    static Window randomWindow(Random random) {
        return randomWindow(random, 4, 2);
    }

    static Window randomWindow(Random random, int largest, int mostDilation) {
        int rows = 1 + random.nextInt(largest);
        int columns = 1 + random.nextInt(largest);
        int dilationH = 1 + random.nextInt(mostDilation);
        int dilationW = 1 + random.nextInt(mostDilation);
        int spanH = (rows - 1) * dilationH + 1;
        int spanW = (columns - 1) * dilationW + 1;
        Border padding =
                new Border(random.nextInt(spanH), random.nextInt(spanW), random.nextInt(spanH), random.nextInt(spanW));
        return new Window(rows, columns, 1 + random.nextInt(3), 1 + random.nextInt(3), dilationH, dilationW, padding);
    }
}
