package dev.octet.tools.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of things on the command line: at least 1. */
final class PositiveInteger implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new TypeConversionException("'" + text + "' is not a number from 1 to 999999999");
        }
        return Integer.valueOf(text);
    }
}
