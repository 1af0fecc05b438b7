package dev.octet.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.Target;
import dev.octet.runtime.SessionProfile;
import dev.octet.tools.profile.ProfileFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a profile is written as, the report reads. */
class MeasuredProfileTest {
    @Test
    void readsWhatWasMeasured() {
        SessionProfile.Step step =
                new SessionProfile.Step(1, "bn1.relu", "Conv2d", Optional.empty(), Optional.of("k"), 40.25, 8, 4);
        SessionProfile measured =
                new SessionProfile("a.B", "cuda:0", "a GPU", Optional.of(Target.SM_80), 4, 3, 80, List.of(step));
        Profile read = Profile.parse(ProfileFile.text(measured), "times");
        assertThat(read)
                .isEqualTo(new Profile(
                        "a.B",
                        "sm_80",
                        4,
                        "cuda:0, a GPU",
                        Optional.of(80.0),
                        new TreeMap<>(Map.of("bn1.relu", 40.25))));
    }
}
