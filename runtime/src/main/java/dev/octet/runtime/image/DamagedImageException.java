package dev.octet.runtime.image;

/** Why a file is no image that can be decoded; whoever knows the file's name makes a diagnostic of it. */
final class DamagedImageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ImageCode code;

    DamagedImageException(ImageCode code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    /** Damage in one sentence's middle. */
    DamagedImageException(String reason) {
        this(ImageCode.DAMAGED, reason);
    }

    ImageCode code() {
        return code;
    }
}
