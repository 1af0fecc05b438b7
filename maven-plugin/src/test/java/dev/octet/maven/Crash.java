package dev.octet.maven;

import java.lang.reflect.Field;

/** A program that dies as one with a bad driver does: by an access to memory that is not its own. */
final class Crash {
    private Crash() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        // By name, since javac warns of every use of the class itself.
        Class<?> unsafe = Class.forName("sun.misc.Unsafe");
        Field field = unsafe.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        unsafe.getMethod("putByte", long.class, byte.class).invoke(field.get(null), 0L, (byte) 1);
    }
}
