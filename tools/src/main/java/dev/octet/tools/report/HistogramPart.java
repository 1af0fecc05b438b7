package dev.octet.tools.report;

import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.table.HistogramTable;
import dev.octet.plan.table.ValueHistogram;
import dev.octet.tools.report.html.Html;

/** What calibration saw of an operator's result. */
final class HistogramPart implements LayerPart {
    private final HistogramTable table;
    private final String chosen;

    HistogramPart(HistogramTable table, ReportData data) {
        this.table = table;
        this.chosen = data.table().map(CalibrationTable::algorithm).orElse("");
    }

    @Override
    public void write(Html html, Layer layer) {
        ValueHistogram histogram =
                layer.node().type().scale().map(table.values()::get).orElse(null);
        if (histogram != null) {
            new HistogramPlot(table, histogram, chosen).write(html);
        }
    }
}
