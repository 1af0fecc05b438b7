package dev.octet.processor.report;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;

/** Finds the first statement or expression that starts on a line; if none does, the last one that starts before it. */
final class TreeOfLine extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final long line;
    private Tree best;
    private long bestLine;

    private TreeOfLine(CompilationUnitTree unit, SourcePositions positions, long line) {
        this.unit = unit;
        this.positions = positions;
        this.line = line;
        this.best = unit;
    }

    static Tree find(CompilationUnitTree unit, SourcePositions positions, long line) {
        TreeOfLine finder = new TreeOfLine(unit, positions, line);
        finder.scan(unit, null);
        return finder.best;
    }

    @Override
    public Void scan(Tree tree, Void nothing) {
        if (tree instanceof ExpressionTree || tree instanceof StatementTree) {
            long start = positions.getStartPosition(unit, tree);
            long startLine = start < 0 ? -1 : unit.getLineMap().getLineNumber(start);
            if (startLine > bestLine && startLine <= line) {
                best = tree;
                bestLine = startLine;
            }
        }
        return super.scan(tree, nothing);
    }
}
