package dev.octet.maven;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OctetPropertiesTest {
    @Test
    void acceptsItsOwnAndOtherPeoplesProperties() {
        assertThatCode(() ->
                        OctetProperties.check(List.of("octet.cache", "octet.version", "skipTests", "octets", "octet")))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesUnknownNamesAndListsTheKnown() {
        assertThatThrownBy(() -> OctetProperties.check(List.of("octet.cache", "octet.cahce")))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("OCTET-BUILD-007")
                .hasMessageContaining("octet.cahce. Did you mean 'octet.cache'?")
                .hasMessageContaining(
                        "octet.cache, octet.class, octet.corrections, octet.cubins, octet.device, octet.dir");
    }
}
