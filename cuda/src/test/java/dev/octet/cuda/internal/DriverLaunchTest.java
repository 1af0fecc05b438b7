package dev.octet.cuda.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.Function;
import com.sun.jna.Pointer;
import dev.octet.cuda.driver.Context;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Calls a function of the driver's signature, which reads what it is given as the driver would: by native pointers. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class DriverLaunchTest {
    private static final long KERNEL = 0x0123_4567_89ab_cdefL;
    private static final long STREAM = 0xfedc_ba98_7654_3210L;

    /** The signature of {@code cuLaunchKernelEx}. */
    public interface Driver extends Callback {
        /** Answers a CUresult. */
        int launch(Pointer config, Pointer function, Pointer parameters, Pointer extra);
    }

    private final byte[] arguments = new byte[56];
    private int calls;

    private int read(Pointer config, Pointer function, Pointer parameters, Pointer extra) {
        calls++;
        assertThat(config.getIntArray(0, 7)).containsExactly(5, 6, 1, 128, 1, 1, 7168);
        assertThat(config.getLong(32)).isEqualTo(STREAM);
        assertThat(config.getInt(48)).isEqualTo(1);
        Pointer attribute = config.getPointer(40);
        assertThat(attribute.getInt(0)).isEqualTo(6);
        assertThat(attribute.getInt(8)).isEqualTo(1);
        assertThat(Pointer.nativeValue(function)).isEqualTo(KERNEL);
        assertThat(parameters.getPointer(0).getByteArray(0, arguments.length)).isEqualTo(arguments);
        assertThat(extra).isNull();
        return 701;
    }

    private int launch(ByteBuffer struct) {
        Throwable[] failure = new Throwable[1];
        Driver driver = (config, function, parameters, extra) -> {
            try {
                return read(config, function, parameters, extra);
            } catch (RuntimeException | Error e) {
                failure[0] = e;
                return -1;
            }
        };
        DriverLaunch launch = new DriverLaunch(Function.getFunction(CallbackReference.getFunctionPointer(driver)));
        int result = launch.launch(KERNEL, new Context.Extents(5, 6, 128, 7168, true), struct, STREAM);
        assertThat(failure[0]).isNull();
        return result;
    }

    @Test
    void givesTheDriverWhatItReads() {
        new Random(32).nextBytes(arguments);
        ByteBuffer direct = ByteBuffer.allocateDirect(arguments.length).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(launch(direct.put(0, arguments))).isEqualTo(701);
        assertThat(launch(ByteBuffer.wrap(arguments))).isEqualTo(701);
        assertThat(calls).isEqualTo(2);
    }

    /** A second copy of the driver would know nothing of this process's contexts. */
    @Test
    void findsOnlyLibrariesThatAreLoaded() {
        assertThatThrownBy(() -> DriverLaunch.of("libcuda-that-nobody-loaded.so.1"))
                .isInstanceOf(UnsatisfiedLinkError.class);
        assertThatThrownBy(() -> DriverLaunch.of("libc.so.6"))
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("cuLaunchKernelEx");
    }
}
