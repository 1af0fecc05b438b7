package dev.octet.tools.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.octet.plan.Target;
import dev.octet.runtime.SessionProfile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProfileFilesTest {
    private static final SessionProfile PROFILE = new SessionProfile(
            "a.B",
            "cuda:0",
            "a \"fast\" GPU\\µ",
            Optional.of(Target.SM_80),
            4,
            3,
            80,
            List.of(
                    new SessionProfile.Step(
                            1,
                            "bn1.relu",
                            "Conv2d",
                            Optional.of("conv1"),
                            Optional.of("conv_k"),
                            40.25,
                            8000,
                            4_000_000),
                    new SessionProfile.Step(2, "pool", "MaxPool", Optional.empty(), Optional.empty(), 10, 500, 0)));

    @Test
    void writesTimesInAnyLocale() {
        Locale locale = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("de-DE"));
            assertThat(ProfileFile.text(PROFILE)).isEqualTo("""
                            octet-profile 1.1
                            network a.B
                            target sm_80
                            batch 4
                            device cuda:0, a "fast" GPU\\µ
                            run 80.000
                            # Medians of 3 runs.
                            bn1.relu 40.250
                            pool 10.000
                            """);
        } finally {
            Locale.setDefault(locale);
        }
    }

    @Test
    void writesATraceThatIsJson() {
        String json = ChromeTrace.json(PROFILE);
        assertThat(json).isASCII();
        JsonArray events = JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("traceEvents");
        assertThat(events).hasSize(4);
        JsonObject thread = events.get(1).getAsJsonObject();
        assertThat(thread.getAsJsonObject("args").get("name").getAsString()).isEqualTo("cuda:0, a \"fast\" GPU\\µ");
        JsonObject conv = events.get(2).getAsJsonObject();
        assertThat(conv.get("ph").getAsString()).isEqualTo("X");
        assertThat(conv.get("ts").getAsDouble()).isZero();
        assertThat(conv.get("dur").getAsDouble()).isEqualTo(40.25);
        assertThat(conv.getAsJsonObject("args").get("kernel").getAsString()).isEqualTo("conv_k");
        assertThat(conv.getAsJsonObject("args").get("macs").getAsLong()).isEqualTo(4_000_000);
        JsonObject pool = events.get(3).getAsJsonObject();
        assertThat(pool.get("ts").getAsDouble()).as("after the first").isEqualTo(40.25);
        assertThat(pool.getAsJsonObject("args").has("layer")).isFalse();
    }
}
