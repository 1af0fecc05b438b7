package org.jetbrains.jps.javac;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Wraps and unwraps as IntelliJ IDEA's class of this name does, found by its name. */
public final class APIWrappers {
    private APIWrappers() {}

    /** The object behind a wrapper; anything else is null. */
    public static Object unwrap(Class<?> type, Object wrapper) {
        return Proxy.isProxyClass(wrapper.getClass())
                        && Proxy.getInvocationHandler(wrapper) instanceof Delegating delegating
                ? type.cast(delegating.target())
                : null;
    }

    /** A wrapper that javac's own API does not recognise. */
    public static <T> T wrap(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                APIWrappers.class.getClassLoader(), new Class<?>[] {type}, new Delegating(target)));
    }

    private record Delegating(Object target) implements InvocationHandler {
        @Override
        public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }
}
