package dev.octet.simulated;

import dev.octet.cuda.driver.DriverException;

/** Answers of the simulated driver to calls that NVIDIA's driver refuses too; numbers are those of CUresult. */
enum Refusal {
    /** Extents or sizes that no device accepts. */
    INVALID_VALUE(1, "CUDA_ERROR_INVALID_VALUE"),
    /** The memory is full. */
    OUT_OF_MEMORY(DriverException.OUT_OF_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY"),
    /** Machine code, or anything else that is no PTX. */
    INVALID_IMAGE(200, "CUDA_ERROR_INVALID_IMAGE"),
    /** A call after the context was left. */
    INVALID_CONTEXT(201, "CUDA_ERROR_INVALID_CONTEXT"),
    /** PTX that is not simulated, is wrong, or is for another device. */
    INVALID_PTX(DriverException.INVALID_PTX, "CUDA_ERROR_INVALID_PTX"),
    /** Use of what was given back. */
    INVALID_HANDLE(400, "CUDA_ERROR_INVALID_HANDLE"),
    /** No entry point of that name. */
    NOT_FOUND(DriverException.NOT_FOUND, "CUDA_ERROR_NOT_FOUND"),
    /** Something that a recording cannot hold. */
    CAPTURE_UNSUPPORTED(900, "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED");

    private final int result;
    private final String text;

    Refusal(int result, String text) {
        this.result = result;
        this.text = text;
    }

    DriverException of(String call) {
        return of(call, "");
    }

    /** With what the simulator said. */
    DriverException of(String call, String log) {
        return new DriverException(call, result, text, log);
    }
}
