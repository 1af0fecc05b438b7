package dev.octet.simulator.machinecode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MnemonicsTest {
    @ParameterizedTest
    @EnumSource
    void nameWhatTestsLookFor(MachineOpcode opcode) {
        assertThat(Mnemonics.of(opcode.bits())).isEqualTo(opcode.name().replaceFirst("_.*", ""));
    }

    /** The same operation with a register, a number, and constant memory. */
    @ParameterizedTest
    @CsvSource({"0x210,IADD3", "0x810,IADD3", "0xa10,IADD3", "0x824,IMAD", "0xa24,IMAD", "0x825,IMAD.WIDE", "0xb1d,BAR"
    })
    void nameOperationsWhateverTheirOperands(String opcode, String name) {
        assertThat(Mnemonics.of(Integer.decode(opcode))).isEqualTo(name);
    }

    @Test
    void showTheNumberOfOthers() {
        assertThat(Mnemonics.of(0x435)).isEqualTo("0x435");
        assertThat(Mnemonics.of(0x024)).isEqualTo("0x024");
    }
}
