package dev.octet.simulator.ptx;

import java.math.BigInteger;

/** Numbers in PTX: decimal, {@code 0x}, octal and {@code 0b} integers, and floats by their bits or in decimal. */
final class Constants {
    private Constants() {}

    /** A number with an optional minus sign. */
    static Operand signed(TokenReader in) {
        if (!in.accept("-")) {
            return unsigned(in);
        }
        Operand operand = unsigned(in);
        if (operand instanceof Operand.IntegerConstant integer) {
            return new Operand.IntegerConstant(-integer.value());
        }
        Operand.FloatConstant number = (Operand.FloatConstant) operand;
        long sign = number.type() == DataType.F32 ? 1L << 31 : 1L << 63;
        return new Operand.FloatConstant(number.bits() ^ sign, number.type());
    }

    static Operand unsigned(TokenReader in) {
        Token token = in.peek();
        if (token.kind() != Token.Kind.NUMBER) {
            throw in.error("expected a number, found '" + token.text() + "'");
        }
        try {
            Operand operand = parse(token.text());
            in.next();
            return operand;
        } catch (NumberFormatException e) {
            throw in.error("'" + token.text() + "' is not a number");
        }
    }

    private static Operand parse(String text) {
        if (text.matches("0[fF][0-9a-fA-F]{8}")) {
            return new Operand.FloatConstant(Long.parseLong(text.substring(2), 16), DataType.F32);
        } else if (text.matches("0[dD][0-9a-fA-F]{16}")) {
            return new Operand.FloatConstant(Long.parseUnsignedLong(text.substring(2), 16), DataType.F64);
        } else if (text.matches("[0-9]+\\.[0-9]*([eE][0-9]+)?")) {
            return new Operand.FloatConstant(Double.doubleToRawLongBits(Double.parseDouble(text)), DataType.F64);
        }
        return new Operand.IntegerConstant(integer(text.endsWith("U") ? text.substring(0, text.length() - 1) : text));
    }

    private static long integer(String text) {
        BigInteger value;
        if (text.startsWith("0x") || text.startsWith("0X")) {
            value = new BigInteger(text.substring(2), 16);
        } else if (text.startsWith("0b") || text.startsWith("0B")) {
            value = new BigInteger(text.substring(2), 2);
        } else {
            value = new BigInteger(text, text.length() > 1 && text.startsWith("0") ? 8 : 10);
        }
        if (value.signum() < 0 || value.bitLength() > 64) {
            throw new NumberFormatException(text);
        }
        return value.longValue();
    }
}
