package dev.octet.tools.tune;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A CUDA compiler of shell scripts, whose kernels nothing runs.
 *
 * @param folder where it lies
 */
record FakeNvcc(Path folder) {
    private static final String NVCC = """
            #!/bin/sh
            if [ "$1" = --version ]; then
              echo 'Cuda compilation tools, release 13.0, V13.0.88'
            else
              cat > kernel.ptx <<'END'
            .version 9.0
            .target sm_75
            .address_size 64

            .visible .entry k(
            	.param .align 8 .b8 k_param_0[24]
            )
            {
            	ret;
            }
            END
            fi
            """;

    private static final String PTXAS = """
            #!/bin/sh
            case "$1" in
            --version) echo 'V13.0.88' ;;
            --help) echo "'sm_75','sm_80','sm_90','sm_90a'" ;;
            *)
              echo 'ptxas info    : Used 18 registers, used 1 barriers, 2176 bytes smem'
              echo ELF > kernel.cubin
              ;;
            esac
            """;

    /** The path of nvcc, beside which ptxas lies. */
    Path program() {
        script("ptxas", PTXAS);
        return withoutAssembler();
    }

    /** The path of nvcc. */
    Path withoutAssembler() {
        return script("nvcc", NVCC);
    }

    private Path script(String name, String text) {
        try {
            Path file = Files.writeString(folder.resolve(name), text);
            if (!file.toFile().setExecutable(true)) {
                throw new IllegalStateException("cannot make " + file + " executable");
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
