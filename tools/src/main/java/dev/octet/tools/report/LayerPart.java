package dev.octet.tools.report;

import dev.octet.tools.report.html.Html;

/**
 * A part of what the page says of a quantised operator, from a file of its own: it writes nothing where the file says
 * nothing, so that there are no headings over nothing.
 */
interface LayerPart {
    /** Writes what there is to say of an operator. */
    void write(Html html, Layer layer);
}
